// App events on a real PostgreSQL: numbers without a gap, and two nodes that hear them all in order, whatever the bus loses.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DocumentWorld } from '../../test/rigs/document-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import type { AppEvent } from '../../shared/wire/app-events.ts'
import type { Bus, BusListener } from '../base/bus.ts'
import { createLog } from '../base/log.ts'
import { MemoryBusHub } from '../base/memory-bus.ts'
import { createAppEventsStore, eventsChannel, type AppEventsStore } from '../store/app-events-store.ts'
import { Notifications } from '../store/notifications.ts'
import { AppEvents } from './app-events.ts'

let fresh: FreshDatabase
let world: DocumentWorld
let hub: MemoryBusHub
let projectId: string

beforeEach(async () => {
  fresh = await freshDatabase()
  world = new DocumentWorld({ url: fresh.url })
  hub = new MemoryBusHub()
  projectId = await world.newProject()
})
afterEach(async () => {
  await world.close()
  await fresh.drop()
})

interface NodeOptions {
  bus?: Bus
  kept?: number
  wrap?: (store: AppEventsStore) => AppEventsStore
  notifications?: Notifications
}
const node = ({ bus = hub.connect(), kept = 100, wrap = (store) => store, notifications }: NodeOptions = {}) =>
  new AppEvents({ store: wrap(createAppEventsStore(world.database)), bus, notifications, log: createLog('silent'), kept })

async function listen(events: AppEvents, since?: number) {
  const heard: AppEvent[] = []
  const entry = await events.enter(projectId, since, (event) => heard.push(event))
  return { ...entry, heard, ids: () => heard.map(({ eventId }) => eventId) }
}
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

/** Brings nothing until it says that something was lost. */
function deafBus(): Bus & { tellGap(): void } {
  const gaps = new Set<() => void>()
  return {
    isConnected: true,
    publish: () => undefined,
    hint: () => undefined,
    subscribe: (_channel: string, _listener: BusListener) => ({ ready: Promise.resolve(), unsubscribe: () => undefined }),
    onGap: (listener) => {
      gaps.add(listener)
      return () => gaps.delete(listener)
    },
    tellGap: () => gaps.forEach((tell) => tell()),
  }
}

describe('app events', () => {
  it('[EVT1] have numbers without a gap, however many nodes give them at once', async () => {
    const nodes = [node(), node(), node()]
    const given = await Promise.all(nodes.flatMap((each) => upTo(20).map((index) => each.emit(projectId, 'quality', { index }))))
    expect(given.toSorted((one, other) => Number(one) - Number(other))).toEqual(upTo(60))
    const { items, eventId } = await node().list(projectId, 20, 100)
    expect(items.map((event) => event.eventId)).toEqual(upTo(60, 21))
    expect(eventId).toBe(60)
    expect(await node().emit('00000000-0000-4000-8000-000000000000', 'quality', {})).toBeNull()
  })

  it('[EVT2] are heard on every node once and in order, with what they carry', async () => {
    const [one, other] = [node(), node()]
    const listeners = [await listen(one), await listen(other)]
    await Promise.all(upTo(40).map((index) => (index % 2 ? one : other).emit(projectId, 'quality', { index })))
    for (const { ids } of listeners) await vi.waitFor(() => expect(ids()).toEqual(upTo(40)), 10_000)
    expect(listeners[0]?.heard[0]).toMatchObject({ event: 'quality', projectId, eventId: 1 })
    for (const { leave } of listeners) leave()
    expect(hub.channelCount).toBe(0)
  })

  it('[EVT3] that the bus has lost are read when it says so, and when the next one shows it', async () => {
    const bus = deafBus()
    const { ids, leave } = await listen(node({ bus }))
    const away = node()
    for (const index of upTo(3)) await away.emit(projectId, 'quality', { index })
    expect(ids()).toEqual([])
    bus.tellGap()
    await vi.waitFor(() => expect(ids()).toEqual([1, 2, 3]), 10_000)
    leave()
  })

  it('[EVT7] of a node that ended right behind the COMMIT are told by PostgreSQL to the others, without the bus', async () => {
    const notifications = new Notifications({ url: fresh.url, channel: eventsChannel, log: createLog('silent') })
    const events = node({ bus: deafBus(), notifications })
    await events.start()
    const { ids, leave } = await listen(events)
    // Nobody tells what this has written.
    await createAppEventsStore(world.database).add(projectId, { event: 'quality', payload: {} }, 100)
    await vi.waitFor(() => expect(ids()).toEqual([1]), 10_000)
    leave()
    await events.stop()
  })

  it('[EVT3] are read again after a read that failed', async () => {
    let isAway = false
    const wrap = (store: AppEventsStore): AppEventsStore => ({
      ...store,
      readAfter: (...args) => (isAway ? Promise.reject(new Error('away')) : store.readAfter(...args)),
    })
    const { ids, leave } = await listen(node({ wrap }))
    isAway = true
    await node().emit(projectId, 'quality', {})
    isAway = false
    await node().emit(projectId, 'quality', {})
    await vi.waitFor(() => expect(ids()).toEqual([1, 2]), 10_000)
    leave()
  })

  it('[EVT4] missed while away come with the entry, in order, or not at all when they are too old', async () => {
    const events = node({ kept: 5 })
    for (const index of upTo(8)) await events.emit(projectId, 'quality', { index })
    const close = await listen(events, 5)
    expect([close.eventId, close.missed?.map(({ eventId }) => eventId)]).toEqual([8, [6, 7, 8]])
    expect(await listen(events, 8)).toMatchObject({ eventId: 8, missed: [] })
    expect(await listen(events, 2)).toMatchObject({ eventId: 8, missed: null })
    expect(await listen(events, 9)).toMatchObject({ eventId: 8, missed: null })
    expect(await listen(events)).toMatchObject({ eventId: 8, missed: null })
    expect((await events.list(projectId, 0, 100)).items).toHaveLength(5)
  })
})
