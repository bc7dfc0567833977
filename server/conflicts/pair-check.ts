// Puts two items to all rules of pairs.

import { align, flipped, type Alignment } from './alignment.ts'
import type { Clash } from './finding.ts'
import { checkCapacity } from './rules/capacity.ts'
import { checkControl } from './rules/control.ts'
import { checkExclusiveChoice } from './rules/exclusive-choice.ts'
import { checkExistence } from './rules/existence.ts'
import { checkFrequency } from './rules/frequency.ts'
import { checkCircle, checkOrder } from './rules/order.ts'
import { checkPolarity } from './rules/polarity.ts'
import { checkQuantity } from './rules/quantity.ts'
import { checkRedundancy } from './rules/redundancy.ts'
import { checkSameKey } from './rules/same-key.ts'
import { checkSchedule } from './rules/schedule.ts'
import { checkScope } from './rules/scope.ts'
import { checkSubstitution } from './rules/substitution.ts'
import { checkThreshold } from './rules/threshold.ts'
import type { Subject } from './subject.ts'

/**
 * Where the two come from. In a `spec`, items that are worded alike are the rule (each field, each page has its own); two that were put
 * side by side as a `pair` are two wordings of one requirement, so that one differing word is enough.
 */
export type Setting = 'spec' | 'pair'

type Rule = (alignment: Alignment) => Clash | undefined

/** Rules that see no difference between the two, then those that look from one to the other. */
const mutual: readonly Rule[] = [checkPolarity, checkQuantity, checkThreshold, checkFrequency, checkSchedule, checkExclusiveChoice]
const ofFragments: readonly Rule[] = [checkQuantity, checkFrequency]
const directed: readonly Rule[] = [checkScope, checkExistence, checkControl, checkOrder]

const turned = (clash: Clash | undefined): Clash | undefined =>
  clash === undefined ? undefined : { ...clash, wordsA: clash.wordsB, wordsB: clash.wordsA }

function directedClash(alignment: Alignment): Clash | undefined {
  const back = flipped(alignment)
  for (const rule of directed) {
    const clash = rule(alignment) ?? turned(rule(back))
    if (clash !== undefined) return clash
  }
  return undefined
}

function firstClash(alignment: Alignment, setting: Setting): Clash | undefined {
  // A heading-like fragment states numbers at most; only a sentence can contradict.
  const isSentence = alignment.a.verb !== undefined && alignment.b.verb !== undefined
  for (const rule of isSentence ? mutual : ofFragments) {
    const clash = rule(alignment)
    if (clash !== undefined) return clash
  }
  return (isSentence ? directedClash(alignment) : undefined) ?? (setting === 'pair' ? checkSubstitution(alignment) : undefined)
}

interface Overlap {
  readonly clash: Clash | undefined
  readonly redundantA: ReadonlySet<unknown>
  readonly redundantB: ReadonlySet<unknown>
}

function compareClauses(a: Subject, b: Subject, setting: Setting): Overlap {
  let clash: Clash | undefined
  const redundantA = new Set<unknown>()
  const redundantB = new Set<unknown>()
  for (const clauseA of a.clauses) {
    for (const clauseB of b.clauses) {
      const alignment = align(clauseA, clauseB)
      clash ??= checkCircle(alignment)
      if (alignment.same.length + alignment.clashing.length === 0) continue
      // What says the same is told apart first: it is the usual false alarm.
      if (checkRedundancy(alignment) !== undefined) {
        redundantA.add(clauseA)
        redundantB.add(clauseB)
      } else clash ??= firstClash(alignment, setting)
    }
  }
  return { clash, redundantA, redundantB }
}

function redundancyOf(a: Subject, b: Subject, { redundantA, redundantB }: Overlap): Clash | undefined {
  const allOfA = a.clauses.length > 0 && redundantA.size === a.clauses.length
  const allOfB = b.clauses.length > 0 && redundantB.size === b.clauses.length
  if (!allOfA && !allOfB) return undefined
  const rule = allOfA && allOfB ? 'duplicate' : 'subsumed'
  const why = rule === 'duplicate' ? 'Both say the same.' : 'One says all that the other says.'
  return { rule, kind: 'redundancy', domain: 'requirement', severity: 'low', wordsA: [], wordsB: [], why, slots: [] }
}

/** What is wrong between two items: at most one clash, else a redundancy. `a` has the lesser id, so that the order they came in is no matter. */
export function checkPair(a: Subject, b: Subject, setting: Setting): Clash | undefined {
  const labelled = checkSameKey(a, b) ?? checkCapacity(a, b)
  if (labelled !== undefined) return labelled
  const overlap = compareClauses(a, b, setting)
  return overlap.clash ?? redundancyOf(a, b, overlap)
}
