// What an API token may do, in words.

import { scopes, type Scope } from '../../shared/domain/scopes.ts'

const words: Record<Scope, string> = {
  read: 'Reads',
  answer: 'Reads and answers questions',
  write: 'Reads and writes',
  administer: 'Does all that you may, members and archiving too',
}

/** The choices, from least to most. */
export const scopeChoices = scopes.map((scope) => ({ value: scope, label: words[scope] }))

/** The greatest of a token's scopes: each holds those below it. */
export function scopeWords(given: readonly Scope[]): string {
  const greatest = scopes.findLast((scope) => given.includes(scope))
  return greatest === undefined ? 'Does nothing' : words[greatest]
}
