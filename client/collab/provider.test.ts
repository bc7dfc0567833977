// The provider against the reference peer: joining, writing and saving.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { pass, projectId, World } from '../../test/rigs/provider-world.ts'
import { sync } from '../../test/rigs/wire-messages.ts'
import { WirePeer } from '../../test/rigs/wire-peer.ts'
import { syncType } from '../../shared/wire/yjs-messages.ts'

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

describe('joining', () => {
  it('[COL1] has what the server has and gives what the server lacks', async () => {
    seed(world.peer, 'from the server')
    const { provider } = world.add('ann')
    provider.text.insert(0, 'typed before the join ')
    expect(provider.state).toMatchObject({ isSynced: false, save: { state: 'offline', hasUnsaved: true, unsavedCount: 1 } })
    await pass(20)
    expect(provider.text.toString()).toContain('from the server')
    expect(world.peer.committedDoc().getText('content').toString()).toBe(provider.text.toString())
    expect(provider.state).toMatchObject({
      isSynced: true,
      epoch: 1,
      role: 'editor',
      connection: { state: 'live' },
      save: { state: 'saved', hasUnsaved: false, unsavedCount: 0 },
      present: [{ name: 'ann' }],
    })
  })

  it('[COL1] tries a join again that was refused for the moment, and says when', async () => {
    world.peer.refuseJoin = 'store_unavailable'
    const { provider } = world.add('ann')
    await pass(10)
    expect(provider.state.connection).toMatchObject({ state: 'reconnecting', attempt: 1 })
    expect(provider.state.save).toMatchObject({ state: 'offline', reason: 'not_joined' })
    world.peer.refuseJoin = null
    provider.retryNow()
    await pass(10)
    expect(provider.state.connection).toEqual({ state: 'live' })
  })

  it('[COL1] waits longer each time while joins are refused', async () => {
    world.peer.refuseJoin = 'store_unavailable'
    const { link } = world.add('ann')
    await pass(60_000)
    expect(link.joins.length).toBeGreaterThan(8)
    expect(link.joins.length).toBeLessThan(16)
  })

  it('[COL1] ends when the project is not there', async () => {
    world.peer.refuseJoin = 'not_found'
    const { provider, link } = world.add('ann')
    await pass(60_000)
    expect(provider.state.connection).toMatchObject({ state: 'closed', reason: 'not_found' })
    expect(link.joins).toHaveLength(1)
  })
})

describe('saving', () => {
  it('[COL2] has one write in flight and merges what is typed meanwhile into the next', async () => {
    world.end()
    world = new World(new WirePeer(projectId, () => 100))
    const { provider } = world.add('ann')
    await pass(200)
    const before = world.peer.writes.length
    for (const letter of 'twenty letters typed') {
      provider.text.insert(provider.text.length, letter)
      await pass(5)
    }
    await pass(500)
    expect(world.peer.maxInFlight).toBe(1)
    expect(world.peer.writes.length - before).toBe(2)
    expect(world.peer.committedDoc().getText('content').toString()).toBe('twenty letters typed')
  })

  it('[COL3] is saved when the ack is here, not before', async () => {
    world.end()
    world = new World(new WirePeer(projectId, () => 1_000))
    const { provider } = world.add('ann')
    await pass(1_100)
    expect(provider.state.save.state).toBe('saved')
    provider.text.insert(0, 'word')
    expect(provider.state.save).toEqual({ state: 'saving', hasUnsaved: true, unsavedCount: 1, reason: null })
    await pass(1_000)
    expect(provider.state.save.state).toBe('saving')
    await pass(10)
    expect(provider.state.save).toEqual({ state: 'saved', hasUnsaved: false, unsavedCount: 0, reason: null })
    expect(world.peer.committedDoc().getText('content').toString()).toBe('word')
  })

  it('[COL3] keeps the identity of a state that did not change, and calls nobody', async () => {
    const { provider } = world.add('ann')
    await pass(20)
    const listener = vi.fn()
    provider.subscribe(listener)
    const { state } = provider
    world.peer.sendYjs(sync(syncType.update, Y.encodeStateAsUpdate(new Y.Doc())))
    await pass(20)
    expect(provider.state).toBe(state)
    expect(listener).not.toHaveBeenCalled()
  })

  it('[COL4] gives what was in flight when the line dropped with the next join', async () => {
    const { provider, link } = world.add('ann')
    await pass(20)
    provider.text.insert(0, 'lost on the way')
    link.drop()
    expect(provider.state).toMatchObject({ connection: { state: 'reconnecting' }, save: { state: 'offline', unsavedCount: 1 } })
    provider.text.insert(0, 'offline, ')
    expect(provider.state.save.unsavedCount).toBe(2)
    await pass(200)
    expect(provider.state.save).toMatchObject({ state: 'saved', unsavedCount: 0 })
    expect(world.peer.committedDoc().getText('content').toString()).toBe('offline, lost on the way')
  })

  it('[COL5] sends again what was not answered in time', async () => {
    const { provider } = world.add('ann', { ackTimeoutMs: 1_000 })
    await pass(20)
    world.peer.isSilent = true
    const asked = world.peer.step1sReceived
    provider.text.insert(0, 'unheard')
    await pass(1_100)
    expect(provider.state).toMatchObject({ refusal: { code: 'timeout' }, save: { state: 'saving', reason: null } })
    expect(world.peer.step1sReceived).toBe(asked + 1)
    world.peer.isSilent = false
    await pass(2_000)
    expect(provider.state).toMatchObject({ refusal: null, save: { state: 'saved' } })
    expect(world.peer.committedDoc().getText('content').toString()).toBe('unheard')
  })
})
