// Failed sign-ins counted by a key; attempts that are still under way count as failures until they are known.

import { AppError } from '../../shared/errors.ts'
import type { RateLimit } from '../base/rate-limits.ts'

export interface GuessLimiterOptions {
  failuresMax: number
  /** Counts the failures. */
  failures: RateLimit
}

/** How an attempt ended: `failed` counts, anything else does not. */
export type AttemptOutcome = 'failed' | 'other'

/**
 * Admits attempts while failures and attempts under way stay below the limit. One that would pass it while others are
 * under way waits for them: so a hundred guesses sent at once are no more than ten, and a hundred good sign-ins at once all pass.
 */
export class GuessLimiter {
  readonly #failuresMax: number
  readonly #failures: RateLimit
  readonly #underWay = new Map<string, { count: number; waiting: (() => void)[] }>()

  constructor({ failuresMax, failures }: GuessLimiterOptions) {
    this.#failuresMax = failuresMax
    this.#failures = failures
  }

  /** Runs an attempt and counts it when it failed; one that throws does not count. Errors: rate_limited, and the attempt's own. */
  async run<T>(key: string, attempt: () => Promise<{ outcome: AttemptOutcome; result: T }>): Promise<T> {
    await this.#enter(key)
    let outcome: AttemptOutcome = 'other'
    try {
      const settled = await attempt()
      outcome = settled.outcome
      return settled.result
    } finally {
      await this.#leave(key, outcome)
    }
  }

  async #enter(key: string): Promise<void> {
    for (;;) {
      const { counted: failures, resetMs } = await this.#failures.read(key)
      if (failures >= this.#failuresMax) throw new AppError('rate_limited', { details: { retryAfterMs: resetMs } })
      const entry = this.#underWay.get(key) ?? { count: 0, waiting: [] }
      if (failures + entry.count < this.#failuresMax) {
        entry.count++
        this.#underWay.set(key, entry)
        return
      }
      await new Promise<void>((resolve) => entry.waiting.push(resolve))
    }
  }

  async #leave(key: string, outcome: AttemptOutcome): Promise<void> {
    // Counted before the place is given back, so that no one slips in between.
    if (outcome === 'failed') await this.#failures.count(key)
    const entry = this.#underWay.get(key)
    if (!entry) return
    entry.count--
    if (entry.count === 0) this.#underWay.delete(key)
    for (const wake of entry.waiting.splice(0)) wake()
  }
}
