// Two items that say the same, or of which one says all that the other does.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { areEqual } from './quantity.ts'
import { situationOf } from '../situation.ts'
import { haveCommonActor } from '../frame.ts'

const leastOfDuplicate = 0.9
const leastTelling = 1.5
const leastChange = 0.25

function haveSameNumbers({ a, b }: Alignment): boolean {
  if (a.frequency?.periodSeconds !== b.frequency?.periodSeconds || a.frequency?.day !== b.frequency?.day) return false
  if (a.quantities.length !== b.quantities.length) return false
  return a.quantities.every((quantity) => b.quantities.some((other) => other.dimension === quantity.dimension && areEqual(quantity, other)))
}

/** A redundancy when both say the same of the same, in whatever words. */
export function checkRedundancy(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  if (a.isNegated !== b.isNegated || alignment.clashing.length > 0 || !haveSameNumbers(alignment) || !haveCommonActor(alignment))
    return undefined
  if (alignment.same.some((match) => match.a.isAbsent !== match.b.isAbsent || match.a.isOnly !== match.b.isOnly)) return undefined
  // "All" and "most" are not the same.
  if (
    alignment.same.some(
      (match) =>
        match.a.isHead && match.a.quantifier !== match.b.quantifier && (match.a.quantifier === 'some' || match.b.quantifier === 'some'),
    )
  )
    return undefined
  if (situationOf(a, b) !== 'same') return undefined
  // One word in place of another makes two requirements, however long the rest.
  const isChanged = [alignment.onlyA, alignment.onlyB].every((terms) => terms.some((term) => term.weight >= leastChange))
  if (isChanged) return undefined
  const total = a.terms.reduce((weight, term) => weight + term.weight, 0)
  if (total < leastTelling || Math.min(alignment.coverA, alignment.coverB) < leastOfDuplicate) return undefined
  return {
    rule: 'duplicate',
    kind: 'redundancy',
    domain: 'requirement',
    severity: 'low',
    wordsA: [],
    wordsB: [],
    why: 'Both say the same.',
    slots: [],
  }
}
