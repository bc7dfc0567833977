// Limits by key, and that what counts them can be exchanged.

import { RateLimiterMemory } from 'rate-limiter-flexible'
import { describe, expect, it } from 'vitest'
import { RateLimits, type Rate } from './rate-limits.ts'

const rate: Rate = { name: 'test', max: 2, windowS: 60 }

describe('a limit', () => {
  it('[LIM1] admits up to its number for each key, and says when there is room again', async () => {
    const limit = new RateLimits().of(rate)
    await limit.admit('ada')
    await limit.admit('ada')
    const refusal: unknown = await limit.admit('ada').catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'rate_limited', details: { retryAfterMs: expect.any(Number) } })
    await expect(limit.admit('bob')).resolves.toBeUndefined()
  })

  it('[LIM1] counts what it is told to, and tells it', async () => {
    const limit = new RateLimits().of(rate)
    expect(await limit.read('ada')).toMatchObject({ counted: 0 })
    for (let times = 0; times < 3; times++) await limit.count('ada')
    const { counted, resetMs } = await limit.read('ada')
    expect(counted).toBe(3)
    expect(resetMs).toBeGreaterThan(50_000)
  })

  it('[LIM1] of two nodes is one where their counters are', async () => {
    const shared = new RateLimiterMemory({ points: rate.max, duration: rate.windowS })
    const [one, other] = [new RateLimits(() => shared).of(rate), new RateLimits(() => shared).of(rate)]
    await one.admit('ada')
    await other.admit('ada')
    await expect(one.admit('ada')).rejects.toMatchObject({ code: 'rate_limited' })
  })

  it('passes on what its counters fail with', async () => {
    const broken = new RateLimiterMemory({ points: 1, duration: 1 })
    broken.consume = () => Promise.reject(new TypeError('the store is away'))
    await expect(new RateLimits(() => broken).of(rate).admit('ada')).rejects.toThrow('the store is away')
  })
})
