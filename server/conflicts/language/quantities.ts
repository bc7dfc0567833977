// Numbers in a text as intervals of a dimension.

import { boundsAfter, boundsBefore, months, units, type Bound } from '../lexicons/units.ts'
import { readNumber } from './numbers.ts'
import type { Token } from './tagger.ts'

/** A number with what it counts or measures. */
export interface Quantity {
  /** Smallest and largest value, in the base unit of the dimension. */
  readonly low: number
  readonly high: number
  readonly bound: Bound | 'exact' | 'range'
  /** `time`, `length`, … or `count` with what is counted in `nouns`. */
  readonly dimension: string
  /** How many base units its own unit is. */
  readonly factor: number
  readonly nouns: readonly string[]
  /** The time, length or count is of what precedes: `after 7 years`, `for 90 days`. */
  readonly preposition: string | undefined
  /** Places in the list of words: from the first word of the bound to the unit. */
  readonly start: number
  readonly end: number
  /** The same as offsets in the text. */
  readonly from: number
  readonly to: number
}

interface Measured {
  readonly dimension: string
  readonly factor: number
  readonly nouns: readonly string[]
  readonly next: number
}

/** Names of units as they may be written, the longest first; words that stand apart are no name: "100 m in daylight". */
function namesAt(tokens: readonly Token[], at: number): { name: string; length: number }[] {
  const [one, two, three] = [tokens[at], tokens[at + 1], tokens[at + 2]]
  if (one === undefined) return []
  const isOne = (a: Token | undefined, b: Token | undefined): boolean => a !== undefined && a.to === b?.from
  const names = [
    { name: `${one.lemma}-${two?.lemma ?? ''}-${three?.lemma ?? ''}`, length: 3 },
    { name: `${one.lemma}-${two?.lemma ?? ''}`, length: 2 },
    ...(isOne(one, two) && isOne(two, three) ? [{ name: `${one.lemma}${two?.lemma ?? ''}${three?.lemma ?? ''}`, length: 3 }] : []),
    ...(isOne(one, two) ? [{ name: `${one.lemma}${two?.lemma ?? ''}`, length: 2 }] : []),
  ]
  // "5 in the box" are no inches.
  const isPlainWord = one.text === 'in' && one.pos === 'ADP' && !isOne(tokens[at - 1], one)
  return isPlainWord ? names : [...names, { name: one.lemma, length: 1 }, { name: one.text, length: 1 }]
}

function readUnit(tokens: readonly Token[], at: number): Measured | undefined {
  for (const { name, length } of namesAt(tokens, at)) {
    const unit = units.get(name)
    if (unit !== undefined) return { ...unit, nouns: [], next: at + length }
  }
  return undefined
}

const isCounted = (token: Token | undefined): boolean =>
  token !== undefined && (token.pos === 'ADJ' || token.pos === 'NOUN' || token.pos === 'VERB' || token.pos === 'ADV')

function readCounted(tokens: readonly Token[], at: number): Measured | undefined {
  const nouns: string[] = []
  let next = at
  while (isCounted(tokens[next]) && next < at + 5) {
    const token = tokens[next]
    if (token?.pos === 'NOUN') nouns.push(token.lemma)
    // A verb after the nouns is the next part of the sentence.
    else if (nouns.length > 0) break
    next += 1
  }
  if (nouns.length === 0) return undefined
  return { dimension: 'count', factor: 1, nouns, next: at }
}

function phraseBefore(tokens: readonly Token[], at: number): { bound: Bound; start: number } | undefined {
  for (const [phrase, bound] of boundsBefore) {
    const parts = phrase.split(' ')
    const start = at - parts.length
    if (start >= 0 && parts.every((part, index) => tokens[start + index]?.text === part)) return { bound, start }
  }
  return undefined
}

function phraseAfter(tokens: readonly Token[], at: number): { bound: Bound; next: number } | undefined {
  for (const [phrase, bound] of boundsAfter) {
    const parts = phrase.split(' ')
    if (parts.every((part, index) => tokens[at + index]?.text === part)) return { bound, next: at + parts.length }
  }
  return undefined
}

/** What the bound becomes under a negation: "must not support more than 25" is a most. */
const negated: Readonly<Record<Bound, Bound>> = { above: 'most', least: 'below', below: 'least', most: 'above', about: 'about' }

function interval(value: number, bound: Bound | 'exact'): { low: number; high: number } {
  if (bound === 'least' || bound === 'above') return { low: value, high: Number.POSITIVE_INFINITY }
  if (bound === 'most' || bound === 'below') return { low: Number.NEGATIVE_INFINITY, high: value }
  if (bound === 'about') return { low: value * 0.9, high: value * 1.1 }
  return { low: value, high: value }
}

const prepositions: ReadonlySet<string> = new Set([
  'after',
  'before',
  'for',
  'within',
  'in',
  'every',
  'by',
  'until',
  'per',
  'at',
  'of',
  'with',
])
const rangeJoints: ReadonlySet<string> = new Set(['to', '-', '–', 'and'])

interface Context {
  readonly tokens: readonly Token[]
  /** Where a negated verb begins; what stands before it is not turned round. */
  readonly negatedFrom: number
}

