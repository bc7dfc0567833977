// Items of live documents on real nodes: analysed by themselves, once however many look, told to listeners and to the other nodes.

import { setImmediate } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { MemoryBusHub } from '../base/memory-bus.ts'
import type { Bus } from '../base/bus.ts'
import { AppError } from '../../shared/errors.ts'
import { contentKey } from '../../shared/spec/plain-text.ts'
import type { ItemsEvent } from '../../shared/wire/items.ts'
import { ItemsWorld, type ItemsWorldOptions } from '../../test/rigs/items-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { docFrom, typed, updateMessage } from '../../test/rigs/yjs-client.ts'
import type { ItemsStore } from '../store/items-store.ts'

let fresh: FreshDatabase
const worlds: ItemsWorld[] = []
const analysis = { pauseMs: 20, longestMs: 60, peerPauseMs: 200, retry: { firstMs: 5, maxMs: 20 } }
const timing = { heartbeatMs: 30, silentMs: 400, compareMs: 200, sweepMs: 50 }

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})
afterAll(() => fresh.drop())

function node(options: Partial<ItemsWorldOptions> & { bus?: Bus } = {}): ItemsWorld {
  const world = new ItemsWorld({ url: fresh.url, analysis, timing, ...options })
  worlds.push(world)
  return world
}

const ann = { userId: 'ann' }

/** What comes by itself; later on a busy machine. */
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, 15_000)

/** Types at the end of the document, as a person does who has just joined. */
async function type(world: ItemsWorld, projectId: string, words: string, userId = 'ann'): Promise<void> {
  const joined = await world.join(projectId, { userId })
  const doc = new Y.Doc()
  Y.applyUpdate(doc, joined.document.live.encodedState())
  expect(await joined.send(updateMessage(typed(words, doc).update))).toBeNull()
  joined.leave()
}

const texts = async (world: ItemsWorld, projectId: string) =>
  (await world.allItems(projectId)).map(({ number, text, status }) => `${number} ${text} ${status}`)

