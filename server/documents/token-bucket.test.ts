// The bucket: a burst at once, then the rate, and never more than the burst saved up.

import { describe, expect, it } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

describe('a token bucket', () => {
  it('[DOOR13] lets the burst go at once and then asks to wait as long as the rate says', () => {
    const bucket = new TokenBucket(100, 3, 0)
    expect([1, 2, 3].map(() => bucket.take(0))).toEqual([0, 0, 0])
    expect(bucket.take(0)).toBeCloseTo(10)
    expect(bucket.take(0)).toBeCloseTo(20)
    expect(bucket.take(30)).toBe(0)
  })

  it('[DOOR13] lets a sender that waits as asked send at its rate, for ever', () => {
    const bucket = new TokenBucket(50, 10, 0)
    let nowMs = 0
    for (let sent = 0; sent < 1_010; sent++) nowMs += bucket.take(nowMs)
    expect(nowMs).toBeGreaterThan(19_900)
    expect(nowMs).toBeLessThan(20_100)
  })

  it('[DOOR13] saves up no more than the burst', () => {
    const bucket = new TokenBucket(100, 2, 0)
    bucket.take(0)
    expect([1, 2, 3].map(() => bucket.take(3_600_000))).toEqual([0, 0, 10])
  })

  it('[LIM4] refuses without a debt: at its rate there is always one again', () => {
    const bucket = new TokenBucket(10, 2, 0)
    expect([bucket.tryTake(0), bucket.tryTake(0)]).toEqual([true, true])
    for (let times = 0; times < 100; times++) expect(bucket.tryTake(50)).toBe(false)
    expect([bucket.tryTake(100), bucket.tryTake(100)]).toEqual([true, false])
  })
})