function boundOf(context: Context, at: number, next: number): { bound: Bound | 'exact'; start: number; end: number } {
  const { tokens } = context
  const dollar = tokens[at - 1]?.text === '$' || tokens[at - 1]?.text === '€' || tokens[at - 1]?.text === '£' ? 1 : 0
  const before = phraseBefore(tokens, at - dollar)
  const after = phraseAfter(tokens, next)
  const start = before?.start ?? at - dollar
  const bound = before?.bound ?? after?.bound
  if (bound !== undefined) {
    const phrase =
      before === undefined
        ? ''
        : tokens
            .slice(before.start, at)
            .map((token) => token.text)
            .join(' ')
    // "not exceed" has its negation within; "not … more than" has it in the verb.
    const flips = at > context.negatedFrom && !phrase.startsWith('no') && !/^(at|up|within|a |maximum|minimum)/.test(phrase)
    return { bound: flips ? negated[bound] : bound, start, end: after?.next ?? next }
  }
  const words = new Set(tokens.slice(0, at).map((token) => token.lemma))
  if (words.has('maximum') || words.has('max') || words.has('limit')) return { bound: 'most', start, end: next }
  if (words.has('minimum') || words.has('min')) return { bound: 'least', start, end: next }
  return { bound: 'exact', start, end: next }
}

/** "The number of users … to 200": what a bare number counts stands before it. */
function countedBefore(tokens: readonly Token[], at: number, next: number): Measured | undefined {
  const number = tokens.findLastIndex((token, index) => index < at && token.lemma === 'number' && tokens[index + 1]?.text === 'of')
  if (number === -1) return undefined
  const counted = readCounted(tokens, number + 2)
  return counted === undefined ? undefined : { ...counted, next }
}

function currencyBefore(tokens: readonly Token[], at: number): Measured | undefined {
  const sign = tokens[at - 1]?.text
  const unit = sign === '$' || sign === '€' || sign === '£' ? units.get(sign) : undefined
  return unit === undefined ? undefined : { ...unit, nouns: [], next: at + 1 }
}

/** "Consists of one page" counts. */
const composing: ReadonlySet<string> = new Set(['consist', 'compose', 'number', 'total', 'limit', 'maximum', 'minimum'])

type Bare = Omit<Quantity, 'from' | 'to'>

const timesWords: ReadonlyMap<string, number> = new Map([
  ['once', 1],
  ['twice', 2],
  ['thrice', 3],
])

/** "At most once", "more than twice"; of a period it is a frequency. */
function timesAt(context: Context, at: number): Bare | undefined {
  const { tokens } = context
  const value = timesWords.get(tokens[at]?.text ?? '')
  if (
    value === undefined ||
    phraseBefore(tokens, at) === undefined ||
    ['per', 'a', 'an', 'every', 'each'].includes(tokens[at + 1]?.text ?? '')
  )
    return undefined
  const { bound, start, end } = boundOf(context, at, at + 1)
  return { ...interval(value, bound), bound, dimension: 'count', factor: 1, nouns: ['time'], preposition: undefined, start, end }
}

function quantityAt(context: Context, at: number): Bare | undefined {
  const { tokens } = context
  const first = readNumber(tokens, at)
  if (first === undefined) return timesAt(context, at)
  // "1 September", "September 1st" is a day.
  if (months.has(tokens[first.next]?.lemma ?? '') || months.has(tokens[at - 1]?.lemma ?? '')) return undefined
  const currency = currencyBefore(tokens, at)
  const unitA = readUnit(tokens, first.next)
  const jointAt = unitA?.next ?? first.next
  const second = rangeJoints.has(tokens[jointAt]?.text ?? '') ? readNumber(tokens, jointAt + 1) : undefined
  const isBetween =
    tokens[at - 1]?.text === 'between' || tokens[at - 1]?.text === 'from' || tokens[jointAt]?.text === '-' || tokens[jointAt]?.text === 'to'
  if (second !== undefined && isBetween) {
    const measured = readUnit(tokens, second.next) ?? readCounted(tokens, second.next) ?? unitA
    if (measured === undefined) return undefined
    const factorA = unitA?.factor ?? measured.factor
    return {
      low: Math.min(first.value * factorA, second.value * measured.factor),
      high: Math.max(first.value * factorA, second.value * measured.factor),
      bound: 'range',
      dimension: measured.dimension,
      factor: measured.factor,
      nouns: measured.nouns,
      preposition: undefined,
      start: at - 1,
      end: Math.max(measured.next, second.next),
    }
  }
  const boundAfter = phraseAfter(tokens, first.next)
  const counted = readCounted(tokens, boundAfter?.next ?? first.next)
  const measured = currency ?? unitA ?? counted ?? countedBefore(tokens, at, first.next)
  if (measured === undefined) return undefined
  // "In one match", "per one order": an article, no number.
  const isArticle =
    measured.dimension === 'count' &&
    first.value === 1 &&
    ['in', 'per', 'of', 'within', 'on'].includes(tokens[at - 1]?.text ?? '') &&
    !composing.has(tokens[at - 2]?.lemma ?? '')
  if (isArticle) return undefined
  const next = measured.dimension === 'count' ? first.next : Math.max(measured.next, first.next)
  const { bound, start, end } = boundOf(context, at, next)
  const value = first.value * measured.factor
  const preposition = tokens[start - 1]?.text ?? ''
  return {
    ...interval(value, bound),
    bound,
    dimension: measured.dimension,
    factor: measured.factor,
    nouns: measured.nouns,
    preposition: prepositions.has(preposition) ? preposition : tokens[start]?.text === 'within' ? 'within' : undefined,
    start,
    end,
  }
}

/** The quantities among the words, in order; from `negatedFrom` on the sentence is negated. */
export function readQuantities(tokens: readonly Token[], negatedFrom = Number.POSITIVE_INFINITY): Quantity[] {
  const found: Quantity[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const quantity = quantityAt({ tokens, negatedFrom }, at)
    if (quantity === undefined) continue
    found.push({ ...quantity, from: tokens[Math.max(0, quantity.start)]?.from ?? 0, to: tokens[quantity.end - 1]?.to ?? 0 })
    at = Math.max(at, quantity.end - 1)
  }
  return found
}
