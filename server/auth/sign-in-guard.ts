// Guessing is limited: failed sign-ins by account and by address, sign-ups by address.

import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Config } from '../base/config.ts'
import type { RateLimit, RateLimits } from '../base/rate-limits.ts'
import { GuessLimiter } from './guess-limiter.ts'

const windowS = 15 * 60

/** Counts where `rateLimits` counts. */
export class SignInGuard {
  readonly #accounts: GuessLimiter
  readonly #addresses: GuessLimiter
  readonly #signUps: RateLimit

  constructor(
    config: Pick<Config, 'SIGN_IN_FAILURES_PER_ACCOUNT' | 'SIGN_IN_FAILURES_PER_ADDRESS' | 'SIGN_UPS_PER_MINUTE'>,
    rateLimits: RateLimits,
  ) {
    const guesses = (name: string, failuresMax: number) =>
      new GuessLimiter({ failuresMax, failures: rateLimits.of({ name, max: failuresMax, windowS }) })
    this.#accounts = guesses('sign_in_account', config.SIGN_IN_FAILURES_PER_ACCOUNT)
    this.#addresses = guesses('sign_in_address', config.SIGN_IN_FAILURES_PER_ADDRESS)
    this.#signUps = rateLimits.of({ name: 'sign_ups', max: config.SIGN_UPS_PER_MINUTE, windowS: 60 })
  }

  /**
   * Makes one attempt to sign in; a 401 counts against the email, whether anyone has it or not, and against the address.
   * Errors: rate_limited, and the attempt's own.
   */
  attempt({ email, clientAddress }: { email: string; clientAddress: string }, signIn: () => Promise<Response>): Promise<Response> {
    const outcomeOf = (response: Response) => (response.status === 401 ? 'failed' : 'other')
    return this.#addresses.run(networkOf(clientAddress), async () => {
      const response = await this.#accounts.run(accountKey(email), async () => {
        const result = await signIn()
        return { outcome: outcomeOf(result), result }
      })
      return { outcome: outcomeOf(response), result: response }
    })
  }

  /** Counts a sign-up from an address. Errors: rate_limited. */
  async admitSignUp(clientAddress: string): Promise<void> {
    await this.#signUps.admit(networkOf(clientAddress))
  }
}

/** Hashed, so that a long email costs no more memory than a short one. */
function accountKey(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('base64')
}

/** An IPv6 customer holds a whole /64: it counts as one address, however it is written. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [plain = ''] = address.split('%')
  if (!isIPv6(plain)) return address
  // The URL parser writes every IPv6 address in its one canonical form.
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const left = head.split(':').filter((group) => group !== '')
  const right = (tail ?? '').split(':').filter((group) => group !== '')
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}
