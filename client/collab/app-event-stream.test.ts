// Events on their way to features: dropped, doubled, out of order, missed, and gone for good.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { pass, World } from '../../test/rigs/provider-world.ts'
import type { AppEvent, EventList } from '../../shared/wire/app-events.ts'
import { seededRandom } from '../../test/rigs/seeded-random.ts'
import { AppEventStream } from './app-event-stream.ts'

const project = 'p'

/** What happened so far, and a stream that reads it. */
function history(length: number) {
  const all: AppEvent[] = Array.from({ length }, (_, index) => ({ event: 'quality', eventId: index + 1, projectId: project }))
  const reads: number[] = []
  let oldest = 1
  let failures = 0
  const read = async (after: number): Promise<EventList> => {
    reads.push(after)
    if (failures-- > 0) throw new Error('unreachable')
    return { items: all.filter(({ eventId }) => eventId > after && eventId >= oldest).slice(0, 10), eventId: all.length }
  }
  const heard: (number | 'reset')[] = []
  const listenTo = (stream: AppEventStream) => {
    stream.on('quality', ({ eventId }) => heard.push(eventId))
    stream.onReset(() => heard.push('reset'))
    return stream
  }
  return {
    all,
    reads,
    heard,
    stream: listenTo(new AppEventStream({ read, random: () => 0.5 })),
    withoutRead: listenTo(new AppEventStream({ read: undefined, random: () => 0.5 })),
    keepFrom: (eventId: number) => (oldest = eventId),
    fail: (times: number) => (failures = times),
    event: (eventId: number): AppEvent => ({ event: 'quality', eventId, projectId: project }),
  }
}

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('[EVT5] tells each event once and in order, however the line drops, doubles and reorders them', async () => {
  const random = seededRandom(7)
  const { stream, heard, event } = history(120)
  stream.joined({ eventId: 0, missed: null })
  const line = upTo(1, 120).flatMap((id) => (random() < 0.2 ? [] : random() < 0.3 ? [id, id] : [id]))
  for (let at = 0; at + 3 < line.length; at += 3) if (random() < 0.5) line.splice(at, 2, ...line.slice(at, at + 2).toReversed())
  for (const id of line) {
    stream.receive(event(id))
    if (random() < 0.2) await pass(1)
  }
  stream.receive(event(120))
  await pass(100)
  expect(heard).toEqual(['reset', ...upTo(1, 120)])
})

it('[EVT5] holds what comes before the join is answered, and tells only what is after it', () => {
  const { stream, heard, event } = history(5)
  for (const id of [3, 4, 5]) stream.receive(event(id))
  expect(heard).toEqual([])
  stream.joined({ eventId: 4, missed: null })
  expect(heard).toEqual(['reset', 5])
})

it('[EVT6] reads over HTTP what a join does not bring, page by page, trying again while that fails', async () => {
  const { stream, heard, reads, fail } = history(35)
  stream.joined({ eventId: 2, missed: null })
  stream.left()
  fail(2)
  stream.joined({ eventId: 35, missed: null })
  await pass(5_000)
  expect(heard).toEqual(['reset', ...upTo(3, 35)])
  expect(reads).toEqual([2, 2, 2, 12, 22, 32])
})

it('[EVT6] says that all is to be read anew when what was missed is gone, or cannot be read at all', async () => {
  const { stream, withoutRead, heard, keepFrom, event } = history(35)
  stream.joined({ eventId: 2, missed: null })
  keepFrom(20)
  stream.receive(event(35))
  await pass(10)
  stream.receive(event(36))
  expect(heard).toEqual(['reset', 'reset', 36])
  withoutRead.joined({ eventId: 1, missed: null })
  withoutRead.receive(event(4))
  withoutRead.receive(event(5))
  expect(heard.slice(3)).toEqual(['reset', 'reset', 5])
})

it('[EVT6] starts anew where the server is behind what was heard, as after a backup was restored', () => {
  const { stream, heard, event } = history(9)
  stream.joined({ eventId: 9, missed: null })
  stream.left()
  stream.joined({ eventId: 4, missed: null })
  stream.receive(event(5))
  expect(heard).toEqual(['reset', 'reset', 5])
  expect(stream.lastId).toBe(5)
})

it('[EVT6] a read that was under way when the line went tells nothing', async () => {
  const { stream, heard, event } = history(9)
  stream.joined({ eventId: 1, missed: null })
  stream.receive(event(9))
  stream.left()
  await pass(1_000)
  expect(heard).toEqual(['reset'])
})

it('[EVT6] a provider comes back with the number of the last event and is told what it missed', async () => {
  const world = new World()
  const { provider, link } = world.add('ann')
  const heard: (number | 'reset')[] = []
  provider.events.on('quality', ({ eventId }) => heard.push(eventId))
  await pass(10)
  provider.events.onReset(() => heard.push('reset'))
  world.peer.happen('quality')
  await pass(10)
  link.drop()
  world.peer.happen('quality')
  world.peer.happen('quality')
  await pass(300)
  world.peer.happen('quality')
  await pass(10)
  expect(link.joins.map(({ sinceEventId }) => sinceEventId)).toEqual([undefined, 1])
  expect(heard).toEqual([1, 2, 3, 4])
  world.end()
})
