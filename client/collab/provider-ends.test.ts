// How a provider ends, what it keeps then, and the copy for the next visit.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import { pass, projectId, World } from '../../test/rigs/provider-world.ts'
import { Link } from '../../test/rigs/link.ts'
import { WirePeer } from '../../test/rigs/wire-peer.ts'
import { createProvider } from './provider.ts'
import type { CopyStorage } from './storage.ts'

let world: World

beforeEach(() => {
  vi.useFakeTimers()
  world = new World()
})

afterEach(() => {
  world.end()
  vi.useRealTimers()
})

/** Keeps updates as y-indexeddb does: applied without being local, by an origin of its own. */
class MemoryCopy implements CopyStorage {
  copy: { epoch: number; updates: Uint8Array[] } | null = null
  isKeeping = false
  loadMs = 5
  #stop: () => void = () => undefined

  async load(doc: Y.Doc): Promise<{ epoch: number } | null> {
    await new Promise((resolve) => setTimeout(resolve, this.loadMs))
    if (this.copy === null) return null
    const { epoch, updates } = this.copy
    Y.transact(doc, () => updates.forEach((update) => Y.applyUpdate(doc, update)), this, false)
    this.#listen(doc, epoch)
    return { epoch }
  }

  async keep(doc: Y.Doc, epoch: number): Promise<void> {
    this.copy = { epoch, updates: [Y.encodeStateAsUpdate(doc)] }
    this.#listen(doc, epoch)
  }

  async clear(): Promise<void> {
    await this.destroy()
    this.copy = null
  }

  async destroy(): Promise<void> {
    this.#stop()
    this.isKeeping = false
  }

  #listen(doc: Y.Doc, epoch: number): void {
    const onUpdate = (update: Uint8Array) => (this.copy ??= { epoch, updates: [] }).updates.push(update)
    doc.on('update', onUpdate)
    this.#stop = () => doc.off('update', onUpdate)
    this.isKeeping = true
  }
}

describe('a new epoch', () => {
  it('[COL11] closes before anything merges, drops the copy, and gives the unsaved text', async () => {
    const storage = new MemoryCopy()
    const { provider, link } = world.add('ann', { storage }, { reconnectMs: null })
    await pass(50)
    provider.text.insert(0, 'old words')
    await pass(50)
    expect(storage.copy?.epoch).toBe(1)
    link.drop()
    provider.text.insert(0, 'never sent ')
    world.peer.kill()
    world.peer.epoch = 2
    world.peer.committed = []
    world.peer.kill()
    const before = world.peer.writes.length
    link.restore()
    await pass(1_000)
    expect(link.joins.at(-1)).toMatchObject({ epoch: 1 })
    expect(provider.state).toMatchObject({ connection: { state: 'closed', reason: 'stale_epoch' }, lostText: 'never sent old words' })
    expect(storage.copy).toBeNull()
    expect(world.peer.writes.length).toBe(before)
    expect(world.peer.committedDoc().getText('content').toString()).toBe('')
  })

  it('[COL11] closes at once when told while joined, without lost text when all was saved', async () => {
    const { provider } = world.add('ann')
    await pass(50)
    provider.text.insert(0, 'saved')
    await pass(50)
    world.peer.broadcast('epoch', { projectId, epoch: 2 })
    await pass(5)
    expect(provider.state).toMatchObject({ connection: { state: 'closed', reason: 'stale_epoch' }, lostText: null })
  })

  it('[COL11] does not close for the epoch it has, or for that of another project', async () => {
    const { provider } = world.add('ann')
    await pass(50)
    world.peer.broadcast('epoch', { projectId, epoch: 1 })
    world.peer.broadcast('epoch', { projectId: 'another', epoch: 9 })
    await pass(5)
    expect(provider.state.connection.state).toBe('live')
  })

  it('[COL11] joins the new epoch with a provider made anew, and nothing is doubled', async () => {
    const storage = new MemoryCopy()
    const first = world.add('ann', { storage })
    await pass(50)
    first.provider.text.insert(0, 'words')
    await pass(50)
    world.peer.epoch = 2
    const rebuilt = new Y.Doc()
    rebuilt.getText('content').insert(0, 'words')
    world.peer.committed = [Y.encodeStateAsUpdate(rebuilt)]
    first.link.drop()
    world.peer.kill()
    await pass(200)
    expect(first.provider.state.connection).toMatchObject({ state: 'closed', reason: 'stale_epoch' })
    const second = world.add('ann', { storage })
    await pass(50)
    expect(second.provider.text.toString()).toBe('words')
    expect(second.provider.state).toMatchObject({ epoch: 2, save: { state: 'saved' } })
  })
})

describe('a right that is lost', () => {
  it('[COL12] closes, deletes the copy, and gives the unsaved text', async () => {
    const storage = new MemoryCopy()
    const { provider } = world.add('ann', { storage })
    await pass(50)
    world.peer.isSilent = true
    provider.text.insert(0, 'unsaved')
    world.peer.broadcast('access', { projectId, role: null, reason: 'removed' })
    await pass(5)
    expect(provider.state).toMatchObject({
      connection: { state: 'closed', reason: 'access_lost', error: { code: 'access_lost' } },
      role: null,
      lostText: 'unsaved',
      isKept: false,
    })
    expect(storage.copy).toBeNull()
  })

  it('[COL12] keeps the copy when only the session has ended', async () => {
    const storage = new MemoryCopy()
    const { provider, link } = world.add('ann', { storage })
    await pass(50)
    provider.text.insert(0, 'kept')
    await pass(50)
    link.refuse(new AppError('unauthenticated').toBody())
    await pass(50)
    expect(provider.state.connection).toMatchObject({ state: 'closed', reason: 'unauthenticated' })
    expect(storage.copy).not.toBeNull()
  })

  it.each([
    ['session_expired', true],
    ['signed_out', false],
  ])('[COL12] after %s asks to sign in again, and keeps the copy: %s', async (reason, isKept) => {
    const storage = new MemoryCopy()
    const { provider } = world.add('ann', { storage })
    await pass(50)
    world.peer.broadcast('access', { projectId, role: null, reason })
    await pass(5)
    expect(provider.state.connection).toMatchObject({ state: 'closed', reason: 'unauthenticated' })
    expect(storage.copy !== null).toBe(isKept)
  })

  it('[COL12] ends when a write is refused for lost access', async () => {
    const { provider } = world.add('ann')
    await pass(50)
    world.peer.refuse = () => 'access_lost'
    provider.text.insert(0, 'too late')
    await pass(60_000)
    expect(provider.state).toMatchObject({ connection: { state: 'closed', reason: 'access_lost' }, lostText: 'too late' })
    expect(world.peer.writes.filter(({ update }) => update.byteLength > 2)).toHaveLength(1)
  })
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
