// Times of day, dates and the order of things that cannot both hold.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { commonThings, describeDifferently, haveCommonActor, isTelling, spansOf } from '../frame.ts'
import type { Clause, Term } from '../language/clause.ts'
import { months, weekdays } from '../lexicons/units.ts'
import { situationOf } from '../situation.ts'

const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/
const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/
const quarter = /^q[1-4]$/
const dayOfMonth = /^(\d{1,2})(st|nd|rd|th)?$/
const leastCover = 0.6
/** A day stands right beside its month. */
const maxApart = 12
const timePrepositions: ReadonlySet<string> = new Set(['at', 'by', 'on', 'from', 'until', 'before', 'in', 'for'])
/** What lasts may do so on several days; what happens is on one. */
const happening: ReadonlySet<string> = new Set(
  'publish start begin end finish launch release send deliver print bill pay close meet hold issue update run back backup generate schedule'.split(
    ' ',
  ),
)

/** A time that a statement names: how it compares, how it reads, and the words it stands in. */
interface Time {
  readonly kind: 'clock' | 'date' | 'month' | 'quarter' | 'weekday'
  readonly name: string
  readonly terms: readonly Term[]
}

/** Whether there is such a day: nothing is found about the 31st of February. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const leapYear = 2_000
const twoDigits = (value: number): string => String(value).padStart(2, '0')

function namedDate(month: Term, terms: readonly Term[]): Time | undefined {
  const number = months.get(month.lemma)
  if (number === undefined) return undefined
  const beside = terms.filter(
    (term) => term.phrase === month.phrase && dayOfMonth.test(term.lemma) && Math.abs(term.from - month.from) <= maxApart,
  )
  const year = terms.find((term) => term.phrase === month.phrase && /^\d{4}$/.test(term.lemma))
  if (beside.length === 0 && year !== undefined) return { kind: 'month', name: `${year.lemma}-${twoDigits(number)}`, terms: [month, year] }
  const day = Number(dayOfMonth.exec(beside[0]?.lemma ?? '')?.[1])
  if (beside.length !== 1 || !isDay(leapYear, number, day)) return undefined
  return { kind: 'date', name: `${twoDigits(number)}-${twoDigits(day)}`, terms: [month, ...beside] }
}

function timeOf(term: Term, terms: readonly Term[]): Time | undefined {
  const { lemma } = term
  if (clock.test(lemma)) return { kind: 'clock', name: lemma.padStart(5, '0'), terms: [term] }
  if (quarter.test(lemma)) return { kind: 'quarter', name: lemma, terms: [term] }
  if (weekdays.has(lemma)) return { kind: 'weekday', name: lemma, terms: [term] }
  const [, year, month, day] = isoDate.exec(lemma) ?? []
  if (year !== undefined) return isDay(Number(year), Number(month), Number(day)) ? { kind: 'date', name: lemma, terms: [term] } : undefined
  return namedDate(term, terms)
}

function timesOf(clause: Clause): Time[] {
  return clause.terms
    .filter((term) => term.preposition === undefined || timePrepositions.has(term.preposition))
    .flatMap((term) => timeOf(term, clause.terms) ?? [])
    .filter((time) => time.kind !== 'weekday' || happening.has(clause.verb?.lemma ?? ''))
}

function coverBeside(terms: readonly Term[], said: ReadonlySet<Term>, time: Time): number {
  const rest = terms.filter((term) => !time.terms.includes(term))
  const total = rest.reduce((sum, term) => sum + term.weight, 0)
  return total === 0 ? 0 : rest.filter((term) => said.has(term)).reduce((sum, term) => sum + term.weight, 0) / total
}

/** What starts is what ends: nothing but verb and time sets them apart. */
function isOneThing(alignment: Alignment): boolean {
  const isTime = (term: Term): boolean => months.has(term.lemma) || /\d/.test(term.lemma)
  const isOther = (terms: readonly Term[]): boolean => terms.some((term) => isTelling(term) && term.role !== 'verb' && !isTime(term))
  return !isOther(alignment.onlyA) && !isOther(alignment.onlyB) && commonThings(alignment).length > 0
}

const starting: ReadonlySet<string> = new Set(['start', 'begin', 'commence', 'open', 'launch'])
const ending: ReadonlySet<string> = new Set(['end', 'finish', 'complete', 'conclude', 'close', 'stop', 'deliver'])
const ordered: ReadonlySet<Time['kind']> = new Set(['date', 'month', 'quarter'])

/** "Starts on 1 May", "is finished by 1 April": it would end before it begins. Only within a year, or with one named, is that known. */
function endsBeforeItStarts(alignment: Alignment, timeA: Time, timeB: Time): boolean {
  const [start, end] = starting.has(alignment.a.verb?.lemma ?? '') ? [timeA, timeB] : [timeB, timeA]
  const verbs = [alignment.a.verb?.lemma ?? '', alignment.b.verb?.lemma ?? '']
  if (!verbs.some((verb) => starting.has(verb)) || !verbs.some((verb) => ending.has(verb)) || timeA.kind !== timeB.kind) return false
  return ordered.has(start.kind) && /^\d{4}/.test(start.name) === /^\d{4}/.test(end.name) && end.name < start.name
}

/** A clash when the same is to happen at two times. */
export function checkSchedule(alignment: Alignment): Clash | undefined {
  const timesA = timesOf(alignment.a)
  const timesB = timesOf(alignment.b)
  // With two or more times a statement describes a span or a table of its own.
  const [timeA, secondA] = timesA
  const [timeB, secondB] = timesB
  if (timeA === undefined || timeB === undefined || secondA !== undefined || secondB !== undefined) return undefined
  if (timeA.kind !== timeB.kind || timeA.name === timeB.name) return undefined
  const isTurned = endsBeforeItStarts(alignment, timeA, timeB)
  // "The first release", "the second release": not the same.
  if (alignment.clashing.some((match) => !timeA.terms.includes(match.a) && !(isTurned && match.a.role === 'verb'))) return undefined
  if (
    situationOf(alignment.a, alignment.b) !== 'same' ||
    !haveCommonActor(alignment) ||
    describeDifferently(alignment) ||
    commonThings(alignment).length === 0
  )
    return undefined
  const a = coverBeside(alignment.a.terms, new Set(alignment.same.map((match) => match.a)), timeA)
  const b = coverBeside(alignment.b.terms, new Set(alignment.same.map((match) => match.b)), timeB)
  if (isTurned ? !isOneThing(alignment) : Math.min(a, b) < leastCover) return undefined
  return {
    rule: 'schedule',
    kind: 'contradiction',
    domain: 'timeline',
    severity: 'medium',
    wordsA: spansOf(timeA.terms),
    wordsB: spansOf(timeB.terms),
    why: isTurned
      ? `It would end before it begins: ${timeA.name} and ${timeB.name}.`
      : `The same at two times: ${timeA.name} and ${timeB.name}.`,
    slots: [timeA.name, timeB.name].toSorted(),
  }
}
