// Nodes that share documents: over a bus that drops, doubles and reorders, with nodes that die, and with acks that stay true.

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentWorld, type Joined } from '../../test/rigs/document-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { hear, typed, updateMessage } from '../../test/rigs/yjs-client.ts'
import type { Bus } from '../base/bus.ts'
import { MemoryBusHub } from '../base/memory-bus.ts'
import { decodePeerMessage, encodePeerMessage } from './peer-message.ts'

let fresh: FreshDatabase
const worlds: DocumentWorld[] = []
const confirmMs = 100
const timing = { heartbeatMs: 30, silentMs: 400, compareMs: 200, sweepMs: 50, confirmMs }

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})
afterAll(() => fresh.drop())

/** A node on `hub`; `spoil` may change what it sends. */
function node(hub: MemoryBusHub, spoil: (bytes: Uint8Array) => Uint8Array[] = (bytes) => [bytes]): DocumentWorld {
  const line = hub.connect()
  const bus: Bus = {
    isConnected: true,
    publish: (channel, bytes) => {
      for (const one of channel.startsWith('document:') ? spoil(bytes) : [bytes]) line.publish(channel, one)
    },
    hint: (channel, bytes) => line.hint(channel, bytes),
    subscribe: (channel, listener) => line.subscribe(channel, listener),
    onGap: (listener) => line.onGap(listener),
  }
  const world = new DocumentWorld({ url: fresh.url, bus, timing })
  worlds.push(world)
  return world
}

const textIn = ({ document }: Joined): string => document.live.text.toString()
/** What somebody who has the document sends after a change of it. */
function docAfter({ document }: Joined, change: (text: Y.Text) => void): { update: Uint8Array } {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, document.live.encodedState())
  const before = Y.encodeStateVector(doc)
  change(doc.getText('content'))
  return { update: Y.encodeStateAsUpdate(doc, before) }
}
const type = (joined: Joined, words: string) => joined.send(updateMessage(typed(words).update))

