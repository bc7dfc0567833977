// One deed that is set off by two different numbers of one and the same thing.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { commonThings, haveCommonActor, haveCommonDeed, isTelling } from '../frame.ts'
import type { Condition, Term } from '../language/clause.ts'
import { areAlike } from '../language/lexicon.ts'
import { areEqual } from './quantity.ts'

const leastCover = 0.85

const telling = ({ terms }: Condition): Term[] => terms.filter((term) => isTelling(term) && term.role !== 'manner')

function areAboutOne(a: Condition, b: Condition): boolean {
  const isSaidBy = (terms: readonly Term[], others: readonly Term[]): boolean =>
    terms.length > 0 && terms.every((term) => others.some((other) => areAlike(term.lemma, other.lemma)))
  return isSaidBy(telling(a), telling(b)) && isSaidBy(telling(b), telling(a)) && a.isNegated === b.isNegated
}

/** A clash when the same is done in both as soon as a number is reached, and the numbers differ. */
export function checkThreshold(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  const [one, other] = [a.conditions[0], b.conditions[0]]
  if (one === undefined || other === undefined || a.conditions.length + b.conditions.length > 2 || !areAboutOne(one, other))
    return undefined
  const [first, second] = [one.quantities[0], other.quantities[0]]
  if (first === undefined || second === undefined || one.quantities.length + other.quantities.length > 2) return undefined
  // "Above 30" and "below 10" are two cases; "ten" and "two" are not.
  if (first.dimension !== second.dimension || first.bound !== second.bound || areEqual(first, second)) return undefined
  const isOneDeed = haveCommonDeed(alignment) && haveCommonActor(alignment) && commonThings(alignment).length > 0
  if (!isOneDeed || alignment.clashing.length > 0 || a.isNegated !== b.isNegated || a.quantities.length + b.quantities.length > 0)
    return undefined
  if (Math.min(alignment.coverA, alignment.coverB) < leastCover) return undefined
  return {
    rule: 'quantity',
    kind: 'inconsistency',
    domain: 'requirement',
    severity: 'medium',
    wordsA: [{ from: first.from, to: first.to }],
    wordsB: [{ from: second.from, to: second.to }],
    why: `The same is set off by two numbers: “${a.text.slice(first.from, first.to)}” and “${b.text.slice(second.from, second.to)}”.`,
    slots: [`${first.low}`, `${second.low}`].toSorted(),
  }
}
