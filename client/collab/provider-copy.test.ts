// The copy for the next visit, several projects on one line, and the end of a provider.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { MemoryCopy } from '../../test/rigs/memory-copy.ts'
import { pass, projectId, World } from '../../test/rigs/provider-world.ts'
import { Link } from '../../test/rigs/link.ts'
import { WirePeer } from '../../test/rigs/wire-peer.ts'
import { createProvider } from './provider.ts'

let world: World

beforeEach(() => {
  vi.useFakeTimers()
  world = new World()
})

afterEach(() => {
  world.end()
  vi.useRealTimers()
})

describe('the copy for the next visit', () => {
  it('[COL14] brings edits made offline back after a reload, unsaved until acked', async () => {
    const storage = new MemoryCopy()
    const first = world.add('ann', { storage }, { reconnectMs: null })
    await pass(50)
    first.provider.text.insert(0, 'base')
    await pass(50)
    first.link.drop()
    first.provider.text.insert(4, ' and offline')
    first.provider.destroy()
    const second = world.add('ann', { storage }, { reconnectMs: null })
    expect(second.provider.state).toMatchObject({ isLoaded: false, isKept: false })
    second.link.drop()
    await pass(50)
    expect(second.provider.state).toMatchObject({ isLoaded: true, isKept: true, epoch: 1, save: { state: 'offline', hasUnsaved: true } })
    expect(second.provider.text.toString()).toBe('base and offline')
    second.link.restore()
    await pass(1)
    expect(second.link.joins).toMatchObject([{ epoch: 1 }])
    await pass(50)
    expect(second.provider.state.save).toMatchObject({ state: 'saved', hasUnsaved: false })
    expect(world.peer.committedDoc().getText('content').toString()).toBe('base and offline')
  })

  it('[COL14] counts what is loaded as possibly unsaved until the server has acked it', async () => {
    const storage = new MemoryCopy()
    const kept = new Y.Doc()
    kept.getText('content').insert(0, 'kept')
    storage.copy = { epoch: 1, updates: [Y.encodeStateAsUpdate(kept)] }
    world.peer.isSilent = true
    const { provider } = world.add('ann', { storage })
    await pass(100)
    expect(provider.state).toMatchObject({ connection: { state: 'live' }, save: { state: 'saving', hasUnsaved: true, unsavedCount: 0 } })
  })

  it.each([
    ['fails', () => Promise.reject(new Error('blocked'))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])('[COL14] goes on without a storage that %s, and says so', async (_how, load) => {
    const onFault = vi.fn()
    const storage = new MemoryCopy()
    storage.load = load
    const { provider } = world.add('ann', { storage, onFault })
    await pass(6_000)
    provider.text.insert(0, 'words')
    await pass(50)
    expect(provider.state).toMatchObject({ isKept: false, isLoaded: true, save: { state: 'saved' } })
    expect(onFault).toHaveBeenCalledTimes(1)
  })
})

describe('several projects and the end', () => {
  it('[COL16] keeps two projects on one line apart', async () => {
    const peers = [new WirePeer(projectId), new WirePeer('another')]
    const link = new Link({ name: 'ann', peers, delayMs: () => 1, reconnectMs: () => 100 })
    const [one, two] = peers.map((peer) => createProvider({ projectId: peer.projectId, connection: link }))
    await pass(50)
    one?.text.insert(0, 'one')
    two?.text.insert(0, 'two')
    await pass(50)
    expect(peers.map((peer) => peer.committedDoc().getText('content').toString())).toEqual(['one', 'two'])
    one?.destroy()
    two?.text.insert(0, 'still ')
    await pass(50)
    expect(two?.state.save.state).toBe('saved')
    expect(peers.map((peer) => peer.memberCount)).toEqual([0, 1])
    two?.destroy()
    link.close()
  })

  it('[COL16] leaves, hears and sends nothing any more once destroyed', async () => {
    const { provider, link } = world.add('ann')
    const bob = world.add('bob')
    await pass(50)
    const { doc } = provider
    const listener = vi.fn()
    provider.destroy()
    provider.subscribe(listener)
    await pass(50)
    expect(world.peer.memberCount).toBe(1)
    const before = world.peer.writes.length
    doc.getText('content').insert(0, 'after the end')
    bob.provider.text.insert(0, 'bob')
    link.drop()
    await pass(1_000)
    expect(world.peer.writes.length).toBe(before + 1)
    expect(doc.getText('content').toString()).toBe('after the end')
    expect(provider.state.connection).toMatchObject({ state: 'closed', reason: 'destroyed' })
    expect(listener).not.toHaveBeenCalled()
  })

  it('[COL16] leaves a document and awareness that were given', async () => {
    const doc = new Y.Doc()
    const { provider } = world.add('ann', { doc })
    await pass(50)
    const onDestroy = vi.fn()
    doc.on('destroy', onDestroy)
    provider.destroy()
    expect(onDestroy).not.toHaveBeenCalled()
    doc.destroy()
  })
})
