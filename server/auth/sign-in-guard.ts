// Guessing is limited: failed sign-ins by account and by address, sign-ups by address.

import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../../shared/errors.ts'
import type { Config } from '../base/config.ts'
import { GuessLimiter } from './guess-limiter.ts'

const windowS = 15 * 60

/** The limits of this process; a later part counts them for all nodes together. */
export class SignInGuard {
  readonly #accounts: GuessLimiter
  readonly #addresses: GuessLimiter
  readonly #signUps: RateLimiterMemory

  constructor(config: Pick<Config, 'SIGN_IN_FAILURES_PER_ACCOUNT' | 'SIGN_IN_FAILURES_PER_ADDRESS' | 'SIGN_UPS_PER_MINUTE'>) {
    this.#accounts = new GuessLimiter({ failuresMax: config.SIGN_IN_FAILURES_PER_ACCOUNT, windowS })
    this.#addresses = new GuessLimiter({ failuresMax: config.SIGN_IN_FAILURES_PER_ADDRESS, windowS })
    this.#signUps = new RateLimiterMemory({ points: config.SIGN_UPS_PER_MINUTE, duration: 60 })
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
    try {
      await this.#signUps.consume(networkOf(clientAddress))
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      throw new AppError('rate_limited', { details: { retryAfterMs: refusal.msBeforeNext } })
    }
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