describe('analysis', () => {
  it('[ITM9] follows what is typed by itself, and tells listeners what was stored, by whom', async () => {
    const world = node()
    const projectId = await world.newProject()
    await type(world, projectId, '\n## Goals\n\n- Sell pots\n- Fire kilns\n')
    await soon(() => expect(world.changes).toHaveLength(1))
    const rows = await world.allItems(projectId)
    expect(rows).toMatchObject([
      { number: 1, text: 'Sell pots', authorId: 'ann', source: 'typed', confidence: 1 },
      { number: 2, text: 'Fire kilns', authorId: 'ann' },
    ])
    expect(world.changes[0]).toMatchObject({ projectId, epoch: 1, gone: [], authorIds: ['ann'] })
    expect(world.changes[0]?.changed.toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
    expect(world.changes[0]?.items.map(({ ref }) => ref)).toEqual(['SPEC-1', 'SPEC-2'])
    await type(world, projectId, '- Buy clay\n', 'bob')
    await soon(() => expect(world.changes).toHaveLength(2))
    expect(world.changes[1]).toMatchObject({ authorIds: ['bob'] })
    expect(world.changes[1]?.changed).toEqual([world.changes[1]?.items[2]?.id])
    expect(world.changes[1]?.items[2]).toMatchObject({ ref: 'SPEC-3', authorId: 'bob' })
  })

  it('[ITM9] keeps a document open for it that everybody has left, and no longer', async () => {
    const world = node({ config: { DOCUMENT_IDLE_MS: '0' }, analysis: { ...analysis, pauseMs: 100 } })
    const projectId = await world.newProject()
    await type(world, projectId, '\n- Sell pots\n')
    await soon(async () => expect(await texts(world, projectId)).toEqual(['1 Sell pots current']))
    await soon(() => expect(world.registry.size).toBe(0))
  })

  it('[ITM9] goes on once PostgreSQL is back, and holds up nobody meanwhile', async () => {
    let isAway = true
    const wrapItems = (store: ItemsStore): ItemsStore => ({
      ...store,
      write: (write) => (isAway ? Promise.reject(new AppError('store_unavailable')) : store.write(write)),
    })
    const world = node({ wrapItems })
    const projectId = await world.newProject()
    await type(world, projectId, '\n- Sell pots\n')
    await type(world, projectId, '- Fire kilns\n')
    await expect(world.specItems.current(projectId)).rejects.toMatchObject({ code: 'store_unavailable' })
    isAway = false
    await soon(async () => expect(await texts(world, projectId)).toEqual(['1 Sell pots current', '2 Fire kilns current']))
    expect(world.changes).toHaveLength(1)
  })

  it('[ITM10] is made up for where a node died before it, by whoever opens the document', async () => {
    const dead = node({ analysis: { ...analysis, pauseMs: 60_000, longestMs: 60_000 } })
    const projectId = await dead.newProject()
    await type(dead, projectId, '\n- Sell pots')
    await dead.specItems.current(projectId)
    await type(dead, projectId, ' online\n- Fire kilns\n')
    await worlds.splice(0)[0]?.close()
    const world = node()
    const joined = await world.join(projectId)
    await soon(async () => expect(await texts(world, projectId)).toEqual(['1 Sell pots online current', '2 Fire kilns current']))
    joined.leave()
  })

  it('[ITM10] is made up for by another node that has the document open, when the one that heard the change does not', async () => {
    const hub = new MemoryBusHub()
    const idle = node({ bus: hub.connect(), analysis: { ...analysis, pauseMs: 60_000, longestMs: 60_000 } })
    const other = node({ bus: hub.connect() })
    const projectId = await idle.newProject()
    const joined = await other.join(projectId)
    await type(idle, projectId, '\n- Sell pots\n')
    await soon(async () => expect(await texts(other, projectId)).toEqual(['1 Sell pots current']))
    joined.leave()
  })
})

describe('what another node has stored', () => {
  it('[ITM10] is told by one that has the document open, when that ended before it could', async () => {
    const hub = new MemoryBusHub()
    const bus = hub.connect()
    // Nothing of it is heard from here on, but what is typed and stored is.
    const mute: Bus = {
      ...bus,
      isConnected: true,
      subscribe: (...args) => bus.subscribe(...args),
      onGap: (...args) => bus.onGap(...args),
      publish: (channel, bytes) => bus.publish(channel, bytes),
      hint: (channel, bytes) => void (channel.startsWith('items:') || bus.hint(channel, bytes)),
    }
    const [dying, other] = [node({ bus: mute }), node({ bus: hub.connect() })]
    const projectId = await dying.newProject()
    const joined = await other.join(projectId)
    await other.specItems.current(projectId)
    const heard: ItemsEvent[] = []
    other.feed.watch(projectId, (event) => heard.push(event))
    await type(dying, projectId, '\n- Sell pots\n')
    await soon(() => expect(dying.changes).toHaveLength(1))
    await soon(() =>
      expect(heard.map(({ revision, changed }) => [revision, changed?.map(({ text }) => text)])).toEqual([[1, ['Sell pots']]]),
    )
    expect(other.changes.map(({ revision }) => revision)).toEqual([1])
    joined.leave()
  })
})

describe('a quiet document', () => {
  it('[ITM10] is looked at once, and then left alone, whether or not it has items', async () => {
    let looks = 0
    const wrapItems = (store: ItemsStore): ItemsStore => ({ ...store, head: (projectId) => (looks++, store.head(projectId)) })
    const world = node({ wrapItems, analysis: { ...analysis, peerPauseMs: 20 } })
    const without = await world.newProject()
    const withItems = await world.newProject()
    await type(world, without, 'only prose')
    await type(world, withItems, '\n- Sell pots\n\nand prose')
    await soon(() => expect(world.changes).toHaveLength(1))
    await type(world, withItems, ' and more prose')
    const [one, other] = [await world.join(without), await world.join(withItems)]
    const isQuiet = async () => {
      const before = looks
      // Ten times as long as it takes to look again.
      await new Promise((resolve) => setTimeout(resolve, 200))
      return looks === before
    }
    await soon(async () => expect(await isQuiet()).toBe(true))
    expect((await world.itemsStore.head(withItems)).analysed?.units).toBe(other.document.live.text.length)
    one.leave()
    other.leave()
  })
})

describe('reading', () => {
  it('[ITM9] is done once for all who ask at the same time, and holds what was typed before each asked', async () => {
    let looks = 0
    const wrapItems = (store: ItemsStore): ItemsStore => ({ ...store, since: (...args) => (looks++, store.since(...args)) })
    const world = node({ wrapItems })
    const projectId = await world.newProject()
    await world.specItems.current(projectId)
    const joined = await world.join(projectId)
    const { live } = joined.document
    const asked = Array.from({ length: 20 }, async (_, nth) => {
      live.edit(
        { userId: 'ann' },
        20,
        (text) => text.insert(text.length, `\n- Pot ${nth}\n`),
        () => undefined,
      )
      const items = await world.specItems.current(projectId)
      expect(items.map(({ text }) => text)).toContain(`Pot ${nth}`)
    })
    await Promise.all(asked)
    expect(looks).toBeLessThan(4)
    joined.leave()
  })
})

describe('a node that is behind', () => {
  it('[ITM15] takes what others have found before it says anything, and supersedes nothing that it never saw', async () => {
    // Without a bus neither hears of the other.
    const [first, second] = [node(), node()]
    const projectId = await first.newProject()
    await type(first, projectId, '\n- Sell pots\n')
    await second.specItems.current(projectId)
    const joined = await second.join(projectId, { userId: 'bob' })
    await type(first, projectId, '- Fire kilns\n')
    await first.specItems.current(projectId)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, joined.document.live.encodedState())
    expect(await joined.send(updateMessage(typed('- Buy clay\n', doc).update))).toBeNull()
    expect((await second.specItems.current(projectId)).map(({ ref, text }) => `${ref} ${text}`).toSorted()).toEqual([
      'SPEC-1 Sell pots',
      'SPEC-2 Fire kilns',
      'SPEC-3 Buy clay',
    ])
    joined.leave()
  })

  it('[ITM15] gives way to one that knows of a deletion it has not heard of', async () => {
    const [first, second] = [node(), node()]
    const projectId = await first.newProject()
    await type(first, projectId, '\n- Sell pots\n- Fire kilns\n')
    await second.specItems.current(projectId)
    const [pots] = await first.specItems.current(projectId)
    await first.specItems.remove(ann, projectId, pots?.id ?? '')
    const joined = await second.join(projectId, { userId: 'bob' })
    joined.document.live.edit(
      { userId: 'bob' },
      20,
      (text) => text.insert(text.length, '- Buy clay\n'),
      () => undefined,
    )
    expect((await second.specItems.current(projectId)).map(({ text }) => text)).toEqual(['Fire kilns', 'Buy clay'])
    expect(await texts(first, projectId)).toEqual(['1 Sell pots superseded', '2 Fire kilns current', '3 Buy clay current'])
    joined.leave()
  })
})

