// Proves how the crowd counts: every character once for each other receiver, merged or repeated, and never one's own.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { Crowd } from './crowd.ts'
import { seatPeople } from './seats.ts'

/** A crowd whose connections keep what is sent; nothing arrives unless the test lets it. */
function makeCrowd(people: number, documents: number) {
  const crowd = new Crowd(seatPeople(people, documents), 10)
  const sent: Uint8Array[][] = Array.from({ length: people }, () => [])
  const handlers = sent.map((_, index) => crowd.handlersOf(index))
  for (const [index, updates] of sent.entries()) {
    crowd.attach(index, { send: (update) => updates.push(update), close: () => undefined })
  }
  const deliver = (to: number, update: Uint8Array): void => handlers[to]?.onUpdate(Buffer.from(update))
  return { crowd, sent, handlers, deliver }
}

describe('the crowd', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('counts a character once for each other person in the document, whether it comes merged, again or back', () => {
    const { crowd, sent, deliver } = makeCrowd(3, 1)
    crowd.beginMeasuring()
    crowd.startTyping()
    vi.advanceTimersByTime(1000)
    crowd.stopTyping()
    const all = sent.flat()
    expect(all.length).toBeGreaterThan(20)
    expect(crowd.progress().unseen).toBe(all.length * 2)

    const merged = Y.mergeUpdates(all)
    for (const to of [0, 1, 2]) deliver(to, merged)
    for (const update of all) deliver(0, update)
    expect(crowd.progress()).toMatchObject({ sent: all.length, unseen: 0, gaps: 0 })
    expect(crowd.endMeasuring()).toEqual({ sent: all.length, delivered: all.length * 2 })
    expect(crowd.propagation.percentiles().count).toBe(all.length * 2)
  })

  it('measures from the moment a character was sent to the moment it is seen, and acks the same', () => {
    const { crowd, sent, handlers, deliver } = makeCrowd(2, 1)
    crowd.beginMeasuring()
    crowd.startTyping()
    while (sent[0]?.length === 0) vi.advanceTimersByTime(1)
    crowd.stopTyping()
    vi.advanceTimersByTime(30)
    deliver(1, sent[0]?.[0] ?? new Uint8Array())
    handlers[0]?.onAnswer(0, '')
    expect(crowd.propagation.percentiles().p50Ms).toBeCloseTo(30, 0)
    expect(crowd.acks.percentiles().p50Ms).toBeCloseTo(30, 0)
    expect(crowd.progress().acked).toBe(1)
  })

  it('sees a character that came before its predecessor, one that is refused, and a connection that is lost', () => {
    const { crowd, sent, handlers, deliver } = makeCrowd(2, 1)
    crowd.startTyping()
    while ((sent[0]?.length ?? 0) < 2) vi.advanceTimersByTime(1)
    crowd.stopTyping()
    deliver(1, sent[0]?.[1] ?? new Uint8Array())
    expect(crowd.progress().gaps).toBe(1)
    handlers[0]?.onAnswer(0, 'read_only')
    handlers[1]?.onLost(1013, 'store_unavailable')
    expect([...crowd.refusals]).toEqual([
      ['read_only', 1],
      ['closed 1013 store_unavailable', 1],
    ])
    expect(crowd.progress().acked).toBe(0)
  })

  it('keeps documents apart', () => {
    const { crowd, sent, deliver } = makeCrowd(4, 2)
    crowd.startTyping()
    vi.advanceTimersByTime(500)
    crowd.stopTyping()
    const elsewhere = sent[3] ?? []
    deliver(0, Y.mergeUpdates(elsewhere))
    expect(crowd.endMeasuring().delivered).toBe(0)
  })
})
