// The same frame with one slot filled in two ways.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { isTelling, spansOf } from '../frame.ts'
import { situationOf } from '../situation.ts'
import { areEqual } from './quantity.ts'

const leastCover = 0.35
const leastDifference = 0.15

/** A clash when two statements that are otherwise alike differ somewhere: in a word, a number, or in how many are meant. */
export function checkSubstitution(alignment: Alignment): Clash | undefined {
  if (situationOf(alignment.a, alignment.b) === 'apart') return undefined
  if (Math.min(alignment.coverA, alignment.coverB) < leastCover) return undefined
  const changedA = alignment.onlyA.filter((term) => term.weight >= leastDifference)
  const changedB = alignment.onlyB.filter((term) => term.weight >= leastDifference)
  const clashing = alignment.clashing.filter((match) => isTelling(match.a) || isTelling(match.b))
  const numbers = alignment.a.quantities.some((one) =>
    alignment.b.quantities.some((other) => one.dimension === other.dimension && !areEqual(one, other)),
  )
  const isCounted = alignment.a.quantities.length !== alignment.b.quantities.length
  const isDescribed = alignment.same.some(
    (match) => match.a.quantifier !== match.b.quantifier && (match.a.quantifier === 'some' || match.b.quantifier === 'some'),
  )
  if (clashing.length === 0 && !numbers && !isCounted && !isDescribed && changedA.length + changedB.length === 0) return undefined
  return {
    rule: 'substitution',
    kind: 'inconsistency',
    domain: 'requirement',
    severity: 'low',
    wordsA: spansOf([...changedA, ...clashing.map((match) => match.a)]),
    wordsB: spansOf([...changedB, ...clashing.map((match) => match.b)]),
    why: 'The same is said twice, with something else in one place.',
    slots: [...changedA, ...changedB].map((term) => term.lemma).toSorted(),
  }
}
