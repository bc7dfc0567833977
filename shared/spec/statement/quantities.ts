// Quantities of a sentence: numbers with their units, bounds and rates, as intervals that can be compared.

import { frequencyWords, unitNamed } from '../../domain/units.ts'
import { attributeBefore, countedNoun } from './counted-noun.ts'
import { readCalendar } from './calendar.ts'
import { comparingBefore, comparingBehind } from './comparing-words.ts'
import { numberTokens, type NumberToken } from './number-token.ts'
import { boundsOf, type Comparator, type Quantity } from './quantity.ts'

/** Every quantity of `text`, in order, none within another. */
export function readQuantities(text: string): Quantity[] {
  const calendar = readCalendar(text)
  const isFree = (quantity: Quantity): boolean => !calendar.some((date) => quantity.from < date.to && date.from < quantity.to)
  const numbers = readNumbers(text).filter(isFree)
  const words = readFrequencyWords(text).filter(
    (word) => isFree(word) && !numbers.some((number) => word.from < number.to && number.from < word.to),
  )
  return [...calendar, ...numbers, ...words].toSorted((a, b) => a.from - b.from)
}

function readNumbers(text: string): Quantity[] {
  const tokens = numberTokens(text)
  const found: Quantity[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if (token === undefined) continue
    const range = rangeOf(text, token, tokens[index + 1])
    const quantity = readQuantity(text, range ?? { first: token, last: token, comparator: null, low: token.value, high: token.value })
    if (range !== undefined) index += 1
    if (quantity !== undefined) found.push(quantity)
  }
  return found
}

/** One number, or the two of a range; `low` and `high` in the order they were written. */
interface NumberRange {
  readonly first: NumberToken
  readonly last: NumberToken
  readonly comparator: Comparator | null
  readonly low: number
  readonly high: number
}

function rangeOf(text: string, first: NumberToken, last: NumberToken | undefined): NumberRange | undefined {
  if (last === undefined) return undefined
  const joint = text.slice(first.to, last.from)
  if (last.isSpread && joint.trim() === '') {
    // "10 ± 2", "10 s ± 5 %": of a percentage, so much of the number.
    const spread = last.unit?.dimension === 'percent' && first.unit?.dimension !== 'percent' ? (first.value * last.value) / 100 : last.value
    return {
      first: { ...first, unit: first.unit ?? last.unit },
      last,
      comparator: 'between',
      low: first.value - spread,
      high: first.value + spread,
    }
  }
  const isAnd = /^\s+and\s+$/i.test(joint) && /\bbetween\s+$/i.test(text.slice(Math.max(0, first.from - 12), first.from))
  if (!isAnd && !/^\s*(?:-|–|—|\.\.\.?|\bto\b|\bthrough\b)\s*$/i.test(joint)) return undefined
  if (first.unit !== null && last.unit !== null && first.unit.base !== last.unit.base) return undefined
  if (first.unit !== null && last.unit === null) return undefined
  const scale = first.unit !== null && last.unit !== null ? first.unit.factor / last.unit.factor : 1
  return { first, last, comparator: 'between', low: first.value * scale, high: last.value }
}

function readQuantity(text: string, range: NumberRange): Quantity | undefined {
  const { first, last } = range
  const frequency = frequencyOf(text, first, last)
  if (frequency !== undefined) return frequency
  const unit = first.unit !== null && first.unit.base !== last.unit?.base ? first.unit : (last.unit ?? first.unit)
  const noun = unit === null ? countedNoun(text, last.to, last.value === 1) : undefined
  const end = noun?.to ?? last.to
  const before = comparingBefore(text, first.from)
  const behind = before === undefined ? comparingBehind(text, end) : undefined
  if (!isQuantity(text, range, unit !== null || noun !== undefined, before !== undefined || behind !== undefined)) return undefined
  const rate = rateBehind(text, end + (behind?.length ?? 0))
  const factor = (unit?.factor ?? 1) / (rate?.seconds ?? 1)
  const from = first.from - (before?.length ?? 0)
  const spread = first.isSpread && range.comparator === null ? Math.abs(range.low) : null
  const low = spread === null ? range.low * factor : -spread * factor
  const high = spread === null ? range.high * factor : spread * factor
  return {
    from,
    to: end + (behind?.length ?? 0) + (rate?.length ?? 0),
    dimension: unit?.dimension ?? 'count',
    unit: unit?.base ?? noun?.noun ?? '',
    per: unit?.perSecond === true ? 's' : (rate?.per ?? null),
    ...interval({
      comparator: range.comparator ?? (spread === null ? (before?.comparator ?? behind?.comparator ?? 'exactly') : 'between'),
      low,
      high,
    }),
    attribute: noun?.words ?? attributeBefore(text, from) ?? (unit?.dimension === 'percent' ? sharedBehind(text, end) : null),
  }
}

