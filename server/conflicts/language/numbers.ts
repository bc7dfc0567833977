// Numbers as they are written: digits, words, and what multiplies them.

import { multipliers, numberWords } from '../lexicons/units.ts'
import type { Token } from './tagger.ts'

/** A number that was read, and where what follows it begins. */
export interface Read {
  readonly value: number
  readonly next: number
}

const numeral = /^[+-]?\d[\d,]*(\.\d+)?$/

/** The number that begins at a word, as digits or as words. */
export function readNumber(tokens: readonly Token[], at: number): Read | undefined {
  const token = tokens[at]
  if (token === undefined) return undefined
  let value = numeral.test(token.text) ? Number(token.text.replaceAll(',', '')) : numberWords.get(token.text)
  if (value === undefined || !Number.isFinite(value)) return undefined
  // "1e400" is no 1.
  const glued = tokens[at + 1]
  if (glued?.from === token.to && /^e[+-]?\d*$/.test(glued.text)) return undefined
  // "single" and "one" as pronouns or articles count only before a noun.
  let next = at + 1
  for (
    let multiplier = multipliers.get(tokens[next]?.text ?? '');
    multiplier !== undefined;
    multiplier = multipliers.get(tokens[next]?.text ?? '')
  ) {
    value *= multiplier
    next += 1
  }
  return { value, next }
}
