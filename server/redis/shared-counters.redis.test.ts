// Limits on a real Redis that is killed and frozen: shared while it is there, each node's own while it is not, and never in the way.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { redisProgram, startRedis, type PrivateRedis } from '../../test/rigs/private-redis.ts'
import { createLog } from '../base/log.ts'
import { RateLimits } from '../base/rate-limits.ts'
import { SharedCounters } from './shared-counters.ts'

describe.runIf(redisProgram)('limits that nodes share', () => {
  let redis: PrivateRedis
  const started: SharedCounters[] = []

  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(async () => {
    for (const counters of started) counters.stop()
    await redis.stop()
  })

  function node(): RateLimits {
    const counters = new SharedCounters(redis.url, createLog('silent'))
    counters.start()
    started.push(counters)
    return new RateLimits(counters.make)
  }

  it('[LIM7] count together, and forget nothing that another node has counted', async () => {
    const rate = { name: 'shared', max: 3, windowS: 600 }
    const [one, other] = [node().of(rate), node().of(rate)]
    // Until both are connected each counts for itself, under keys that nobody asks about below.
    await vi.waitFor(
      async () => {
        const key = `probe ${performance.now()}`
        await one.count(key)
        expect((await other.read(key)).counted).toBe(1)
      },
      { timeout: 20_000 },
    )
    await one.admit('ann')
    await other.admit('ann')
    await one.count('ann')
    expect((await other.read('ann')).counted).toBe(3)
    await expect(other.admit('ann')).rejects.toMatchObject({ code: 'rate_limited' })
    await other.admit('bob')
  })

  it('[LIM7] go on in each node while Redis hangs, is gone, and is back', async () => {
    const limit = node().of({ name: 'away', max: 2, windowS: 600 })
    redis.freeze()
    await limit.admit('ann')
    await limit.admit('ann')
    await expect(limit.admit('ann')).rejects.toMatchObject({ code: 'rate_limited' })
    redis.thaw()
    await redis.kill()
    expect((await limit.read('ann')).counted).toBeGreaterThanOrEqual(2)
    await expect(limit.admit('ann')).rejects.toMatchObject({ code: 'rate_limited' })
    await redis.start()
    await limit.admit('carol')
  })
})
