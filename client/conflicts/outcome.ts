// How a conflict ended, as a sentence.

import type { Conflict, Resolution } from '../../shared/wire/conflicts.ts'

const decided: Readonly<Record<Resolution, string>> = {
  keep_old: 'kept the older',
  replace: 'kept the newer',
  merge: 'put one text in place of both',
  ignore: 'left it as it is',
}

/** `Grace Hopper kept the newer.`; `nameOf` knows who was a member. */
export function outcomeOf({ closedBy, resolution, decidedBy }: Conflict, nameOf: (userId: string) => string): string {
  if (closedBy === 'text') return 'The text no longer clashes.'
  if (resolution === null) return 'It is being looked at again.'
  return `${decidedBy === null ? 'Somebody' : nameOf(decidedBy)} ${decided[resolution]}.`
}
