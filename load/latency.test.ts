// Proves the percentiles, and that the crowd is divided without a rest.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Latency } from './latency.ts'
import { seatPeople } from './seats.ts'

describe('a distribution', () => {
  it('gives the durations that half, 95 and 99 of a hundred stay within', () => {
    const latency = new Latency()
    for (let durationMs = 1; durationMs <= 100; durationMs++) latency.record(durationMs)
    const { count, p50Ms, p95Ms, p99Ms, maxMs } = latency.percentiles()
    expect([count, maxMs]).toEqual([100, 100])
    expect(p50Ms).toBeCloseTo(50, 1)
    expect(p95Ms).toBeCloseTo(95, 1)
    expect(p99Ms).toBeCloseTo(99, 1)
  })

  it('keeps the longest, and is empty after a reset', () => {
    const latency = new Latency()
    latency.record(60_000)
    expect(latency.percentiles().maxMs).toBe(60_000)
    latency.reset()
    expect(latency.percentiles()).toEqual({ count: 0, p50Ms: 0, p95Ms: 0, p99Ms: 0, maxMs: 0 })
  })
})

describe('the seats', () => {
  it('give each person a document, and each document its stretch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 50 }), (people, wanted) => {
        const documents = Math.min(people, wanted)
        const seats = seatPeople(people, documents)
        expect(seats).toHaveLength(people)
        expect(new Set(seats.map(({ document }) => document)).size).toBe(documents)
        expect(seats.filter(({ first, size }, index) => index < first || index >= first + size)).toEqual([])
      }),
    )
  })
})
