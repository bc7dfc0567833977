// Leases over one shared counter, as two nodes take them.

import { expect, it, vi } from 'vitest'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { RateLimits } from '../base/rate-limits.ts'
import { LeasingCounter, leaseOf } from './leasing-counter.ts'

it('[LIM8] ask once for a hundredth of the limit, however many come at once', async () => {
  const shared = new RateLimiterMemory({ points: 1_000, duration: 60 })
  const asked = vi.spyOn(shared, 'consume')
  const counter = new LeasingCounter(shared, leaseOf(1_000))
  await Promise.all(Array.from({ length: 10 }, () => counter.consume('ann')))
  expect(asked).toHaveBeenCalledTimes(1)
  await Promise.all(Array.from({ length: 11 }, () => counter.consume('ann')))
  expect(asked).toHaveBeenCalledTimes(3)
  expect((await counter.get('ann'))?.consumedPoints).toBe(30)
})

it('[LIM8] let through no more than the limit together, and at most a lease less on each node', async () => {
  const shared = new RateLimiterMemory({ points: 1_000, duration: 60 })
  const nodes = [0, 1].map(() =>
    new RateLimits(() => new LeasingCounter(shared, leaseOf(1_000))).of({ name: 'r', max: 1_000, windowS: 60 }),
  )
  let admitted = 0
  const outcomes = await Promise.allSettled(
    Array.from({ length: 1_500 }, async (_, index) => {
      await nodes[index % 2]?.admit('ann')
      admitted++
    }),
  )
  expect(admitted).toBeLessThanOrEqual(1_000)
  expect(admitted).toBeGreaterThanOrEqual(1_000 - 2 * leaseOf(1_000))
  const refusal = outcomes.find((outcome) => outcome.status === 'rejected')
  expect(refusal?.reason).toMatchObject({ code: 'rate_limited' })
})

it('[LIM8] take what is left of a lease into no other window', async () => {
  const shared = new RateLimiterMemory({ points: 1_000, duration: 1 })
  const counter = new LeasingCounter(shared, leaseOf(1_000))
  const { msBeforeNext } = await counter.consume('ann')
  expect(msBeforeNext).toBeGreaterThan(0)
  const asked = vi.spyOn(shared, 'consume')
  await new Promise((resolve) => setTimeout(resolve, msBeforeNext + 20))
  await counter.consume('ann')
  expect(asked).toHaveBeenCalledTimes(1)
})

it('[LIM8] count a small limit one by one', () => {
  expect([3, 99, 199, 600, 12_000].map(leaseOf)).toEqual([1, 1, 1, 6, 120])
})
