// People who edit the same item at once, on real nodes that share a database and a bus: told once on each node, and only when they do.

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { contentKey } from '../../shared/spec/plain-text.ts'
import type { ItemOverlapEvent } from '../../shared/wire/items.ts'
import { MemoryBusHub } from '../base/memory-bus.ts'
import type { Joined } from '../../test/rigs/document-world.ts'
import { ItemsWorld } from '../../test/rigs/items-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { changed, updateMessage } from '../../test/rigs/yjs-client.ts'

let fresh: FreshDatabase
const worlds: ItemsWorld[] = []
const analysis = { pauseMs: 20, longestMs: 60, peerPauseMs: 200, retry: { firstMs: 5, maxMs: 20 } }
const timing = { heartbeatMs: 30, silentMs: 400, compareMs: 200, sweepMs: 50 }
const quietMs = 1_500

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})
afterAll(() => fresh.drop())

const soon = (check: () => void | Promise<void>) => vi.waitFor(check, 15_000)

/** Nodes of one cluster, and what each tells the people of a project. */
async function cluster(nodes: number, text: string) {
  const hub = new MemoryBusHub()
  const own = Array.from({ length: nodes }, () => new ItemsWorld({ url: fresh.url, analysis, timing, bus: hub.connect(), quietMs }))
  worlds.push(...own)
  const [first] = own
  if (!first) throw new Error('no node')
  const projectId = await first.newProject()
  const heard: ItemOverlapEvent[][] = own.map(() => [])
  for (const [nth, world] of own.entries()) world.overlaps.watch(projectId, (event) => heard[nth]?.push(event))
  const start = await person(first, projectId, 'seeder')
  await start.edit((live) => live.insert(live.length, text))
  await first.specItems.current(projectId)
  start.joined.leave()
  return { own, first, projectId, heard }
}

/** Somebody who has a project open on a node, and types as far as the replica there is. */
async function person(world: ItemsWorld, projectId: string, userId: string) {
  const joined: Joined = await world.join(projectId, { userId })
  const doc = new Y.Doc()
  const edit = async (change: (text: Y.Text) => void) => {
    Y.applyUpdate(doc, joined.document.live.encodedState())
    expect(await joined.send(updateMessage(changed(doc, change)))).toBeNull()
  }
  const behind = (words: string, insert: string) =>
    edit((text) => {
      const at = text.toString().indexOf(words)
      if (at < 0) throw new Error(`there is no "${words}" in: ${text.toString()}`)
      text.insert(at + words.length, insert)
    })
  const takeOut = (words: string) => edit((text) => text.delete(text.toString().indexOf(words), words.length))
  const replica = () => joined.document.live.text.toString()
  return { joined, edit, behind, takeOut, replica, doc }
}

const list = '\n## Goals\n\n- Sell pots\n- Fire kilns\n- Buy clay\n'

