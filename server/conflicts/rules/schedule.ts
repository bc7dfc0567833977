// Times of day, dates and the order of things that cannot both hold.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { commonThings, haveCommonActor, spansOf } from '../frame.ts'
import type { Term } from '../language/clause.ts'
import { situationOf } from '../situation.ts'

const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/
const isoDate = /^\d{4}-\d{2}-\d{2}$/
const quarter = /^q[1-4]$/
const leastCover = 0.6
const timePrepositions: ReadonlySet<string> = new Set(['at', 'by', 'on', 'from', 'until', 'before', 'in'])

const isTime = (term: Term): boolean => clock.test(term.lemma) || isoDate.test(term.lemma) || quarter.test(term.lemma)

function timesOf(terms: readonly Term[]): Term[] {
  return terms.filter((term) => isTime(term) && (term.preposition === undefined || timePrepositions.has(term.preposition)))
}

function coverBeside(terms: readonly Term[], said: ReadonlySet<Term>): number {
  const rest = terms.filter((term) => !isTime(term))
  const total = rest.reduce((sum, term) => sum + term.weight, 0)
  return total === 0 ? 0 : rest.filter((term) => said.has(term)).reduce((sum, term) => sum + term.weight, 0) / total
}

/** A clash when the same is to happen at two times. */
export function checkSchedule(alignment: Alignment): Clash | undefined {
  const timesA = timesOf(alignment.a.terms)
  const timesB = timesOf(alignment.b.terms)
  // With two or more times a statement describes a span or a table of its own.
  const [timeA, secondA] = timesA
  const [timeB, secondB] = timesB
  if (timeA === undefined || timeB === undefined || secondA !== undefined || secondB !== undefined || timeA.lemma === timeB.lemma)
    return undefined
  if (situationOf(alignment.a, alignment.b) !== 'same' || !haveCommonActor(alignment) || commonThings(alignment).length === 0)
    return undefined
  const a = coverBeside(alignment.a.terms, new Set(alignment.same.map((match) => match.a)))
  const b = coverBeside(alignment.b.terms, new Set(alignment.same.map((match) => match.b)))
  if (Math.min(a, b) < leastCover) return undefined
  return {
    rule: 'schedule',
    kind: 'contradiction',
    domain: 'timeline',
    severity: 'medium',
    wordsA: spansOf([timeA]),
    wordsB: spansOf([timeB]),
    why: `The same at two times: ${timeA.lemma} and ${timeB.lemma}.`,
    slots: [timeA.lemma, timeB.lemma].toSorted(),
  }
}
