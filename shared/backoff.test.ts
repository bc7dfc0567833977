import fc from 'fast-check'
import { expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

it('waits between half and the whole of a time that doubles up to its bound', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, jitter) => {
      const wholeMs = Math.min(10_000, 100 * 2 ** (attempt - 1))
      const waitMs = backoffMs(attempt, { firstMs: 100, maxMs: 10_000, random: () => jitter })
      expect(waitMs).toBeGreaterThanOrEqual(wholeMs / 2)
      expect(waitMs).toBeLessThanOrEqual(wholeMs)
    }),
  )
})

it('spreads those who wait together', () => {
  const waits = new Set(Array.from({ length: 50 }, () => backoffMs(5, { firstMs: 100, maxMs: 10_000 })))
  expect(waits.size).toBeGreaterThan(40)
})
