// Guessing is limited: failed sign-ins by account and by address, sign-ups by address.

import type { Config } from '../base/config.ts'
import type { RateLimit, RateLimits } from '../base/rate-limits.ts'
import { networkOf } from './client-network.ts'
import { GuessGuard } from './guess-guard.ts'

/** Counts where `rateLimits` counts. */
export class SignInGuard {
  readonly #guesses: GuessGuard
  readonly #signUps: RateLimit

  constructor(
    config: Pick<Config, 'SIGN_IN_FAILURES_PER_ACCOUNT' | 'SIGN_IN_FAILURES_PER_ADDRESS' | 'SIGN_UPS_PER_MINUTE'>,
    rateLimits: RateLimits,
  ) {
    this.#guesses = new GuessGuard({ name: 'sign_in', config, rateLimits })
    this.#signUps = rateLimits.of({ name: 'sign_ups', max: config.SIGN_UPS_PER_MINUTE, windowS: 60 })
  }

  /**
   * Makes one attempt to sign in; a 401 counts against the email, whether anyone has it or not, and against the address.
   * Errors: rate_limited, and the attempt's own.
   */
  attempt({ email, clientAddress }: { email: string; clientAddress: string }, signIn: () => Promise<Response>): Promise<Response> {
    return this.#guesses.attempt({ account: email, clientAddress }, async () => {
      const result = await signIn()
      return { outcome: result.status === 401 ? 'failed' : 'other', result }
    })
  }

  /** Counts a sign-up from an address. Errors: rate_limited. */
  async admitSignUp(clientAddress: string): Promise<void> {
    await this.#signUps.admit(networkOf(clientAddress))
  }
}
