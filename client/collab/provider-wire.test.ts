// What goes over the wire besides plain updates: chunks, presence, gaps, and bytes that are nothing.

import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { limits } from '../../shared/limits.ts'
import { messageType, syncType } from '../../shared/wire/yjs-messages.ts'
import { pass, World } from '../../test/rigs/provider-world.ts'
import { chunk, sync } from '../../test/rigs/wire-messages.ts'
import { awarenessMessage, writeAwareness } from './messages.ts'

let world: World

beforeEach(() => {
  vi.useFakeTimers()
  world = new World()
})

afterEach(() => {
  world.end()
  vi.useRealTimers()
})

const updateOf = (text: string): Uint8Array => {
  const doc = new Y.Doc()
  doc.getText('content').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

describe('large messages', () => {
  it('[COL9] cuts what is larger than a frame may be, and is saved with the last part', async () => {
    const { provider } = world.add('ann')
    await pass(20)
    provider.text.insert(0, 'x'.repeat(limits.chunkBytes * 2.5))
    await pass(4)
    expect(provider.state.save.state).toBe('saving')
    await pass(20)
    expect(provider.state.save.state).toBe('saved')
    expect(world.peer.largestFrameBytes).toBeLessThanOrEqual(limits.chunkBytes)
    expect(world.peer.committedDoc().getText('content').length).toBe(limits.chunkBytes * 2.5)
  })

  it('[COL9] gives what did not fit through a line that dropped in the middle with the next join', async () => {
    const { provider, link } = world.add('ann')
    await pass(20)
    provider.text.insert(0, 'x'.repeat(limits.chunkBytes * 2.5))
    await pass(3)
    link.drop()
    await pass(300)
    expect(provider.state.save.state).toBe('saved')
    expect(world.peer.committedDoc().getText('content').length).toBe(limits.chunkBytes * 2.5)
  })

  it('[COL9] puts the parts of what the server sends together', async () => {
    world.peer.chunkBytes = 1_000
    world.peer.committed.push(updateOf('y'.repeat(10_000)))
    world.peer.kill()
    const { provider } = world.add('ann')
    await pass(20)
    expect(provider.text.toString()).toBe('y'.repeat(10_000))
  })

  it('[COL9] drops parts that make no whole, and asks for what it lacks', async () => {
    const { provider } = world.add('ann')
    await pass(20)
    const asked = world.peer.step1sReceived
    world.peer.sendYjs(chunk({ transferId: 1, index: 0, count: 3 }, new Uint8Array(10)))
    world.peer.sendYjs(chunk({ transferId: 1, index: 2, count: 3 }, new Uint8Array(10)))
    await pass(5_000)
    expect(world.peer.step1sReceived).toBe(asked + 1)
    provider.text.insert(0, 'fine')
    await pass(20)
    expect(provider.state.save.state).toBe('saved')
  })
})

describe('presence', () => {
  it('[COL10] sends a running cursor at most every 50 ms, the last state last', async () => {
    const { provider } = world.add('ann')
    const bob = world.add('bob')
    await pass(200)
    const before = world.peer.awarenessReceived
    for (let position = 0; position < 100; position++) {
      provider.awareness.setLocalStateField('cursor', position)
      await pass(1)
    }
    await pass(100)
    expect(world.peer.awarenessReceived - before).toBeLessThanOrEqual(3)
    expect(bob.provider.awareness.getStates().get(provider.awareness.clientID)).toEqual({ cursor: 99 })
  })

  it('[COL10] sees nobody while the line is down, and is seen again at once when it is back', async () => {
    const ann = world.add('ann')
    const bob = world.add('bob')
    ann.provider.awareness.setLocalState({ name: 'ann' })
    bob.provider.awareness.setLocalState({ name: 'bob' })
    await pass(200)
    const annId = ann.provider.awareness.clientID
    expect(bob.provider.awareness.getStates().has(annId)).toBe(true)
    ann.link.drop()
    expect([...ann.provider.awareness.getStates().values()]).toEqual([{ name: 'ann' }])
    expect(ann.provider.state.present).toEqual([])
    await pass(50)
    expect(bob.provider.awareness.getStates().has(annId)).toBe(false)
    await pass(100)
    expect(ann.provider.state.connection.state).toBe('live')
    await pass(10)
    expect(bob.provider.awareness.getStates().get(annId)).toEqual({ name: 'ann' })
    expect(ann.provider.state.present.map(({ name }) => name)).toEqual(['bob', 'ann'])
  })

  it('[COL10] contradicts a removal of someone who is still here', async () => {
    const { provider } = world.add('ann')
    const bob = world.add('bob')
    provider.awareness.setLocalState({ name: 'ann' })
    await pass(200)
    const clientId = provider.awareness.clientID
    world.peer.sendYjs(awarenessMessage(writeAwareness([{ clientId, clock: 1_000, json: 'null' }])))
    await pass(200)
    expect(provider.awareness.getLocalState()).toEqual({ name: 'ann' })
    expect(bob.provider.awareness.getStates().get(clientId)).toEqual({ name: 'ann' })
  })

  it('[COL10] lets nobody else say what its own state is', async () => {
    const { provider } = world.add('ann')
    provider.awareness.setLocalState({ name: 'ann' })
    await pass(200)
    const { clientID: clientId } = provider.awareness
    world.peer.sendYjs(awarenessMessage(writeAwareness([{ clientId, clock: 1_000, json: '{"name":"eve"}' }])))
    await pass(200)
    expect(provider.awareness.getLocalState()).toEqual({ name: 'ann' })
  })
})

describe('what does not fit', () => {
  it('[COL13] asks for what a change builds on, and has it', async () => {
    const { provider } = world.add('ann')
    await pass(20)
    const writer = new Y.Doc()
    const updates: Uint8Array[] = []
    writer.on('update', (update: Uint8Array) => updates.push(update))
    writer.getText('content').insert(0, 'first ')
    writer.getText('content').insert(6, 'second')
    world.peer.committed.push(...updates)
    world.peer.replica = world.peer.committedDoc()
    world.peer.sendYjs(sync(syncType.update, updates[1] ?? new Uint8Array()))
    await pass(5)
    expect(provider.text.toString()).toBe('')
    await pass(1_000)
    expect(provider.text.toString()).toBe('first second')
  })

  it('[COL13] asks a few times for what nobody has, reports it once, and goes on', async () => {
    const onGap = vi.fn()
    const { provider, link } = world.add('ann', { onGap })
    await pass(20)
    const asked = world.peer.step1sReceived
    const writer = new Y.Doc()
    writer.getText('content').insert(0, 'lost')
    const vector = Y.encodeStateVector(writer)
    writer.getText('content').insert(4, ' for good')
    world.peer.sendYjs(sync(syncType.update, Y.encodeStateAsUpdate(writer, vector)))
    await pass(120_000)
    expect(world.peer.step1sReceived - asked).toBe(4)
    expect(onGap).toHaveBeenCalledTimes(1)
    for (let times = 0; times < 5; times++) {
      link.drop()
      await pass(1_000)
    }
    expect(onGap).toHaveBeenCalledTimes(1)
    expect(world.peer.step1sReceived - asked).toBe(4 + 5)
    provider.text.insert(0, 'on')
    await pass(20)
    expect(provider.state.save.state).toBe('saved')
  })

  it('[COL17] survives whatever bytes, ignores types it does not know, and loses nothing', async () => {
    const { provider } = world.add('ann', { onFault: () => undefined })
    await pass(20)
    const unknown = fc.uint8Array({ minLength: 0, maxLength: 40 }).map((bytes) => Uint8Array.of(42, ...bytes))
    const framed = fc
      .tuple(fc.constantFrom(...Object.values(messageType)), fc.uint8Array({ maxLength: 60 }))
      .map(([type, bytes]) => Uint8Array.of(type, ...bytes))
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 60 }), unknown, framed), async (bytes) => {
        world.peer.sendYjs(bytes)
        await pass(2)
      }),
      { numRuns: 500 },
    )
    const text = provider.text.toString()
    provider.text.insert(provider.text.length, 'alive')
    await pass(60_000)
    expect(provider.text.toString()).toBe(`${text}alive`)
    expect(provider.state).toMatchObject({ connection: { state: 'live' }, save: { state: 'saved' } })
  })

  it('[COL17] does not answer an unknown type, or a fault, with anything but a few questions', async () => {
    world.add('ann', { onFault: () => undefined })
    await pass(20)
    const asked = world.peer.step1sReceived
    for (let times = 0; times < 50; times++) {
      world.peer.sendYjs(Uint8Array.of(messageType.sync, syncType.update, 200))
      world.peer.sendYjs(Uint8Array.of(99, 1, 2, 3))
      await pass(1_000)
    }
    expect(world.peer.step1sReceived - asked).toBeLessThanOrEqual(50)
  })
})
