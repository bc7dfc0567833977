// What refusals do: those for the moment, a right that is missing, a document that is full.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { pass, World } from '../../test/rigs/provider-world.ts'
import type { WirePeer } from '../../test/rigs/wire-peer.ts'

let world: World

beforeEach(() => {
  vi.useFakeTimers()
  world = new World()
})

afterEach(() => {
  world.end()
  vi.useRealTimers()
})

function seed(peer: WirePeer, text: string): void {
  const doc = new Y.Doc()
  doc.getText('content').insert(0, text)
  peer.committed.push(Y.encodeStateAsUpdate(doc))
  peer.replica = peer.committedDoc()
}

describe('refusals', () => {
  it.each(['store_unavailable', 'overloaded', 'draining', 'rate_limited'] as const)(
    '[COL6] tries again after %s, ever more slowly',
    async (code) => {
      const { provider } = world.add('ann')
      await pass(20)
      const before = world.peer.writes.length
      world.peer.refuse = () => code
      provider.text.insert(0, 'kept')
      await pass(30_000)
      const tries = world.peer.writes.length - before
      expect(tries).toBeGreaterThan(3)
      expect(tries).toBeLessThan(12)
      expect(provider.state).toMatchObject({ refusal: { code }, save: { state: 'saving', reason: null } })
      world.peer.refuse = () => null
      provider.retryNow()
      await pass(10)
      expect(provider.state).toMatchObject({ refusal: null, save: { state: 'saved' } })
      expect(world.peer.committedDoc().getText('content').toString()).toBe('kept')
    },
  )

  it('[COL7] keeps what a reader typed, sends it never, and gives it once the right is back', async () => {
    world.peer.roleOf = () => 'viewer'
    const { provider } = world.add('ann')
    await pass(20)
    expect(provider.state).toMatchObject({ role: 'viewer', save: { state: 'saved' }, refusal: null })
    provider.text.insert(0, 'not allowed')
    await pass(60_000)
    expect(world.peer.writes).toHaveLength(0)
    expect(provider.state).toMatchObject({ refusal: { code: 'read_only' }, save: { state: 'saving', hasUnsaved: true, reason: 'refused' } })
    expect(provider.text.toString()).toBe('not allowed')
    world.peer.roleOf = () => 'editor'
    world.peer.promote('ann', 'editor')
    await pass(20)
    expect(provider.state).toMatchObject({ role: 'editor', refusal: null, save: { state: 'saved' } })
    expect(world.peer.committedDoc().getText('content').toString()).toBe('not allowed')
  })

  it('[COL7] does not send in a loop when the right went while writing', async () => {
    const { provider } = world.add('ann')
    await pass(20)
    world.peer.refuse = () => 'read_only'
    const before = world.peer.writes.length
    for (let times = 0; times < 20; times++) {
      provider.text.insert(0, 'x')
      await pass(50)
    }
    expect(world.peer.writes.length - before).toBe(1)
    expect(provider.state).toMatchObject({ refusal: { code: 'read_only' }, save: { unsavedCount: 20, reason: 'refused' } })
  })

  it('[COL7] as a reader back with edits made offline, says that they are not saved', async () => {
    const { provider, link } = world.add('ann', {}, { reconnectMs: null })
    await pass(20)
    link.drop()
    provider.text.insert(0, 'while away')
    world.peer.roleOf = () => 'viewer'
    link.restore()
    await pass(20)
    expect(provider.state).toMatchObject({ refusal: { code: 'read_only' }, save: { hasUnsaved: true, reason: 'refused' } })
  })
})

describe('a full document', () => {
  const maxBytes = 200

  /** Refuses what inserts while the document would not fit, as the server does; what only deletes passes. */
  function limitSize(peer: WirePeer): void {
    peer.refuse = (update) => {
      const inserts = Y.decodeUpdate(update).structs.some((struct) => !(struct instanceof Y.Skip))
      return inserts && Y.encodeStateAsUpdate(peer.replica).byteLength + update.byteLength > maxBytes ? 'document_full' : null
    }
  }

  it('[COL8] says so, and does not send the refused text again by itself', async () => {
    const { provider } = world.add('ann')
    await pass(20)
    limitSize(world.peer)
    const before = world.peer.writes.length
    provider.text.insert(0, 'x'.repeat(maxBytes))
    await pass(10)
    for (let times = 0; times < 20; times++) {
      provider.text.insert(0, 'y')
      await pass(1_000)
    }
    expect(world.peer.writes.length - before).toBe(1)
    expect(provider.state).toMatchObject({
      refusal: { code: 'document_full' },
      save: { state: 'saving', reason: 'refused', unsavedCount: 21 },
    })
  })

  it('[COL8] lets deletions of what the server has pass, and then the refused text too', async () => {
    seed(world.peer, 'o'.repeat(100))
    const { provider } = world.add('ann')
    await pass(20)
    limitSize(world.peer)
    provider.text.insert(0, 'n'.repeat(100))
    await pass(10)
    expect(provider.state.refusal?.code).toBe('document_full')
    provider.text.delete(100, 90)
    await pass(10)
    expect(world.peer.committedDoc().getText('content').toString()).toBe('o'.repeat(10))
    expect(provider.state.refusal?.code).toBe('document_full')
    await pass(600)
    expect(world.peer.committedDoc().getText('content').toString()).toBe('n'.repeat(100) + 'o'.repeat(10))
    expect(provider.state).toMatchObject({ refusal: null, save: { state: 'saved', unsavedCount: 0 } })
  })

  it('[COL8] is in order again once the refused paste is undone, undo history or not', async () => {
    const { provider } = world.add('ann')
    await pass(20)
    limitSize(world.peer)
    const undo = new Y.UndoManager(provider.text)
    provider.text.insert(0, 'p'.repeat(5_000))
    await pass(10)
    expect(provider.state.refusal?.code).toBe('document_full')
    undo.undo()
    await pass(600)
    expect(provider.state).toMatchObject({ refusal: null, save: { state: 'saved' } })
    provider.text.insert(0, 'small')
    await pass(10)
    expect(world.peer.committedDoc().getText('content').toString()).toBe('small')
    undo.destroy()
  })

  it('[COL8] never sends a deletion of what the server has refused by itself', async () => {
    const { provider } = world.add('ann')
    await pass(20)
    limitSize(world.peer)
    provider.text.insert(0, 'x'.repeat(maxBytes))
    await pass(10)
    provider.text.delete(0, 5)
    await pass(2_000)
    expect(world.peer.replica.store.pendingDs).toBeNull()
    expect(provider.state.refusal?.code).toBe('document_full')
    provider.text.delete(5, maxBytes - 10)
    await pass(2_000)
    expect(provider.state.save.state).toBe('saved')
    expect(world.peer.committedDoc().getText('content').toString()).toBe('xxxxx')
  })

  it('[COL8] tries again after a reconnect, once', async () => {
    const { provider, link } = world.add('ann')
    await pass(20)
    limitSize(world.peer)
    provider.text.insert(0, 'x'.repeat(maxBytes))
    await pass(10)
    const before = world.peer.writes.length
    link.drop()
    await pass(60_000)
    expect(world.peer.writes.length - before).toBe(1)
    expect(provider.state.refusal?.code).toBe('document_full')
  })
})