describe('coming back', () => {
  it('[ITM7] after a restart, by the same words, is the same item', async () => {
    const before = node()
    const projectId = await before.newProject()
    const { id } = await before.specItems.add(ann, projectId, { category: 'goals', text: 'Sell pots' })
    await before.specItems.remove(ann, projectId, id)
    await worlds.splice(0)[0]?.close()
    const world = node()
    expect(await world.specItems.add(ann, projectId, { category: 'goals', text: 'Sell pots' })).toMatchObject({ id, number: 1 })
  })

  it('[ITM7] after a restart, on the same characters, is the same item, whatever it says by then', async () => {
    const before = node()
    const projectId = await before.newProject()
    const { id } = await before.specItems.add(ann, projectId, { category: 'goals', text: 'Sell pots' })
    const fence = { userId: 'ann' }
    const edit = async (world: ItemsWorld, change: (text: Y.Text) => void) => {
      const { document, leave } = await world.join(projectId)
      document.live.edit(fence, 100, change, () => undefined)
      await world.specItems.current(projectId)
      leave()
    }
    await edit(before, (text) => text.insert(0, '```\n'))
    expect(await texts(before, projectId)).toEqual(['1 Sell pots superseded'])
    await worlds.splice(0)[0]?.close()
    const world = node()
    await edit(world, (text) => {
      text.delete(0, 4)
      text.insert(text.toString().indexOf('pots') + 4, ' and everything else that a potter makes')
    })
    expect(await world.specItems.current(projectId)).toMatchObject([
      { id, number: 1, text: 'Sell pots and everything else that a potter makes' },
    ])
  })

  it('[ITM7] by undo of what was erased letter by letter is the same item', async () => {
    const world = node()
    const projectId = await world.newProject()
    const joined = await world.join(projectId)
    const { live } = joined.document
    await type(world, projectId, '\n- Pots are sold online\n- Kilns\n')
    const [pots] = await world.specItems.current(projectId)
    const from = live.text.toString().indexOf('Pots are')
    for (let left = 'Pots are sold online'.length; left > 0; left -= 4) {
      live.edit(
        { userId: 'ann' },
        0,
        (text) => text.delete(from + left - 4, 4),
        () => undefined,
      )
      await world.specItems.current(projectId)
    }
    live.edit(
      { userId: 'ann' },
      0,
      (text) => text.delete(from - 2, 3),
      () => undefined,
    )
    expect((await world.specItems.current(projectId)).map(({ text }) => text)).toEqual(['Kilns'])
    live.edit(
      { userId: 'ann' },
      100,
      (text) => text.insert(text.length, '- Pots are sold online\n'),
      () => undefined,
    )
    expect((await world.specItems.current(projectId)).at(-1)).toMatchObject({ id: pots?.id, number: 1, text: 'Pots are sold online' })
    joined.leave()
  })
})

