// One deed, done at two different intervals.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { commonThings, describeDifferently, haveCommonActor, writtenWords } from '../frame.ts'
import type { Frequency } from '../language/frequency.ts'
import { situationOf } from '../situation.ts'

const leastCover = 0.6

/** Whether two statements of how often say the same; a day that only one of them names is no matter. */
export const areEqualFrequencies = (a: Frequency, b: Frequency): boolean =>
  a.periodSeconds === b.periodSeconds && (a.day === undefined || b.day === undefined || a.day === b.day)

/** A clash when both say how often the same is done, and differ. */
export function checkFrequency(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  if (a.frequency === undefined || b.frequency === undefined || areEqualFrequencies(a.frequency, b.frequency)) return undefined
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
    why: `The same at two intervals or on two days: “${writtenWords(a, a.frequency)}” and “${writtenWords(b, b.frequency)}”.`,
    slots: [a.frequency, b.frequency].map(({ periodSeconds, day }) => `every ${day ?? periodSeconds}`).toSorted(),
  }
}
