// The password of somebody who is signed in, asked again before what could lock them out or be undone by nobody.

import { AppError } from '../../shared/errors.ts'
import type { UserId } from '../../shared/ids.ts'
import type { Config } from '../base/config.ts'
import type { RateLimits } from '../base/rate-limits.ts'
import type { AccountsStore } from '../store/accounts-store.ts'
import { GuessGuard } from './guess-guard.ts'
import type { PasswordHashing } from './password-hashing.ts'

export interface PasswordCheckOptions {
  store: Pick<AccountsStore, 'passwordHash'>
  hashing: PasswordHashing
  config: Pick<Config, 'SIGN_IN_FAILURES_PER_ACCOUNT' | 'SIGN_IN_FAILURES_PER_ADDRESS'>
  rateLimits: RateLimits
}

/** What was typed, by whom, into which field. */
export interface GivenPassword {
  userId: UserId
  clientAddress: string
  password: string
  /** The field to name when it is wrong. */
  path: string
}

/** Counted apart from sign-ins: a stranger who guesses at the door must not keep people from changing their password. */
export class PasswordCheck {
  readonly #options: PasswordCheckOptions
  readonly #guesses: GuessGuard

  constructor(options: PasswordCheckOptions) {
    this.#options = options
    this.#guesses = new GuessGuard({ name: 'password_check', ...options })
  }

  /** The hash that the right password belongs to. Errors: wrong_password with the field, rate_limited, store_unavailable. */
  async require({ userId, clientAddress, password, path }: GivenPassword): Promise<string> {
    const right = await this.#guesses.attempt({ account: userId, clientAddress }, async () => {
      const hash = await this.#options.store.passwordHash(userId)
      const isRight = hash !== null && (await this.#options.hashing.verify({ hash, password }))
      return { outcome: isRight ? 'other' : 'failed', result: isRight ? hash : null }
    })
    if (right === null) throw wrongPassword(path)
    return right
  }
}

/** The refusal of a password, beside its field. */
export function wrongPassword(path: string): AppError {
  return new AppError('wrong_password', { details: { errors: [{ path, message: 'This is not your password.' }] } })
}
