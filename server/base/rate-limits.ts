// How often something may happen. The counting is rate-limiter-flexible's: in this process, or in a store that all nodes share.

import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { AppError } from '../../shared/errors.ts'

/** So many times in so many seconds, for each key. */
export interface Rate {
  /** Tells the counters of one rate from those of another in a shared store. */
  name: string
  max: number
  windowS: number
}

/** What is used of rate-limiter-flexible. */
export type Counter = Pick<RateLimiterAbstract, 'consume' | 'penalty' | 'get'>

/** Makes the counter of a rate; the one place to change for counters that nodes share. */
export type MakeCounter = (rate: Rate) => Counter

const countInMemory: MakeCounter = ({ name, max, windowS }) => new RateLimiterMemory({ keyPrefix: name, points: max, duration: windowS })

/** Makes limits that all count in the same place. */
export class RateLimits {
  readonly #makeCounter: MakeCounter

  constructor(makeCounter: MakeCounter = countInMemory) {
    this.#makeCounter = makeCounter
  }

  /** A limit of its own; two of one name count together where the counters are shared. */
  of(rate: Rate): RateLimit {
    return new RateLimit(this.#makeCounter(rate))
  }
}

/** One limit, counted by key. */
export class RateLimit {
  readonly #counter: Counter

  constructor(counter: Counter) {
    this.#counter = counter
  }

  /** Counts one for `key`. Errors: rate_limited, with the time until there is room again. */
  async admit(key: string): Promise<void> {
    try {
      await this.#counter.consume(key)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      throw new AppError('rate_limited', { details: { retryAfterMs: refusal.msBeforeNext } })
    }
  }

  /** Counts one for `key`, whether there is room or not. */
  async count(key: string): Promise<void> {
    await this.#counter.penalty(key)
  }

  /** What is counted for `key` now, and when it is forgotten. */
  async read(key: string): Promise<{ counted: number; resetMs: number }> {
    const state = await this.#counter.get(key)
    return { counted: state?.consumedPoints ?? 0, resetMs: state?.msBeforeNext ?? 1_000 }
  }
}
