// What is watched all along: tunnel vision, scope creep, volatility, conflicts piling up.

import { categoryName, type CategoryKey } from './categories.ts'
import { gapOf } from './gaps.ts'
import type { CategoryScore } from './maturity.ts'
import { isScored, type WatchTable } from './quality-tables.ts'

export const noticeKinds = ['tunnel_vision', 'scope_creep', 'volatility', 'conflicts'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** One thing that somebody should look at. */
export interface WatchNotice {
  /** The kind, and what it is about: the same thing has the same id again. */
  readonly id: string
  readonly kind: NoticeKind
  /** What is to be seen, as a sentence. */
  readonly says: string
  /** What would mend it, as a sentence. */
  readonly advice: string
  readonly category: CategoryKey | null
  readonly itemIds: readonly string[]
  readonly conflictIds: readonly string[]
  /** What it rests on, piece by piece; a dismissed notice comes back with enough pieces that were not there. */
  readonly evidence: readonly string[]
}

/** What the watch looks at. */
export interface WatchFacts {
  readonly items: readonly { readonly id: string; readonly number: number; readonly category: CategoryKey }[]
  readonly categories: readonly CategoryScore[]
  readonly openConflictIds: readonly string[]
  /** The occasions on which each item was changed again of late, each by a number of its own. */
  readonly changes: ReadonlyMap<string, readonly number[]>
  /** The number of the last item there was when the phase began; null in the first phase. */
  readonly phaseFromNumber: number | null
}

/** New pieces of evidence that bring a dismissed notice back. */
const piecesToReturn: Readonly<Record<NoticeKind, number>> = { tunnel_vision: 3, scope_creep: 3, volatility: 1, conflicts: 1 }

/** All there is to notice, whether dismissed or not. */
export function watch(facts: WatchFacts, table: WatchTable): WatchNotice[] {
  return [tunnelVision(facts, table), scopeCreep(facts, table), ...volatility(facts, table), pilingUp(facts, table)].filter(
    (notice) => notice !== null,
  )
}

/** Whether a notice that was dismissed on the evidence `seen` says something new. */
export function isNewEvidence({ kind, evidence }: WatchNotice, seen: readonly string[]): boolean {
  const known = new Set(seen)
  return evidence.filter((piece) => !known.has(piece)).length >= piecesToReturn[kind]
}

function tunnelVision({ items, categories }: WatchFacts, table: WatchTable): WatchNotice | null {
  const latest = items.toSorted((a, b) => b.number - a.number).slice(0, table.tunnelItems)
  if (latest.length < table.tunnelItems) return null
  const counts = new Map<CategoryKey, number>()
  for (const { category } of latest) counts.set(category, (counts.get(category) ?? 0) + 1)
  const [category, count] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))
  const empty = categories.filter(({ key, percent }) => key !== category && gapOf(key, percent) === 'critical')
  if (count < table.tunnelShare * latest.length || empty.length < table.tunnelCriticalGaps) return null
  const itemIds = latest.filter((item) => item.category === category).map(({ id }) => id)
  const names = empty.slice(0, 3).map(({ key }) => categoryName(key))
  return {
    id: `tunnel_vision:${category}`,
    kind: 'tunnel_vision',
    says: `${count} of the last ${latest.length} items went into ${categoryName(category)}, while ${empty.length} other categories have next to nothing.`,
    advice: `Turn to ${names.join(', ')} next.`,
    category,
    itemIds,
    conflictIds: [],
    evidence: itemIds,
  }
}

/** Requirements that keep coming after the phase for them, or that no goal asks for. */
function scopeCreep({ items, phaseFromNumber }: WatchFacts, table: WatchTable): WatchNotice | null {
  const required = items.filter(({ category }) => category === 'requirements').toSorted((a, b) => a.number - b.number)
  const goals = items.filter(({ category }) => category === 'goals').length
  if (phaseFromNumber !== null) {
    const late = required.filter(({ number }) => number > phaseFromNumber)
    const before = required.length - late.length
    if (late.length >= table.creepItems && late.length >= table.creepShare * before) {
      const says = `${late.length} requirements came after this phase began, with ${before} there before.`
      return creepNotice(late, says, 'Decide which of them belong to this release, and move the rest to Out of scope.')
    }
  }
  const covered = table.creepPerGoal * goals
  const beyond = goals > 0 ? required.slice(covered) : []
  if (beyond.length < table.creepItems) return null
  const says = `${required.length} requirements serve ${goals === 1 ? 'one goal' : `${goals} goals`}: more is being asked for than the goals give a reason for.`
  return creepNotice(beyond, says, 'Name the goal behind each, or move it to Out of scope.')
}

function creepNotice(items: readonly { readonly id: string }[], says: string, advice: string): WatchNotice {
  const itemIds = items.map(({ id }) => id)
  return { id: 'scope_creep', kind: 'scope_creep', says, advice, category: 'requirements', itemIds, conflictIds: [], evidence: itemIds }
}

function volatility({ items, changes }: WatchFacts, table: WatchTable): WatchNotice[] {
  return items.flatMap(({ id, number, category }) => {
    const occasions = changes.get(id) ?? []
    if (occasions.length < table.volatileChanges) return []
    return [
      {
        id: `volatility:${id}`,
        kind: 'volatility',
        says: `SPEC-${number} was changed again on ${occasions.length} occasions in ${table.volatileDays} days.`,
        advice: 'Settle with everyone what it should say before more is built on it.',
        category: isScored(category) ? category : null,
        itemIds: [id],
        conflictIds: [],
        evidence: occasions.map((occasion) => `${id}@${occasion}`),
      },
    ]
  })
}

function pilingUp({ openConflictIds }: WatchFacts, table: WatchTable): WatchNotice | null {
  if (openConflictIds.length < table.openConflicts) return null
  return {
    id: 'conflicts',
    kind: 'conflicts',
    says: openConflictIds.length === 1 ? 'A conflict is open.' : `${openConflictIds.length} conflicts are open at once.`,
    advice: 'Decide the most severe ones before more is written: each makes the next harder to see.',
    category: null,
    itemIds: [],
    conflictIds: openConflictIds,
    evidence: openConflictIds,
  }
}
