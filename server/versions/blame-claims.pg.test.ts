// Whose words are whose in a live document: offline edits, words sent again, forged client ids, a rebuilt history.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { VersionWorld } from '../../test/rigs/version-world.ts'
import { docFrom, step1Message, typed, updateMessage } from '../../test/rigs/yjs-client.ts'
import { createAuthorshipStore } from '../store/authorship-store.ts'
import { Blames } from './blame.ts'

let fresh: FreshDatabase
let world: VersionWorld
let blames: Blames
let projectId: string
const nothing = step1Message(Y.encodeStateVector(new Y.Doc()))

beforeEach(async () => {
  fresh = await freshDatabase()
  world = new VersionWorld({ url: fresh.url })
  blames = new Blames({
    store: createAuthorshipStore(world.database),
    registry: world.registry,
    updateLog: world.updateLog,
    workers: world.workers,
  })
  projectId = await world.newProject()
})

afterEach(async () => {
  await world.close()
  await fresh.drop()
})

/** Someone's copy of the live text. */
async function copyOf(userId: string) {
  const joined = await world.join(projectId, { userId })
  await joined.send(nothing)
  const doc = docFrom(joined.transport.messages)
  return { ...joined, doc, type: (words: string) => joined.send(updateMessage(typed(words, doc).update)) }
}

const lines = async () => {
  const { items } = await blames.read(projectId)
  return items.flatMap(({ fromLine, toLine, userId }) => Array.from({ length: toLine - fromLine + 1 }, () => userId))
}
describe('words belong to', () => {
  it('[VER11] who brings what they wrote offline, and never to who sends others’ words again, or writes under another’s client id', async () => {
    const ann = await copyOf('ann')
    await ann.type('by ann\n')
    const bob = await copyOf('bob')
    // Bob, too, sends all he has, Ann's words in it, with what he wrote offline.
    typed('offline, by bob\n', bob.doc)
    await bob.send(updateMessage(Y.encodeStateAsUpdate(bob.doc)))
    // Eve writes on under the id of Ann's client.
    const eve = await copyOf('eve')
    eve.doc.clientID = ann.doc.clientID
    await eve.type('by eve as ann\n')
    expect(await lines()).toEqual([null, 'ann', 'bob', 'eve'])
    await world.snapshots.compact(projectId)
    expect(await lines()).toEqual([null, 'ann', 'bob', 'eve'])
  })

  it('[VER11] nobody once the history is rebuilt, though the next version still names who worked', async () => {
    const ann = await copyOf('ann')
    await ann.type('by ann\n')
    await world.history.replace(projectId)
    expect(await lines()).toEqual([null, null])
    const made = await world.maker.make({ projectId, kind: 'automatic', authorId: null })
    expect(await world.versions.find(projectId, made.id)).toMatchObject({ authors: [{ userId: 'ann' }] })
  })
})
