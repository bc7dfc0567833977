// What other nodes tell in one turn: one transaction where whose words they are can still be told, and none that ends the node.

import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { changed } from '../../test/rigs/yjs-client.ts'
import type { Origin } from './inbound-update.ts'
import { PeerInbox, type PeerUpdate } from './peer-inbox.ts'

const word = (doc: Y.Doc, text: string): Uint8Array => changed(doc, (content) => content.insert(content.length, text))

function inbox(): { doc: Y.Doc; origins: Origin[]; take: (...told: PeerUpdate[]) => void } {
  const doc = new Y.Doc()
  const origins: Origin[] = []
  doc.on('update', (_update: Uint8Array, origin: Origin) => origins.push(origin))
  const inboxOf = new PeerInbox(doc, () => undefined)
  const take = (...told: PeerUpdate[]): void => {
    for (const one of told) inboxOf.push(one)
    inboxOf.apply()
  }
  return { doc, origins, take }
}

it('[RELAY10] is applied in one transaction, which says whose each Yjs client is', () => {
  const { doc, origins, take } = inbox()
  const [ann, bob] = [new Y.Doc(), new Y.Doc()]
  take(
    { update: word(ann, 'a'), by: { userId: 'ann', authors: new Map([[ann.clientID, 'ann']]) } },
    { update: word(bob, 'b'), by: { userId: 'bob', authors: new Map([[bob.clientID, 'bob']]) } },
    { update: word(ann, 'a'), by: { userId: 'ann', authors: new Map([[ann.clientID, 'ann']]) } },
  )
  expect(doc.getText('content').length).toBe(3)
  const authors = new Map([
    [ann.clientID, 'ann'],
    [bob.clientID, 'bob'],
  ])
  expect(origins).toEqual([{ userId: null, itemSource: undefined, authors, isFromPeer: true }])
})

it('[RELAY10] is applied apart where a server wrote for two people by one client, or from two sources', () => {
  const { origins, take } = inbox()
  const server = new Y.Doc()
  const by = (userId: string) => ({ userId, authors: new Map([[server.clientID, userId]]) })
  take({ update: word(server, 'a'), by: by('ann') }, { update: word(server, 'b'), by: by('bob') })
  take({ update: word(server, 'c'), by: by('bob') }, { update: word(server, 'd'), by: { ...by('bob'), itemSource: 'import' } })
  take({ update: word(server, 'e'), by: { userId: 'ann' } }, { update: word(server, 'f'), by: { userId: 'ann' } })
  expect(origins.map(({ userId }) => userId)).toEqual(['ann', 'bob', 'bob', 'bob', 'ann', 'ann'])
})

it('[RELAY10] asks for a comparison of what makes no sense or builds on what is missing, and takes the rest', () => {
  const { doc, take } = inbox()
  const ann = new Y.Doc()
  const gaps: string[] = []
  const by = { userId: null, authors: new Map<number, string>() }
  take(
    { update: new Uint8Array([255, 1, 2, 3]), by, onGap: () => gaps.push('junk') },
    { update: word(ann, 'whole'), by, onGap: () => gaps.push('whole') },
  )
  expect([gaps, doc.getText('content').toString()]).toEqual([['junk'], 'whole'])
  word(ann, 'lost')
  take({ update: word(ann, 'late'), by, onGap: () => gaps.push('late') })
  expect(gaps).toEqual(['junk', 'late'])
})

it('[RELAY3] asks for a comparison when words came that others had waited for here, which no node has told of', () => {
  const { doc, take } = inbox()
  const [ann, bob] = [new Y.Doc(), new Y.Doc()]
  const first = word(ann, 'first')
  Y.applyUpdate(bob, first)
  Y.applyUpdate(doc, word(bob, 'second'))
  expect(doc.getText('content').toString()).toBe('')
  let gaps = 0
  take({ update: first, by: { userId: 'ann' }, onGap: () => gaps++ })
  expect([doc.getText('content').toString(), gaps]).toEqual(['firstsecond', 1])
})
