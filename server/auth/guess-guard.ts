// Guessing a secret of an account is limited twice: by the account that is tried, and by the address that tries.

import { createHash } from 'node:crypto'
import type { Config } from '../base/config.ts'
import type { RateLimits } from '../base/rate-limits.ts'
import { networkOf } from './client-network.ts'
import { GuessLimiter, type AttemptOutcome } from './guess-limiter.ts'

const windowS = 15 * 60

export interface GuessGuardOptions {
  /** What is guessed; names the counters. */
  name: string
  config: Pick<Config, 'SIGN_IN_FAILURES_PER_ACCOUNT' | 'SIGN_IN_FAILURES_PER_ADDRESS'>
  rateLimits: RateLimits
}

/** Who tries what. */
export interface Guess {
  /** The email or id of the account that is tried, whether there is one or not. */
  account: string
  clientAddress: string
}

/** Counts failures where `rateLimits` counts. */
export class GuessGuard {
  readonly #accounts: GuessLimiter
  readonly #addresses: GuessLimiter

  constructor({ name, config, rateLimits }: GuessGuardOptions) {
    const guesses = (kind: string, failuresMax: number) =>
      new GuessLimiter({ failuresMax, failures: rateLimits.of({ name: `${name}_${kind}`, max: failuresMax, windowS }) })
    this.#accounts = guesses('account', config.SIGN_IN_FAILURES_PER_ACCOUNT)
    this.#addresses = guesses('address', config.SIGN_IN_FAILURES_PER_ADDRESS)
  }

  /** Makes one attempt; one that failed counts against both. Errors: rate_limited, and the attempt's own, which does not count. */
  attempt<T>(guess: Guess, attempt: () => Promise<{ outcome: AttemptOutcome; result: T }>): Promise<T> {
    return this.#addresses.run(networkOf(guess.clientAddress), async () => {
      let outcome: AttemptOutcome = 'other'
      const result = await this.#accounts.run(accountKey(guess.account), async () => {
        const settled = await attempt()
        outcome = settled.outcome
        return settled
      })
      return { outcome, result }
    })
  }
}

/** Hashed, so that a long email costs no more memory than a short one. */
function accountKey(account: string): string {
  return createHash('sha256').update(account.toLowerCase()).digest('base64')
}
