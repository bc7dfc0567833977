// What is wrong with a password that somebody chooses.

import { limits } from '../../shared/limits.ts'

/** The fault under the field's name, or nothing. */
export function newPasswordFault<Name extends string>(name: Name, password: string): Partial<Record<Name, string>> {
  const fault = (text: string) => ({ [name]: text }) as Partial<Record<Name, string>>
  if (password === '') return fault('Enter a new password.')
  if (password.length < limits.passwordMinChars) return fault(`Use ${limits.passwordMinChars} characters or more.`)
  if (password.length > limits.passwordMaxChars) return fault(`Use at most ${limits.passwordMaxChars} characters.`)
  return {}
}