describe('numbers', () => {
  it('[ITM8] of fifty people who add twenty items each at once on two nodes, some of them offline, are a thousand different ones', async () => {
    const hub = new MemoryBusHub()
    const nodes = [node({ bus: hub.connect() }), node({ bus: hub.connect() })] as const
    const projectId = await nodes[0].newProject()
    await nodes[0].specItems.current(projectId)
    const people = await Promise.all(
      Array.from({ length: 50 }, async (_, person) => {
        const world = nodes[person % 2 === 0 ? 0 : 1]
        const joined = await world.join(projectId, { userId: `p${person}` })
        const doc = new Y.Doc()
        Y.applyUpdate(doc, joined.document.live.encodedState())
        return { person, joined, doc }
      }),
    )
    await Promise.all(
      people.map(async ({ person, joined, doc }) => {
        // Each third person was away, and sends all at once.
        const updates = Array.from({ length: 20 }, (_, index) => typed(`\n- Person ${person} wants pot ${index}\n`, doc).update)
        const messages = person % 3 === 0 ? [Y.mergeUpdates(updates)] : updates
        for (const update of messages) expect(await joined.send(updateMessage(update))).toBeNull()
      }),
    )
    await soon(() => expect(new Set(people.map(({ joined }) => joined.document.live.text.length)).size).toBe(1))
    const [first, second] = [await nodes[0].specItems.current(projectId), await nodes[1].specItems.current(projectId)]
    expect([first.length, new Set(first.map(({ number }) => number)).size]).toEqual([1_000, 1_000])
    expect(second.map(({ id, number, text }) => [id, number, text])).toEqual(first.map(({ id, number, text }) => [id, number, text]))
    expect(await nodes[0].allItems(projectId)).toHaveLength(1_000)
    expect(first.every(({ text, authorId }) => authorId === null || text.startsWith(`Person ${authorId.slice(1)} `))).toBe(true)
    for (const { joined } of people) joined.leave()
  }, 30_000)
})

