// The same frame with one slot filled in two ways.

import type { Alignment, Match } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { isTelling, spansOf } from '../frame.ts'
import type { Term } from '../language/clause.ts'
import { situationOf } from '../situation.ts'
import { areEqual } from './quantity.ts'

const leastCover = 0.42
const leastDifference = 0.25
const leastOfDenied = 0.5
const leastStem = 5

/** Words with one beginning, or written as one or as two: "infra-red", "infrared"; "monitor", "monitoring". */
function areVariants(a: Term, b: Term): boolean {
  const [short, long] = a.lemma.length < b.lemma.length ? [a.lemma, b.lemma] : [b.lemma, a.lemma]
  let common = 0
  while (common < short.length && short[common] === long[common]) common += 1
  return common >= leastStem && long.length - common <= leastStem
}

const changed = (terms: readonly Term[], others: readonly Term[]): Term[] =>
  terms.filter((term) => term.weight >= leastDifference && !others.some((other) => areVariants(term, other)))

/** Whether a number, or how many are meant, sets them apart. */
function haveOtherNumbers({ a, b, same }: Alignment): boolean {
  const differ = a.quantities.some((one) => b.quantities.some((other) => one.dimension === other.dimension && !areEqual(one, other)))
  const some = (match: Match): boolean => match.a.quantifier === 'some' || match.b.quantifier === 'some'
  return (
    differ || a.quantities.length !== b.quantities.length || same.some((match) => match.a.quantifier !== match.b.quantifier && some(match))
  )
}

/**
 * Whether somebody said it in words of their own: with a synonym in place of a word, or another verb. Who changes what is asked for
 * leaves the rest of the sentence as it is.
 */
function isReworded(alignment: Alignment): boolean {
  const isSynonym = (match: Match): boolean =>
    match.a.lemma !== match.b.lemma && Math.max(match.a.weight, match.b.weight) >= leastDifference
  return alignment.same.some(isSynonym) || alignment.a.verb?.lemma !== alignment.b.verb?.lemma
}

const phrasesOf = (terms: readonly Term[]): number => new Set(terms.map((term) => term.phrase)).size

/** Whether something is added, or one thing stands in place of another: changes all over are another wording. */
function isInPlace(a: readonly Term[], b: readonly Term[]): boolean {
  return a.length + b.length > 0 && Math.min(phrasesOf(a), phrasesOf(b)) <= 1
}

/** A clash when two statements that are otherwise alike differ somewhere: in a word, a number, or in how many are meant. */
export function checkSubstitution(alignment: Alignment): Clash | undefined {
  if (situationOf(alignment.a, alignment.b) === 'apart') return undefined
  if (Math.min(alignment.coverA, alignment.coverB) < leastCover) return undefined
  const changedA = changed(alignment.onlyA, alignment.onlyB)
  const changedB = changed(alignment.onlyB, alignment.onlyA)
  const clashing = alignment.clashing.filter((match) => isTelling(match.a) || isTelling(match.b))
  const isDenied = alignment.a.isNegated !== alignment.b.isNegated && Math.min(alignment.coverA, alignment.coverB) >= leastOfDenied
  const isOtherWord = isInPlace(changedA, changedB) && !isReworded(alignment)
  if (clashing.length === 0 && !isDenied && !haveOtherNumbers(alignment) && !isOtherWord) return undefined
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
