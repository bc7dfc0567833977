// How often something happens.

import { frequencyWords, recurringTimes, units, weekdays } from '../lexicons/units.ts'
import { readNumber } from './numbers.ts'
import type { Token } from './tagger.ts'

/** How often something happens: seconds from one time to the next. */
export interface Frequency {
  readonly periodSeconds: number
  /** The day or month it falls on, if one is named: "every Monday". */
  readonly day: string | undefined
  readonly start: number
  readonly end: number
  /** The same as offsets in the text. */
  readonly from: number
  readonly to: number
}

const timesWords: ReadonlyMap<string, number> = new Map([
  ['once', 1],
  ['twice', 2],
  ['thrice', 3],
])

type BareFrequency = Omit<Frequency, 'from' | 'to'>

function everyAt(tokens: readonly Token[], at: number): BareFrequency | undefined {
  const word = tokens[at]?.text
  if (word !== 'every' && word !== 'each' && word !== 'per' && word !== 'a') return undefined
  let next = at + 1
  let count = 1
  if (tokens[next]?.text === 'other') {
    count = 2
    next += 1
  }
  const number = readNumber(tokens, next)
  if (number !== undefined) {
    count = number.value
    next = number.next
  }
  const period =
    recurringTimes.get(tokens[next]?.lemma ?? '') ??
    (units.get(tokens[next]?.lemma ?? '')?.dimension === 'time' ? units.get(tokens[next]?.lemma ?? '')?.factor : undefined)
  const name = tokens[next]?.lemma ?? ''
  return period === undefined
    ? undefined
    : { periodSeconds: period * count, day: weekdays.has(name) ? name : undefined, start: at, end: next + 1 }
}

const dayWords: ReadonlySet<string> = new Set([
  'day',
  'morning',
  'end',
  'beginning',
  'start',
  'weekday',
  'night',
  'the',
  'on',
  'at',
  'in',
  'first',
  'last',
  'second',
  'third',
  'of',
])

/** Where "on the first day of each month" begins. */
function dayBefore(tokens: readonly Token[], at: number): number {
  if (tokens[at - 1]?.text !== 'of') return at
  let start = at
  while (start > 0 && dayWords.has(tokens[start - 1]?.lemma ?? '')) start -= 1
  return start
}

/** How often, among the words; undefined when nothing is said of it. */
export function readFrequency(tokens: readonly Token[]): Frequency | undefined {
  const found = findFrequency(tokens)
  return found === undefined ? undefined : { ...found, from: tokens[found.start]?.from ?? 0, to: tokens[found.end - 1]?.to ?? 0 }
}

function findFrequency(tokens: readonly Token[]): BareFrequency | undefined {
  for (const [at, token] of tokens.entries()) {
    const period = frequencyWords.get(token.text)
    if (period !== undefined) return { periodSeconds: period, day: undefined, start: at, end: at + 1 }
    const times = timesWords.get(token.text) ?? (tokens[at + 1]?.lemma === 'time' ? readNumber(tokens, at)?.value : undefined)
    const from = timesWords.has(token.text) ? at + 1 : at + 2
    const every = times === undefined ? undefined : everyAt(tokens, from)
    if (times !== undefined && every !== undefined) return { ...every, periodSeconds: every.periodSeconds / times, start: at }
    if (token.text === 'every' || token.text === 'each') {
      const plain = everyAt(tokens, at)
      if (plain !== undefined) return { ...plain, start: dayBefore(tokens, at) }
    }
  }
  return undefined
}