/** What a percentage is of: "uptime" of "99.9 % uptime". */
function sharedBehind(text: string, at: number): string | null {
  return /^\s+(?:of\s+)?(?:the\s+|all\s+)?(\p{Ll}[\p{L}-]*)/u.exec(text.slice(at, at + 60))?.[1] ?? null
}

function interval({
  comparator,
  low,
  high,
}: {
  comparator: Comparator
  low: number
  high: number
}): Pick<Quantity, 'comparator' | 'min' | 'max' | 'isMinOpen' | 'isMaxOpen' | 'problem'> {
  const isFinite = Number.isFinite(low) && Number.isFinite(high)
  const problem = isFinite ? (low > high ? 'reversed' : null) : 'out_of_range'
  return {
    comparator,
    ...boundsOf(isFinite ? comparator : 'about', isFinite ? Math.min(low, high) : -Infinity, isFinite ? Math.max(low, high) : Infinity),
    problem,
  }
}

/** A bare number measures something only where words around it say so. */
function isQuantity(text: string, { first, comparator }: NumberRange, isMeasured: boolean, isCompared: boolean): boolean {
  const before = text.slice(Math.max(0, first.from - 16), first.from)
  if (first.isWord && first.value === 1 && first.unit === null) return isCompared || /\b(?:only|exactly|just)\s+$/i.test(before)
  if (isMeasured) return true
  if (first.isWord) return false
  return comparator !== null || isCompared || first.isSpread || /(?:[=:]|\b(?:is|be|of|to|by|at|equals?))\s*$/i.test(before)
}

const ratePattern = /^\s*(?:\bper\b|\/|(?:an?|each|every)\b)\s*([\p{L}]+)/iu

function rateBehind(text: string, at: number): { per: string; seconds: number; length: number } | undefined {
  const match = ratePattern.exec(text.slice(at, at + 40))
  const name = match?.[1] ?? ''
  const unit = unitNamed(name)
  if (match === null) return undefined
  if (unit?.dimension === 'duration') return { per: 's', seconds: unit.factor, length: match[0].length }
  return /^\s*(?:per\b|\/)/i.test(match[0]) ? { per: name.toLowerCase(), seconds: 1, length: match[0].length } : undefined
}

const everyBefore = /\b(?:every|each)\s+$/i
const timesBehind = /^\s*times?\s+(?:an?|per|every|each|\/)\s*(\p{L}+)/iu

/** "every 5 minutes", "three times a day". */
function frequencyOf(text: string, first: NumberToken, last: NumberToken): Quantity | undefined {
  const every =
    first.unit?.dimension === 'duration' || last.unit?.dimension === 'duration'
      ? everyBefore.exec(text.slice(Math.max(0, first.from - 12), first.from))
      : null
  const unit = last.unit ?? first.unit
  if (every !== null && unit !== null && last.value > 0 && first.value > 0) {
    return frequency(text, first.from - every[0].length, last.to, [1 / (last.value * unit.factor), 1 / (first.value * unit.factor)])
  }
  const times = first.unit === null ? timesBehind.exec(text.slice(last.to, last.to + 40)) : null
  const period = unitNamed(times?.[1] ?? '')
  if (times === null || period?.dimension !== 'duration') return undefined
  return frequency(text, first.from, last.to + times[0].length, [first.value / period.factor, last.value / period.factor])
}

function frequency(text: string, start: number, end: number, [low, high]: readonly [number, number]): Quantity {
  const before = comparingBefore(text, start)
  const from = start - (before?.length ?? 0)
  const comparator = low === high ? (before?.comparator ?? 'exactly') : 'between'
  return {
    from,
    to: end,
    dimension: 'frequency',
    unit: 'Hz',
    per: null,
    ...interval({ comparator, low, high }),
    attribute: attributeBefore(text, from),
  }
}

const frequencyPattern = new RegExp(
  String.raw`\b(?:(${Object.keys(frequencyWords).join('|')})|(once|twice|thrice)\s+(?:an?|per|every|each|\/)\s*(\p{L}+)|(?:every|each)\s+(other\s+)?(\p{L}+))\b`,
  'giu',
)
const times: Readonly<Record<string, number>> = { once: 1, twice: 2, thrice: 3 }

/** "daily", "twice a week", "every other day". */
function readFrequencyWords(text: string): Quantity[] {
  const found: Quantity[] = []
  for (const match of text.matchAll(frequencyPattern)) {
    const period = unitNamed(match[3] ?? match[5] ?? '')
    if (match[1] === undefined && period?.dimension !== 'duration') continue
    const count = match[2] === undefined ? 1 : (times[match[2].toLowerCase()] ?? 1)
    const value =
      match[1] === undefined
        ? count / ((period?.factor ?? 1) * (match[4] === undefined ? 1 : 2))
        : (frequencyWords[match[1].toLowerCase()] ?? 0)
    found.push(frequency(text, match.index, match.index + match[0].length, [value, value]))
  }
  return found
}