describe('what the server adds', () => {
  it('[ITM11] carries what is known of it: where it came from, how sure, from which message; and is sure once a person has changed it', async () => {
    const world = node()
    const projectId = await world.newProject()
    const given = { source: 'interview', confidence: 0.8, messageId: 'm1', key: 'pot-sales' } as const
    const added = await world.specItems.add(ann, projectId, { category: 'goals', text: 'Pots are sold online', ...given })
    expect(added).toMatchObject({ ...given, number: 1, text: 'Pots are sold online', category: 'goals', authorId: 'ann' })
    expect(await world.specItems.current(projectId)).toEqual([added])
    const confirmed = await world.specItems.change(ann, projectId, added.id, { confirmed: true })
    expect(confirmed).toMatchObject({ ...given, confidence: 1 })
    const inferred = await world.specItems.add(ann, projectId, {
      category: 'goals',
      text: 'Clay is bought',
      source: 'inferred',
      confidence: 0.5,
    })
    const changed = await world.specItems.change(ann, projectId, inferred.id, { text: 'Clay is bought monthly' })
    expect(changed).toMatchObject({ id: inferred.id, source: 'inferred', confidence: 1, text: 'Clay is bought monthly' })
  })

  it('[ITM11] carries it also where another node was first to find it', async () => {
    const hub = new MemoryBusHub()
    let goOn = (): void => undefined
    const wrapItems = (store: ItemsStore): ItemsStore => ({
      ...store,
      write: async (write) => {
        await new Promise<void>((resolve) => (goOn = resolve))
        return store.write(write)
      },
    })
    const [slow, quick] = [node({ bus: hub.connect(), wrapItems }), node({ bus: hub.connect() })]
    const projectId = await slow.newProject()
    const joined = await quick.join(projectId)
    await quick.specItems.current(projectId)
    const adding = slow.specItems.add(ann, projectId, { category: 'goals', text: 'Pots', source: 'inferred', confidence: 0.5 })
    await soon(() => expect(joined.document.live.text.toString()).toContain('Pots'))
    expect(await quick.specItems.current(projectId)).toMatchObject([{ number: 1, source: 'typed' }])
    await soon(async () => {
      goOn()
      expect((await quick.allItems(projectId))[0]).toMatchObject({ number: 1, source: 'inferred', confidence: 0.5 })
    })
    expect(await adding).toMatchObject({ number: 1, source: 'inferred' })
    joined.leave()
  })

  it('[ITM2] is one edit, kept whatever others type at the same time', async () => {
    const world = node()
    const projectId = await world.newProject()
    const joined = await world.join(projectId)
    const doc = docFrom(joined.transport.messages)
    Y.applyUpdate(doc, joined.document.live.encodedState())
    const typing = Array.from({ length: 30 }, () => joined.send(updateMessage(typed('x', doc).update)))
    const adding = Array.from({ length: 10 }, (_, index) =>
      world.specItems.add(ann, projectId, { category: 'testing', text: `Test ${index}` }),
    )
    const added = await Promise.all(adding)
    await Promise.all(typing)
    expect(added.map(({ number }) => number).toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(joined.document.live.text.toString().match(/x/g)).toHaveLength(30)
    joined.leave()
  })
})

describe('clarifications', () => {
  it('[CLA3] are kept whole, one edit each, while others type in the same place and lose no word', async () => {
    const world = node()
    const projectId = await world.newProject()
    await type(world, projectId, '\n## Clarifications\n\n- Q: Why? -> A: So')
    const people = await Promise.all(
      ['bob', 'cid', 'dan'].map(async (userId) => {
        const joined = await world.join(projectId, { userId })
        const doc = docFrom(joined.transport.messages)
        Y.applyUpdate(doc, joined.document.live.encodedState())
        return { userId, joined, doc }
      }),
    )
    const typing = people.map(async ({ userId, joined, doc }) => {
      for (let word = 0; word < 20; word++) {
        expect(await joined.send(updateMessage(typed(` ${userId}-${word}.`, doc).update))).toBeNull()
        await setImmediate()
      }
    })
    const logging = Array.from({ length: 15 }, async (_, nth) => {
      await world.specItems.clarify(ann, projectId, { question: `Question ${nth}?`, answer: `Answer ${nth}` })
    })
    await Promise.all([...typing, ...logging])
    const text = people[0]?.joined.document.live.text.toString() ?? ''
    for (const userId of ['bob', 'cid', 'dan']) for (let word = 0; word < 20; word++) expect(text).toContain(` ${userId}-${word}.`)
    for (let nth = 0; nth < 15; nth++) expect(text.split(`- Q: Question ${nth}? -> A: Answer ${nth}`)).toHaveLength(2)
    expect(text.match(/## Clarifications/g)).toHaveLength(1)
    expect(await world.specItems.current(projectId)).toEqual([])
    for (const { joined } of people) joined.leave()
  })
})

describe('one of several', () => {
  it('[ITM17] stays with the words of both, as one edit, and is what the others were superseded by', async () => {
    const world = node()
    const projectId = await world.newProject()
    await type(world, projectId, '\n- Pots cost 5 EUR\n- Kilns are hot\n- Pots cost 7 EUR\n')
    const [cheap, , dear] = await world.specItems.current(projectId)
    const joined = await world.join(projectId, { userId: 'bob' })
    const before = joined.document.live.text.toString()
    const updates: Uint8Array[] = []
    joined.document.live.onUpdate((update) => updates.push(update))
    const kept = { keepId: dear?.id ?? '', removeIds: [cheap?.id ?? ''], text: 'Pots cost 5 to 7 EUR' }
    expect(await world.specItems.keepOne(ann, projectId, kept)).toMatchObject({
      id: dear?.id,
      number: 3,
      text: 'Pots cost 5 to 7 EUR',
      confidence: 1,
    })
    expect(updates).toHaveLength(1)
    expect(joined.document.live.text.toString()).toBe(before.replace('- Pots cost 5 EUR\n', '').replace('cost 7', 'cost 5 to 7'))
    expect((await world.allItems(projectId))[0]).toMatchObject({
      number: 1,
      status: 'superseded',
      supersededBy: dear?.id,
      text: 'Pots cost 5 EUR',
    })
    await expect(world.specItems.keepOne(ann, projectId, kept)).rejects.toMatchObject({ code: 'not_found' })
    joined.leave()
  })

  it('[ITM17] is itself also where it takes the very words of another', async () => {
    const world = node()
    const projectId = await world.newProject()
    await type(world, projectId, '\n- Pots cost 5 EUR\n- Pots cost 7 EUR\n')
    const [cheap, dear] = await world.specItems.current(projectId)
    const kept = { keepId: cheap?.id ?? '', removeIds: [dear?.id ?? ''], text: 'Pots cost 7 EUR' }
    expect(await world.specItems.keepOne(ann, projectId, kept)).toMatchObject({ id: cheap?.id, number: 1, text: 'Pots cost 7 EUR' })
    expect((await world.allItems(projectId))[1]).toMatchObject({ number: 2, status: 'superseded', supersededBy: cheap?.id })
  })
})

describe('a new epoch, and an edited copy', () => {
  const start = '# K\n\n## Goals\n\n- Pots are sold in the shop\n- Kilns are fired at night\n- FR-1: Clay is bought monthly\n'
  const idsByRef = async (world: ItemsWorld, projectId: string) =>
    new Map((await world.specItems.current(projectId)).map(({ id, ref }) => [ref, id]))

  it('[ITM12] keep ids when the history is replaced', async () => {
    const world = node()
    const projectId = await world.newProject()
    await type(world, projectId, start)
    const before = await idsByRef(world, projectId)
    await world.history.replace(projectId)
    expect(await idsByRef(world, projectId)).toEqual(before)
    expect(await world.allItems(projectId)).toHaveLength(3)
    const [first] = await world.specItems.current(projectId)
    const joined = await world.join(projectId)
    const place = Y.createAbsolutePositionFromRelativePosition(
      Y.decodeRelativePosition(Buffer.from(first?.anchor ?? '', 'base64')),
      joined.document.live.doc,
    )
    expect([place?.index, place?.type === joined.document.live.doc.getText(contentKey)]).toEqual([first?.from, true])
    joined.leave()
  })

  it('[ITM12] keep ids of what is moved and reworded a little in an edited copy, and say what took the place of what went', async () => {
    const world = node()
    const projectId = await world.newProject()
    await type(world, projectId, start)
    const before = await idsByRef(world, projectId)
    const joined = await world.join(projectId)
    const { live } = joined.document
    live.edit(
      { userId: 'ann' },
      1_000,
      (text) => {
        text.delete(0, text.length)
        text.insert(
          0,
          '# K\n\n## Security\n\n- FR-1: Clay is stored dry\n\n## Goals\n\n- Kilns are fired at night only\n- Pots are sold in the shop\n- Something else\n',
        )
      },
      () => undefined,
    )
    const items = await world.specItems.current(projectId)
    expect(items.map(({ text, id }) => [text, [...before].find(([, known]) => known === id)?.[0]])).toEqual([
      ['Clay is stored dry', 'SPEC-3'],
      ['Kilns are fired at night only', 'SPEC-2'],
      ['Pots are sold in the shop', 'SPEC-1'],
      ['Something else', undefined],
    ])
    joined.leave()
  })

  it('[ITM12] joined lines are the first of them, which took the place of the other', async () => {
    const world = node()
    const projectId = await world.newProject()
    await type(world, projectId, start)
    const before = await idsByRef(world, projectId)
    const joined = await world.join(projectId)
    const { live } = joined.document
    const at = live.text.toString().indexOf('\n- Kilns')
    live.edit(
      { userId: 'ann' },
      0,
      (text) => text.delete(at, 3),
      () => undefined,
    )
    await world.specItems.current(projectId)
    expect((await world.allItems(projectId)).map(({ number, status, supersededBy }) => [number, status, supersededBy])).toEqual([
      [1, 'current', null],
      [2, 'superseded', before.get('SPEC-1')],
      [3, 'current', null],
    ])
    joined.leave()
  })
})

describe('screens', () => {
  it('[ITM13] are told on every node what changed and what went, and only of their project', async () => {
    const hub = new MemoryBusHub()
    const [here, there] = [node({ bus: hub.connect() }), node({ bus: hub.connect() })]
    const projectId = await here.newProject()
    const heard: ItemsEvent[] = []
    const stops = [here, there].map((world) => world.feed.watch(projectId, (event) => heard.push(event)))
    const elsewhere = await here.newProject()
    await here.specItems.add(ann, elsewhere, { category: 'goals', text: 'Nobody hears' })
    const { id } = await here.specItems.add(ann, projectId, { category: 'goals', text: 'Pots' })
    await soon(() => expect(heard).toHaveLength(2))
    expect(heard[0]).toEqual(heard[1])
    expect(heard[0]).toMatchObject({ projectId, revision: 1, changed: [{ id, ref: 'SPEC-1' }], gone: [] })
    await here.specItems.remove(ann, projectId, id)
    await soon(() => expect(heard).toHaveLength(4))
    expect(heard[2]).toMatchObject({ revision: 2, changed: [], gone: [id] })
    await type(here, projectId, Array.from({ length: 101 }, (_, nth) => `\n- Pot ${nth}\n`).join(''))
    await soon(() => expect(heard).toHaveLength(6))
    expect(heard[5]).toEqual({ projectId, revision: 3, changed: null, gone: [] })
    for (const stop of stops) stop()
  })
})
