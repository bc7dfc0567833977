// How a provider ends: a new epoch, a right that is lost; and what it keeps and gives then.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import { MemoryCopy } from '../../test/rigs/memory-copy.ts'
import { pass, projectId, World } from '../../test/rigs/provider-world.ts'

let world: World

beforeEach(() => {
  vi.useFakeTimers()
  world = new World()
})

afterEach(() => {
  world.end()
  vi.useRealTimers()
})

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

  it('[COL11] merges nothing that comes before the epochs are compared, nor after a join that names another', async () => {
    const { provider, link } = world.add('ann', {}, { reconnectMs: null })
    await pass(50)
    provider.text.insert(0, 'mine')
    await pass(50)
    link.drop()
    world.peer.epoch = 2
    world.peer.isCareless = true
    const rebuilt = new Y.Doc()
    rebuilt.getText('content').insert(0, 'rebuilt')
    world.peer.committed = [Y.encodeStateAsUpdate(rebuilt)]
    world.peer.kill()
    link.restore()
    await pass(500)
    expect(provider.state.connection).toMatchObject({ state: 'closed', reason: 'stale_epoch' })
    expect(provider.text.toString()).toBe('mine')
    expect(world.peer.committedDoc().getText('content').toString()).toBe('rebuilt')
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
