// What is wrong with a sign-in or sign-up, sorted to the field it belongs to.

import { limits } from '../../shared/limits.ts'
import type { ApiError } from '../net/api-error.ts'

/** A sentence a field; `form` is for what belongs to none. */
export type CredentialFaults = Partial<Record<'name' | 'email' | 'password' | 'form', string>>

// better-auth's own codes, and the field each is about.
const answers: Record<string, CredentialFaults> = {
  INVALID_EMAIL_OR_PASSWORD: { password: 'The email or the password is not right.' },
  USER_ALREADY_EXISTS: { email: 'There is an account with this email already. Sign in instead.' },
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: { email: 'There is an account with this email already. Sign in instead.' },
  INVALID_EMAIL: { email: 'This is not an email address.' },
  PASSWORD_TOO_SHORT: { password: `Use ${limits.passwordMinChars} characters or more.` },
  PASSWORD_TOO_LONG: { password: `Use at most ${limits.passwordMaxChars} characters.` },
  invalid_credentials: { password: 'The email or the password is not right.' },
  already_exists: { email: 'There is an account with this email already. Sign in instead.' },
  rate_limited: { form: 'Too many tries. Wait a few minutes, then try again.' },
}

/** Faults by where they were found: in the form before it is sent, or by the server. */
export const faultsOf = {
  /** What can be seen without asking the server. */
  form(fields: { name: string; email: string; password: string }, isNew: boolean): CredentialFaults {
    const faults: CredentialFaults = {}
    if (isNew && fields.name === '') faults.name = 'Enter the name others will see.'
    if (!/^\S+@\S+\.\S+$/.test(fields.email)) faults.email = fields.email === '' ? 'Enter your email.' : 'This is not an email address.'
    if (fields.password === '') faults.password = 'Enter your password.'
    else if (isNew && fields.password.length < limits.passwordMinChars)
      faults.password = `Use ${limits.passwordMinChars} characters or more.`
    return faults
  },

  /** What the server said. */
  answer(error: ApiError): CredentialFaults {
    const known = answers[error.code]
    if (known) return known
    const faults: CredentialFaults = {}
    for (const { path, message } of error.fields) {
      if (path === 'name' || path === 'email' || path === 'password') faults[path] = message
    }
    return Object.keys(faults).length > 0 ? faults : { form: error.message }
  },
}
