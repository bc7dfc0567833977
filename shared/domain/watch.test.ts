// What is noticed about a spec, on which evidence, and when it is said again.

import { describe, expect, it } from 'vitest'
import type { CategoryKey } from './categories.ts'
import { itemWorths, maturityOf } from './maturity.ts'
import { defaultTables } from './quality-tables.ts'
import { isNewEvidence, watch, type WatchFacts } from './watch.ts'

const table = defaultTables.watch
const written = (counts: Partial<Record<CategoryKey, number>>) =>
  Object.entries(counts).flatMap(([category, count]) => Array.from({ length: count }, () => category as CategoryKey))

function facts(order: readonly CategoryKey[], more: Partial<WatchFacts> = {}): WatchFacts {
  const items = order.map((category, at) => ({ id: `i${at + 1}`, number: at + 1, category, text: `Number ${at}`, confidence: 1 }))
  const { categories } = maturityOf(itemWorths(items, new Map()), defaultTables.targets)
  return { items, categories, openConflictIds: [], changes: new Map(), phaseFromNumber: null, ...more }
}
const seen = (given: WatchFacts) => watch(given, table).map(({ id }) => id)

describe('the watch', () => {
  it('[QUA10] notices tunnel vision: nearly all of the last items in one category while others are empty', () => {
    const [notice] = watch(facts(written({ goals: 3, security: 12 })), table)
    expect(notice).toMatchObject({ id: 'tunnel_vision:security', category: 'security' })
    expect(notice?.says).toBe('12 of the last 12 items went into Security, while 8 other categories have next to nothing.')
    expect(notice?.itemIds).toContain('i15')
    // Whole elsewhere: it is that category's turn.
    const whole = written({
      goals: 10,
      requirements: 15,
      tech_stack: 12,
      scalability: 8,
      performance: 8,
      testing: 8,
      monitoring: 6,
      data_retention: 5,
    })
    expect(seen(facts([...whole, ...written({ security: 12 })]))).toEqual([])
    expect(seen(facts(written({ security: 6, goals: 6 })))).toEqual([])
  })

  it('[QUA10] notices scope creep: requirements after the phase for them, or many more than goals ask for', () => {
    const late = facts(written({ goals: 10, requirements: 20 }), { phaseFromNumber: 24 })
    const creep = (given: WatchFacts) => watch(given, table).find(({ kind }) => kind === 'scope_creep')
    expect(creep(late)?.itemIds).toEqual(['i25', 'i26', 'i27', 'i28', 'i29', 'i30'])
    expect(creep({ ...late, phaseFromNumber: 28 })).toBeUndefined()
    expect(creep({ ...late, phaseFromNumber: null })).toBeUndefined()
    expect(watch(facts(written({ requirements: 21, goals: 2, users: 6 })), table)[0]).toMatchObject({ id: 'scope_creep' })
  })

  it('[QUA10] notices an item that is changed again and again, and conflicts that pile up', () => {
    const given = facts(written({ goals: 2 }), {
      changes: new Map([
        ['i1', [1, 2, 3]],
        ['i2', [1, 2]],
      ]),
      openConflictIds: ['a', 'b', 'c', 'd', 'e'],
    })
    expect(watch(given, table).map(({ id, evidence }) => [id, evidence.length])).toEqual([
      ['volatility:i1', 3],
      ['conflicts', 5],
    ])
    expect(seen({ ...given, openConflictIds: ['a'] })).toEqual(['volatility:i1'])
  })

  it('[QUA11] says again what was dismissed only on new evidence', () => {
    const conflicts = (ids: string[]) => watch(facts([], { openConflictIds: ids }), table)[0]
    const first = conflicts(['a', 'b', 'c', 'd', 'e'])
    const returns = (ids: string[]) => {
      const now = conflicts(ids)
      return now && first ? isNewEvidence(now, first.evidence) : undefined
    }
    expect([returns(['a', 'b', 'c', 'd', 'e']), returns(['a', 'b', 'c', 'd', 'f'])]).toEqual([false, true])
    const before = watch(facts(written({ security: 12 })), table)[0]
    const after = (more: number) => watch(facts(written({ security: 12 + more })), table)[0]
    expect([2, 3].map((more) => before && isNewEvidence(after(more) ?? before, before.evidence))).toEqual([false, true])
  })
})
