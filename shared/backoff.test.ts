// Waits between tries: doubled, bounded, spread.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

describe('the wait before a try', () => {
  it('[BASE9] doubles up to its bound and stays there, however many tries there were', () => {
    const wholes = [1, 2, 3, 4, 5, 6, 100, 5_000].map((attempt) => backoffMs(attempt, { firstMs: 50, maxMs: 1_000, random: () => 1 }))
    expect(wholes).toEqual([50, 100, 200, 400, 800, 1_000, 1_000, 1_000])
    expect([0, -1].map((attempt) => backoffMs(attempt, { firstMs: 50, maxMs: 1_000, random: () => 1 }))).toEqual([50, 50])
  })

  it('[BASE9] lies between half of it and the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, jitter) => {
        const wholeMs = Math.min(10_000, 100 * 2 ** (attempt - 1))
        const waitMs = backoffMs(attempt, { firstMs: 100, maxMs: 10_000, random: () => jitter })
        expect(waitMs).toBeGreaterThanOrEqual(wholeMs / 2)
        expect(waitMs).toBeLessThanOrEqual(wholeMs)
      }),
    )
  })

  it('[BASE9] spreads those who wait together', () => {
    const waits = new Set(Array.from({ length: 50 }, () => backoffMs(5, { firstMs: 100, maxMs: 10_000 })))
    expect(waits.size).toBeGreaterThan(40)
  })
})
