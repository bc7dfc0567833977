// One deed, done at two different intervals.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { commonThings, describeDifferently, haveCommonActor } from '../frame.ts'
import { situationOf } from '../situation.ts'

const leastCover = 0.6

/** A clash when both say how often the same is done, and differ. */
export function checkFrequency(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  if (a.frequency === undefined || b.frequency === undefined || a.frequency.periodSeconds === b.frequency.periodSeconds) return undefined
  const situation = situationOf(a, b)
  if (situation === 'apart' || situation === 'unrelated' || !haveCommonActor(alignment) || describeDifferently(alignment)) return undefined
  if (commonThings(alignment).length === 0 || Math.min(alignment.coverA, alignment.coverB) < leastCover || alignment.clashing.length > 0)
    return undefined
  return {
    rule: 'frequency',
    kind: 'contradiction',
    domain: 'timeline',
    severity: 'medium',
    wordsA: [{ from: a.frequency.from, to: a.frequency.to }],
    wordsB: [{ from: b.frequency.from, to: b.frequency.to }],
    why: 'The same is done at two different intervals.',
    slots: [`every ${a.frequency.periodSeconds}`, `every ${b.frequency.periodSeconds}`].toSorted(),
  }
}
