// Whether two statements can apply at once: without that there is no conflict.

import { align } from './alignment.ts'
import type { Clause, Condition } from './language/clause.ts'
import type { Quantity } from './language/quantities.ts'

/**
 * `same`: both under one condition, or both under none. `nested`: one holds always, the other under a condition. `apart`: they never
 * apply together. `unrelated`: each has a condition of its own, and nothing says that both can come true at once.
 */
export type Situation = 'same' | 'nested' | 'apart' | 'unrelated'

const asClause = (condition: Condition): Clause => ({
  text: '',
  terms: condition.terms,
  verb: undefined,
  actors: [],
  isNegated: condition.isNegated,
  force: 'state',
  hasOnly: false,
  isUniversal: false,
  conditions: [],
  quantities: condition.quantities,
  frequency: undefined,
})

/** Whether no value lies in both. */
export function areDisjoint(a: Quantity, b: Quantity): boolean {
  const first = a.low <= b.low ? a : b
  const second = first === a ? b : a
  if (first.high < second.low) return true
  if (first.high > second.low) return false
  // They touch: "under 16" and "16 or over" share nothing, "up to 16" and "from 16" share 16.
  return first.bound === 'below' || second.bound === 'above'
}

const opposedMarkers: ReadonlyMap<string, string> = new Map([
  ['before', 'after'],
  ['during', 'outside'],
  ['if', 'unless'],
  ['when', 'unless'],
  ['inside', 'outside'],
  ['with', 'without'],
  ['until', 'after'],
  ['in', 'outside'],
  ['until', 'once'],
])

function areOpposedMarkers(a: string, b: string): boolean {
  return opposedMarkers.get(a) === b || opposedMarkers.get(b) === a
}

const leastLeft = 0.45

function compare(a: Condition, b: Condition): Situation {
  const alignment = align(asClause(a), asClause(b))
  const cover = Math.max(alignment.coverA, alignment.coverB)
  const leftA = alignment.onlyA.some((term) => term.weight >= leastLeft)
  const leftB = alignment.onlyB.some((term) => term.weight >= leastLeft)
  const isNearly = Math.min(alignment.coverA, alignment.coverB) >= 0.6 || cover >= 0.8
  const flips = (a.isNegated === b.isNegated ? 0 : 1) + alignment.clashing.length + (areOpposedMarkers(a.marker, b.marker) ? 1 : 0)
  const disjoint = a.quantities.some((quantity) =>
    b.quantities.some((other) => other.dimension === quantity.dimension && areDisjoint(quantity, other)),
  )
  if (isNearly && (disjoint || flips % 2 === 1)) return 'apart'
  // "The order is paid", "the order is cancelled": each says something of its own.
  if (isNearly && !(leftA && leftB)) return 'same'
  // "in rain", "in dry weather": one place of the sentence, two things in it.
  return 'unrelated'
}

/** "If a room is closed" against what is said of open rooms. */
function contradicts(conditions: readonly Condition[], clause: Clause): boolean {
  return conditions.some((condition) => {
    const { same, clashing } = align(asClause(condition), clause)
    return clashing.some(
      (match) =>
        match.relation.kind === 'opposite' &&
        (match.b.role === 'place' || same.some((thing) => thing.b.phrase === match.b.phrase && thing.b !== match.b)),
    )
  })
}

/** How the situations of two statements stand to each other. */
export function situationOf(a: Clause, b: Clause): Situation {
  if (a.conditions.length === 0 && b.conditions.length === 0) return 'same'
  if (a.conditions.length === 0) return contradicts(b.conditions, a) ? 'apart' : 'nested'
  if (b.conditions.length === 0) return contradicts(a.conditions, b) ? 'apart' : 'nested'
  const found = a.conditions.flatMap((condition) => b.conditions.map((other) => compare(condition, other)))
  if (found.includes('apart')) return 'apart'
  return found.includes('same') ? 'same' : 'unrelated'
}
