// Takes a sentence apart into what is said and the conditions under which it holds.

import { circumstances, modals, subordinators } from '../lexicons/grammar-words.ts'
import { recurringTimes, units } from '../lexicons/units.ts'
import type { Token } from './tagger.ts'

/** The words of a condition, without the word that begins it. */
export interface ConditionWords {
  readonly marker: string
  readonly tokens: readonly Token[]
  readonly isOnly: boolean
}

const emptyConditions = /^(required|necessary|needed|possible|applicable|appropriate|desired|available|any|so|requested|feasible)$/

const isComma = (token: Token | undefined): boolean => token?.text === ','
const isVerbal = (token: Token | undefined): boolean => token !== undefined && (token.pos === 'AUX' || token.pos === 'VERB')

/** Where a leading condition ends: at the comma before the main verb, or before the article of the subject. */
function leadingEnd(tokens: readonly Token[]): number | undefined {
  const modal = tokens.findIndex((token) => modals.has(token.text))
  const last = modal === -1 ? tokens.length : modal
  for (let at = last - 1; at > 0; at -= 1) {
    if (isComma(tokens[at]) && tokens.slice(at + 1).some(isVerbal)) return at
  }
  if (modal === -1) return tokens.findIndex((token, at) => at > 0 && isComma(token)) > 0 ? tokens.findIndex(isComma) : undefined
  for (let at = modal - 1; at > 1; at -= 1) {
    if (tokens[at]?.pos === 'DET' && !isVerbal(tokens[at - 1]) && tokens[at - 1]?.pos !== 'ADP') return at
  }
  return undefined
}

const hasNumber = (tokens: readonly Token[]): boolean => tokens.some((token) => token.pos === 'NUM')
const isTimeUnit = (token: Token | undefined): boolean => token !== undefined && units.get(token.lemma)?.dimension === 'time'

function opensTrailing(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token === undefined) return false
  const next = tokens[at + 1]
  if (token.text === 'once')
    return (
      next !== undefined &&
      !['per', 'every', 'each'].includes(next.text) &&
      !(next.text === 'a' && recurringTimes.has(tokens[at + 2]?.lemma ?? ''))
    )
  if (token.text === 'where') return false
  // "Shall be provided" is no condition.
  if (token.text === 'provided' && (tokens[at - 1]?.pos === 'AUX' || tokens[at - 1]?.pos === 'ADV')) return false
  if (subordinators.has(token.text)) return true
  // "100 m during the day and 25 m during the night" are two values, not one under a condition.
  if (token.text === 'during') return !tokens.some((word, later) => later > at && word.pos === 'NUM' && tokens[later - 1]?.pos === 'CCONJ')
  if (token.text === 'upon') return true
  if (token.text === 'in' && (next?.lemma === 'case' || (next?.text === 'the' && tokens[at + 2]?.text === 'event'))) return true
  if (token.text === 'as' && (next?.text === 'long' || next?.text === 'soon')) return true
  if (token.text !== 'after' && token.text !== 'before') return false
  // `14 days after`, `after 7 years` are spans of time, not conditions.
  return !isTimeUnit(tokens[at - 1]) && next?.pos !== 'NUM' && next !== undefined
}

function toCondition(marker: string, tokens: readonly Token[], isOnly: boolean): ConditionWords[] {
  const words = tokens.filter((token) => token.pos !== 'PUNCT')
  if (words.length === 0 || (words.length <= 2 && emptyConditions.test(words.at(-1)?.text ?? ''))) return []
  return [{ marker, tokens, isOnly }]
}

function takeLeading(tokens: readonly Token[]): { main: readonly Token[]; conditions: ConditionWords[] } {
  const first = tokens[0]
  const isOnly = first?.text === 'only' && subordinators.has(tokens[1]?.text ?? '')
  const rest = isOnly ? tokens.slice(1) : tokens
  const marker = rest[0]
  if (marker === undefined || !(subordinators.has(marker.text) || circumstances.has(marker.text))) return { main: tokens, conditions: [] }
  const end = leadingEnd(rest)
  if (end === undefined || end < 2) return { main: tokens, conditions: [] }
  const inside = rest.slice(1, end)
  const main = rest.slice(isComma(rest[end]) ? end + 1 : end)
  // "Within 20 miles of its origin, the pilot …" is a part of what is said.
  const isSpan = (marker.text !== 'after' && marker.text !== 'before') || inside.some(isTimeUnit)
  if (!subordinators.has(marker.text) && hasNumber(inside) && isSpan)
    return { main: [...main.filter((token, at) => at < main.length - 1 || token.pos !== 'PUNCT'), marker, ...inside], conditions: [] }
  return { main, conditions: toCondition(marker.text, inside, isOnly) }
}

function takeTrailing(tokens: readonly Token[]): { main: readonly Token[]; conditions: ConditionWords[] } {
  const modal = tokens.findIndex((token) => modals.has(token.text))
  for (let at = Math.max(1, modal); at < tokens.length - 1; at += 1) {
    if (!opensTrailing(tokens, at)) continue
    const isOnly =
      tokens[at - 1]?.text === 'only' ||
      (tokens.slice(0, at).some((token) => token.text === 'only') && ['after', 'if', 'when', 'once'].includes(tokens[at]?.text ?? ''))
    const stop = tokens.findIndex(
      (token, index) =>
        index > at &&
        isComma(token) &&
        tokens[index + 1]?.pos === 'CCONJ' &&
        tokens.slice(index + 1).some((later) => modals.has(later.text)),
    )
    const end = stop === -1 ? tokens.length : stop
    const before = tokens[at - 1]?.text === 'except' || tokens[at - 1]?.text === 'only' ? at - 1 : at
    const marker = tokens[at - 1]?.text === 'except' ? 'unless' : (tokens[at]?.text ?? '')
    return { main: [...tokens.slice(0, before), ...tokens.slice(end)], conditions: toCondition(marker, tokens.slice(at + 1, end), isOnly) }
  }
  return { main: tokens, conditions: [] }
}

/** What a sentence says, and the conditions it says it under. */
export function splitConditions(tokens: readonly Token[]): { main: readonly Token[]; conditions: ConditionWords[] } {
  // A reason demands nothing.
  const reason = tokens.findIndex((token, at) => at > 0 && token.text === 'because')
  const leading = takeLeading(reason === -1 ? tokens : tokens.slice(0, reason))
  const trailing = takeTrailing(leading.main)
  return { main: trailing.main, conditions: [...leading.conditions, ...trailing.conditions] }
}