describe('two nodes', () => {
  it('[RELAY1] show each other’s words, cursors and people at once', async () => {
    const hub = new MemoryBusHub()
    const [first, second] = [node(hub), node(hub)]
    const projectId = await first.newProject()
    const [ann, bob] = [await first.join(projectId, { userId: 'ann' }), await second.join(projectId, { userId: 'bob' })]
    expect(await type(ann, 'from ann ')).toBeNull()
    expect(await type(bob, 'from bob ')).toBeNull()
    await vi.waitFor(() =>
      expect([textIn(ann), textIn(bob)].every((text) => text.includes('from ann') && text.includes('from bob'))).toBe(true),
    )
    expect(textIn(ann)).toBe(textIn(bob))
    await vi.waitFor(() =>
      expect(
        ann.document.presence
          .people()
          .map(({ userId }) => userId)
          .toSorted(),
      ).toEqual(['ann', 'bob']),
    )
    await vi.waitFor(() =>
      expect(
        bob.document.presence
          .people()
          .map(({ userId }) => userId)
          .toSorted(),
      ).toEqual(['ann', 'bob']),
    )
    bob.leave()
    await vi.waitFor(() => expect(ann.document.presence.people().map(({ userId }) => userId)).toEqual(['ann']))
  })

  it('[RELAY2] log each word once, by the node where it was typed', async () => {
    const hub = new MemoryBusHub()
    const [first, second] = [node(hub), node(hub)]
    const projectId = await first.newProject()
    const [ann, bob] = [await first.join(projectId), await second.join(projectId, { userId: 'bob' })]
    for (let index = 0; index < 20; index++) await type(index % 2 === 0 ? ann : bob, `w${index} `)
    await vi.waitFor(() => expect(textIn(ann).match(/w\d+ /g)).toHaveLength(20))
    await vi.waitFor(() => expect([ann.document.live.unconfirmed.size, bob.document.live.unconfirmed.size]).toEqual([0, 0]))
    expect(await first.rows(projectId)).toBe(20)
  })

  it('[RELAY3] become equal whatever the bus drops, doubles and reorders, lost deletions included', async () => {
    const hub = new MemoryBusHub()
    let held: Uint8Array[] = []
    let turn = 0
    const hostile = (bytes: Uint8Array): Uint8Array[] => {
      // What repairs is let through; a bus that loses everything repairs nothing.
      if (decodePeerMessage(bytes)?.type !== 'update') return [bytes]
      turn++
      if (turn % 3 === 0) return []
      if (turn % 3 === 1) return [bytes, bytes]
      held.push(bytes)
      if (held.length < 3) return []
      const late = held.toReversed()
      held = []
      return late
    }
    const [first, second] = [node(hub, hostile), node(hub, hostile)]
    const projectId = await first.newProject()
    const [ann, bob] = [await first.join(projectId), await second.join(projectId, { userId: 'bob' })]
    for (let index = 0; index < 30; index++) {
      const from = index % 2 === 0 ? ann : bob
      const copy = new Y.Doc()
      Y.applyUpdate(copy, from.document.live.encodedState())
      const before = Y.encodeStateVector(copy)
      const text = copy.getText('content')
      if (index % 5 === 4) text.delete(0, 3)
      else text.insert(text.length, `w${index} `)
      const update = index % 5 === 4 ? Y.encodeStateAsUpdate(copy) : Y.encodeStateAsUpdate(copy, before)
      expect(await from.send(updateMessage(update))).toBeNull()
    }
    await vi.waitFor(() => expect(textIn(bob)).toBe(textIn(ann)), 5_000)
    const reloaded = (await first.store.load(projectId)) ?? { snapshot: null, updates: [] }
    const doc = new Y.Doc()
    for (const update of [reloaded.snapshot, ...reloaded.updates.map(({ payload }) => payload)]) if (update) Y.applyUpdate(doc, update)
    expect(doc.getText('content').toString()).toBe(textIn(ann))
  })

  it('[RELAY4] keep what one of them told of and never committed, when it dies', async () => {
    const hub = new MemoryBusHub()
    const dying = new DocumentWorld({
      url: fresh.url,
      bus: hub.connect(),
      timing,
      wrapStore: (store) => ({ ...store, append: () => new Promise(() => undefined) }),
    })
    const second = node(hub)
    const projectId = await second.newProject()
    const [ann, bob] = [await dying.join(projectId), await second.join(projectId, { userId: 'bob' })]
    void type(ann, 'seen and not committed ')
    await vi.waitFor(() => expect(textIn(bob)).toContain('seen and not committed'))
    expect(await second.rows(projectId)).toBe(0)
    dying.relay?.stop()
    await vi.waitFor(async () => expect(await second.rows(projectId)).toBe(1), 5_000)
    await vi.waitFor(() => expect(bob.document.presence.people().map(({ userId }) => userId)).toEqual(['bob']))
  })

  it('[RELAY11] open a document with what a dead node told of, though nobody has committed it yet', async () => {
    const hub = new MemoryBusHub()
    const stuck = (store: DocumentWorld['store']) => ({ ...store, append: () => new Promise<never>(() => undefined) })
    const patient = { ...timing, silentMs: 60_000 }
    let isDead = false
    const lastLine = hub.connect()
    const deadly: Bus = {
      ...lastLine,
      publish: (channel, bytes) => {
        if (!isDead) lastLine.publish(channel, bytes)
      },
    }
    const dying = new DocumentWorld({ url: fresh.url, bus: deadly, timing: patient, wrapStore: stuck })
    // What it is asked for takes a moment on its way.
    const line = hub.connect()
    const slow: Bus = { ...line, publish: (channel, bytes) => void setTimeout(() => line.publish(channel, bytes), 50) }
    const second = new DocumentWorld({ url: fresh.url, bus: slow, timing: patient })
    const third = new DocumentWorld({ url: fresh.url, bus: hub.connect(), timing: patient })
    worlds.push(second, third)
    const projectId = await second.newProject()
    const [ann, bob] = [await dying.join(projectId), await second.join(projectId, { userId: 'bob' })]
    void ann.send(updateMessage(docAfter(ann, (text) => text.insert(text.length, 'told ')).update))
    await vi.waitFor(() => expect(textIn(bob)).toContain('told'))
    isDead = true
    const { update } = docAfter(bob, (text) => text.insert(text.length, 'behind it'))
    expect(await bob.send(updateMessage(update))).toBeNull()
    expect(await second.rows(projectId)).toBe(1)
    const late = await third.join(projectId, { userId: 'cho' })
    expect(textIn(late)).toContain('told')
    expect(textIn(late)).toContain('behind it')
    dying.relay?.stop()
  })

  it('[RELAY5] ack nothing as committed that only the other node has', async () => {
    const hub = new MemoryBusHub()
    const slow = new DocumentWorld({
      url: fresh.url,
      bus: hub.connect(),
      timing,
      wrapStore: (store) => ({ ...store, append: () => new Promise(() => undefined) }),
    })
    const second = node(hub)
    const projectId = await second.newProject()
    const [ann, bob] = [await slow.join(projectId), await second.join(projectId, { userId: 'bob' })]
    const { update } = typed('resent ')
    void ann.send(updateMessage(update))
    await vi.waitFor(() => expect(textIn(bob)).toContain('resent'))
    // Its writer moved to the other node, and sends it again.
    expect(await bob.send(updateMessage(update))).toBeNull()
    expect(await second.rows(projectId)).toBeGreaterThanOrEqual(1)
    slow.relay?.stop()
  })

  it('[RELAY5] log nothing again that is committed, whatever else another node has not committed', async () => {
    const hub = new MemoryBusHub()
    const slow = new DocumentWorld({
      url: fresh.url,
      bus: hub.connect(),
      timing,
      wrapStore: (store) => ({ ...store, append: () => new Promise(() => undefined) }),
    })
    const second = node(hub)
    const projectId = await second.newProject()
    const [ann, bob] = [await slow.join(projectId), await second.join(projectId, { userId: 'bob' })]
    const [own, others] = [typed('own '), typed('uncommitted ')]
    expect(await bob.send(updateMessage(own.update))).toBeNull()
    void ann.send(updateMessage(others.update))
    await vi.waitFor(() => expect(textIn(bob)).toContain('uncommitted'))
    // Someone is back with their words, and someone new with nothing.
    for (const update of [own.update, Y.encodeStateAsUpdate(new Y.Doc())]) expect(await bob.send(updateMessage(update))).toBeNull()
    expect(await second.rows(projectId)).toBe(1)
    const deletion = new Y.Doc()
    Y.applyUpdate(deletion, others.update)
    const before = Y.encodeStateVector(deletion)
    deletion.getText('content').delete(0, 3)
    void ann.send(updateMessage(Y.encodeStateAsUpdate(deletion, before)))
    await vi.waitFor(() => expect(textIn(bob)).not.toContain('uncommitted'))
    // The deletion alone is the same to a state vector, and is not committed either.
    expect(await bob.send(updateMessage(Y.encodeStateAsUpdate(deletion, before)))).toBeNull()
    expect(await second.rows(projectId)).toBe(2)
    slow.relay?.stop()
  })

  it('[RELAY3] go on when one of them says what makes no sense', async () => {
    const hub = new MemoryBusHub()
    const [first, second] = [node(hub), node(hub)]
    const projectId = await first.newProject()
    const [ann, bob] = [await first.join(projectId), await second.join(projectId, { userId: 'bob' })]
    const stranger = hub.connect()
    const junk = new Uint8Array([255, 1, 2, 3])
    for (const type of ['cursors', 'state', 'update', 'digest'] as const) {
      const body = {
        node: 'stranger',
        epoch: 1,
        seq: 1,
        by: { userId: null },
        update: junk,
        stateVector: junk,
        digest: junk,
        awareness: junk,
      }
      stranger.publish(`document:${projectId}`, encodePeerMessage({ ...body, type, isAnswer: false, wantsPresence: true }))
    }
    stranger.publish(`document:${projectId}`, junk)
    expect(await type(ann, 'still ')).toBeNull()
    await vi.waitFor(() => expect(textIn(bob)).toContain('still '))
  })

  it('[RELAY4] log what a dead node told of before they stop themselves', async () => {
    const hub = new MemoryBusHub()
    const stuck = (store: DocumentWorld['store']) => ({ ...store, append: () => new Promise<never>(() => undefined) })
    const dying = new DocumentWorld({ url: fresh.url, bus: hub.connect(), timing, wrapStore: stuck })
    const second = node(hub)
    const projectId = await second.newProject()
    const [ann, bob] = [await dying.join(projectId), await second.join(projectId, { userId: 'bob' })]
    void type(ann, 'last words ')
    await vi.waitFor(() => expect(textIn(bob)).toContain('last words'))
    second.relay?.drain()
    await second.updateLog.flushed()
    expect(await second.rows(projectId)).toBe(1)
    dying.relay?.stop()
  })

  it('[RELAY7] show each other’s people again when one that had fallen silent goes on, though the bus lost nothing', async () => {
    const hub = new MemoryBusHub()
    const line = hub.connect()
    let isStuck = false
    const slow: Bus = {
      isConnected: true,
      publish: (channel, bytes) => {
        if (!isStuck) line.publish(channel, bytes)
      },
      hint: (channel, bytes) => line.hint(channel, bytes),
      subscribe: (channel, listener) => line.subscribe(channel, listener),
      onGap: (listener) => line.onGap(listener),
    }
    const [first, second] = [new DocumentWorld({ url: fresh.url, bus: slow, timing: { ...timing, compareMs: 60_000 } }), node(hub)]
    worlds.push(first)
    const projectId = await second.newProject()
    await first.join(projectId, { userId: 'ann' })
    const bob = await second.join(projectId, { userId: 'bob' })
    const seenByBob = () =>
      bob.document.presence
        .people()
        .map(({ userId }) => userId)
        .toSorted()
    await vi.waitFor(() => expect(seenByBob()).toEqual(['ann', 'bob']))
    isStuck = true
    await vi.waitFor(() => expect(seenByBob()).toEqual(['bob']), 5_000)
    isStuck = false
    await vi.waitFor(() => expect(seenByBob()).toEqual(['ann', 'bob']), 5_000)
  })

  it('[RELAY9] confirm what they committed for all documents together, a few times a second', async () => {
    const hub = new MemoryBusHub()
    let confirmations = 0
    hub.connect().subscribe('confirmations', () => confirmations++)
    const both = [node(hub), node(hub)] as const
    const startedMs = performance.now()
    const pairs: (readonly [Joined, Joined])[] = []
    for (let index = 0; index < 3; index++) {
      const projectId = await both[0].newProject()
      pairs.push([await both[0].join(projectId), await both[1].join(projectId, { userId: 'bob' })])
    }
    for (let word = 0; word < 20; word++) for (const [ann] of pairs) expect(await type(ann, `w${word} `)).toBeNull()
    await vi.waitFor(() => expect(pairs.map(([, bob]) => bob.document.live.unconfirmed.size)).toEqual([0, 0, 0]), 5_000)
    expect(pairs.every(([, bob]) => textIn(bob).includes('w19'))).toBe(true)
    expect(confirmations).toBeLessThanOrEqual((performance.now() - startedMs) / confirmMs + 1)
  })

  it('[RELAY9] confirm what is left before they say goodbye, so that nobody logs it again', async () => {
    const hub = new MemoryBusHub()
    const leaving = new DocumentWorld({ url: fresh.url, bus: hub.connect(), timing: { ...timing, confirmMs: 60_000 } })
    const staying = node(hub)
    const projectId = await staying.newProject()
    const [ann, bob] = [await leaving.join(projectId), await staying.join(projectId, { userId: 'bob' })]
    expect(await type(ann, 'said and done ')).toBeNull()
    await vi.waitFor(() => expect(bob.document.live.unconfirmed.size).toBe(1))
    await leaving.close()
    await vi.waitFor(() => expect(bob.document.live.unconfirmed.size).toBe(0))
    await staying.updateLog.flushed()
    expect(await staying.rows(projectId)).toBe(1)
  })

  it('[RELAY4] take no confirmation of words for one of later words, though the document was closed in between and the bus doubles it', async () => {
    const hub = new MemoryBusHub()
    const stranger = hub.connect()
    let confirmed: Uint8Array | undefined
    stranger.subscribe('confirmations', (bytes) => (confirmed ??= bytes))
    let isStuck = false
    const first = new DocumentWorld({
      url: fresh.url,
      bus: hub.connect(),
      timing,
      config: { DOCUMENT_IDLE_MS: '1' },
      wrapStore: (store) => ({ ...store, append: (rows) => (isStuck ? new Promise(() => undefined) : store.append(rows)) }),
    })
    const second = node(hub)
    const projectId = await second.newProject()
    const [ann, bob] = [await first.join(projectId), await second.join(projectId, { userId: 'bob' })]
    for (const word of ['one ', 'two ', 'three ']) expect(await type(ann, word)).toBeNull()
    await vi.waitFor(() => expect(confirmed).toBeDefined())
    ann.leave()
    await vi.waitFor(() => expect(first.registry.size).toBe(0), 5_000)
    isStuck = true
    void type(await first.join(projectId), 'never committed ')
    await vi.waitFor(() => expect(textIn(bob)).toContain('never committed'))
    if (confirmed) stranger.publish('confirmations', confirmed)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(bob.document.live.unconfirmed.size).toBe(1)
    first.relay?.stop()
    await vi.waitFor(async () => expect(await second.rows(projectId)).toBe(4), 5_000)
  })

  it('[RELAY6] listen on nothing once their documents are closed', async () => {
    const hub = new MemoryBusHub()
    const world = new DocumentWorld({ url: fresh.url, bus: hub.connect(), timing, config: { DOCUMENT_IDLE_MS: '1' } })
    worlds.push(world)
    const before = hub.channelCount
    const { leave } = await world.join(await world.newProject())
    expect(hub.channelCount).toBe(before + 1)
    leave()
    await vi.waitFor(() => expect(hub.channelCount).toBe(before))
  })

  it('[RELAY8] have no gap after one of them has opened the document again', async () => {
    const hub = new MemoryBusHub()
    const [first, second] = [
      node(hub),
      new DocumentWorld({ url: fresh.url, bus: hub.connect(), timing, config: { DOCUMENT_IDLE_MS: '1' } }),
    ]
    worlds.push(second)
    const projectId = await first.newProject()
    const ann = await first.join(projectId, { userId: 'ann' })
    const gone = await second.join(projectId, { userId: 'bob' })
    for (let index = 0; index < 5; index++) await type(gone, `early${index} `)
    gone.leave()
    await vi.waitFor(() => expect(second.registry.peek(projectId)).toBeUndefined())
    const back = await second.join(projectId, { userId: 'bob' })
    await type(back, 'back ')
    await vi.waitFor(() => expect(textIn(ann)).toContain('back'))
    const gaps = async () => (await first.metrics.relayGaps.get()).values[0]?.value
    const before = await gaps()
    for (let index = 0; index < 5; index++) await type(back, `late${index} `)
    await vi.waitFor(() => expect(textIn(ann)).toContain('late4'))
    expect(await gaps()).toBe(before)
  })

  it('[RELAY1] bring a cursor that moves to the other node along, and do not let its late removal hide it', async () => {
    const hub = new MemoryBusHub()
    const [first, second] = [node(hub), node(hub)]
    const projectId = await first.newProject()
    const watching = await second.join(projectId, { userId: 'bob' })
    const heardBy = (joined: Joined) => joined.transport.messages.filter((message) => hear(message).type === 1).length
    const state = (clock: number, json: string) => Uint8Array.from([1, json.length + 4, 1, 77, clock, json.length, ...Buffer.from(json)])
    const ann = await first.join(projectId, { userId: 'ann' })
    await ann.send(state(1, '{"a":1}'))
    await vi.waitFor(() => expect(heardBy(watching)).toBeGreaterThan(0))
    const moved = await second.join(projectId, { userId: 'ann' })
    await moved.send(state(1, '{"a":2}'))
    ann.leave()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(Buffer.from(second.registry.peek(projectId)?.presence.everyone().message ?? []).toString()).toContain('"a":2')
  })
})