describe('an overlap', () => {
  it('[ALR8] of two people on two nodes is told once on every node, with the item and both of them', async () => {
    const { own, projectId, heard } = await cluster(3, list)
    const [one, two, three] = own as [ItemsWorld, ItemsWorld, ItemsWorld]
    const watching = await three.join(projectId, { userId: 'eve' })
    const [ann, bob] = [await person(one, projectId, 'ann'), await person(two, projectId, 'bob')]
    await ann.behind('Sell pots', ' online')
    await soon(() => expect(bob.replica()).toContain('Sell pots online'))
    await bob.behind('Sell', ' many')
    await soon(() => expect(heard.map((events) => events.length)).toEqual([1, 1, 1]))
    await soon(() => expect(ann.replica()).toContain('Sell many'))
    for (const who of [ann, bob, ann, bob]) {
      await who.behind('pots', '!')
      await one.specItems.current(projectId)
      await two.specItems.current(projectId)
      await soon(() => expect(ann.replica()).toBe(bob.replica()))
    }
    expect(heard.map((events) => events.length)).toEqual([1, 1, 1])
    expect(heard[2]?.[0]).toMatchObject({ projectId, kind: 'edited', item: { number: 1, ref: 'SPEC-1' } })
    expect(heard[2]?.[0]?.userIds.toSorted()).toEqual(['ann', 'bob'])
    expect(heard[2]?.[0]?.item.text).toContain('pots online')
    watching.leave()
  })

  it('[ALR8] is told again when somebody joins it, and anew after it was quiet', async () => {
    const { first, projectId, heard } = await cluster(1, list)
    const [ann, bob, cy] = await Promise.all(['ann', 'bob', 'cy'].map((userId) => person(first, projectId, userId)))
    const settled = () => first.specItems.current(projectId)
    await ann?.behind('Fire', ' the')
    await bob?.behind('kilns', ' daily')
    await settled()
    await cy?.behind('kilns', ' twice')
    await settled()
    expect(heard[0]?.map(({ kind, userIds }) => `${kind} ${userIds.toSorted().join(' ')}`)).toEqual(['edited ann bob', 'edited ann bob cy'])
    await new Promise((resolve) => setTimeout(resolve, quietMs + 100))
    await ann?.behind('Fire', ' all')
    await settled()
    expect(heard[0]?.map(({ userIds }) => userIds[0])).toEqual(['bob', 'cy', 'ann'])
  })

  it('[ALR8] is told of who takes an item out that another changes, by hand and by the server', async () => {
    const { own, projectId, heard } = await cluster(2, list)
    const [one, two] = own as [ItemsWorld, ItemsWorld]
    const [ann, bob] = [await person(one, projectId, 'ann'), await person(two, projectId, 'bob')]
    // Before anybody has analysed what Ann typed, and after that.
    await ann.behind('Sell', ' more')
    await soon(() => expect(bob.replica()).toContain('Sell more'))
    await bob.takeOut('- Sell more pots\n')
    await soon(() => expect(heard.map((events) => events.filter(({ kind }) => kind === 'deleted').length)).toEqual([1, 1]))
    expect(heard[0]?.find(({ kind }) => kind === 'deleted')).toMatchObject({ item: { ref: 'SPEC-1' }, userIds: ['bob', 'ann'] })
    await ann.behind('Buy', ' much')
    const clay = (await one.specItems.current(projectId)).find(({ text }) => text.includes('clay'))
    await two.specItems.remove({ userId: 'bob' }, projectId, clay?.id ?? '')
    await soon(() => expect(heard[0]?.at(-1)).toMatchObject({ kind: 'deleted', item: { text: 'Buy much clay' }, userIds: ['bob', 'ann'] }))
  })

  it('[ALR8] is none where people edit different items, a new line behind another, or are one person twice', async () => {
    const { first, projectId, heard } = await cluster(1, list)
    const [ann, bob, again] = [
      await person(first, projectId, 'ann'),
      await person(first, projectId, 'bob'),
      await person(first, projectId, 'ann'),
    ]
    const settled = () => first.specItems.current(projectId)
    await ann.behind('Sell pots', ' online')
    await bob.behind('Sell pots online', '\n- Glaze them')
    await bob.takeOut('- Fire kilns\n')
    await settled()
    await again.behind('Sell', ' all')
    await bob.edit((text) => text.insert(text.length, '- Pack them\n'))
    await settled()
    await bob.behind('Pack', ' and send')
    await settled()
    expect(heard[0]).toEqual([])
    // Their words in one turn of the node are each their own.
    await Promise.all([ann.behind('Sell', ' and rent'), bob.behind('Buy', ' the')])
    await settled()
    expect(heard[0]).toEqual([])
  })
})

describe('authors', () => {
  it('[ITM19] of items that another node finds are who typed them there', async () => {
    const hub = new MemoryBusHub()
    const idle = new ItemsWorld({
      url: fresh.url,
      analysis: { ...analysis, pauseMs: 60_000, longestMs: 60_000 },
      timing,
      bus: hub.connect(),
    })
    const other = new ItemsWorld({ url: fresh.url, analysis, timing, bus: hub.connect() })
    worlds.push(idle, other)
    const projectId = await idle.newProject()
    const watching = await other.join(projectId, { userId: 'eve' })
    const [ann, bob] = [await person(idle, projectId, 'ann'), await person(idle, projectId, 'bob')]
    await Promise.all([
      ann.edit((text) => text.insert(text.length, '\n- Sell pots\n')),
      bob.edit((text) => text.insert(text.length, '\n- Fire kilns\n')),
    ])
    await soon(async () => {
      const rows = await other.allItems(projectId)
      expect(rows.map(({ text, authorId }) => `${text} ${authorId}`).toSorted()).toEqual(['Fire kilns bob', 'Sell pots ann'])
    })
    expect(watching.document.live.doc.getText(contentKey).toString()).toContain('kilns')
    watching.leave()
  })
})
