// What gates ask for, what paths cost, and where every figure comes from.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapOf } from './gaps.ts'
import { gateOf, gatesOf, unmetBetween, type GateFacts } from './gates.ts'
import { toPlaces } from './maturity.ts'
import { comparePaths, type Goal, type PathFacts } from './paths.ts'
import { phases } from './phases.ts'
import { defaultTables, scoredCategories, type ScoredCategory } from './quality-tables.ts'

/** Facts in which each category stands at a percent, 100 where none is given. */
function facts(percents: Partial<Record<ScoredCategory, number>>, conflicts = 0, phase: PathFacts['phase'] = 'discovery'): PathFacts {
  const categories = scoredCategories.map((key) => {
    const target = defaultTables.targets[key]
    const percent = percents[key] ?? 100
    return { key, target, percent, score: (target * percent) / 100, items: target }
  })
  const wanted = categories.reduce((sum, { target }) => sum + target, 0)
  const maturity = toPlaces((categories.reduce((sum, { score }) => sum + score, 0) / wanted) * 100)
  const open = Array.from({ length: conflicts }, (_, at) => ({ id: `conflict-${at}`, categories: ['security'] }))
  return { categories, maturity, openConflicts: conflicts, conflicts: open, phase }
}

const emptySpec = Object.fromEntries(scoredCategories.map((key) => [key, 0])) as Record<ScoredCategory, number>
const unmet = (given: GateFacts, to: (typeof phases)[number], from: (typeof phases)[number] = 'discovery') =>
  unmetBetween(from, to, gatesOf(given, defaultTables))

describe('gates', () => {
  it('[QUA6] ask for maturity and no open conflict, then for the vital categories too, then for all of it and 100', () => {
    const asked = (phase: 'analysis' | 'design' | 'implementation') =>
      gateOf(phase, facts({}), defaultTables).conditions.map(({ kind, category, needed }) => `${category ?? kind} ${needed}`)
    expect(asked('analysis')).toEqual(['maturity 60', 'conflicts 0'])
    expect(asked('design').toSorted()).toEqual(['maturity 80', 'security 80', 'tech_stack 80', 'testing 80'])
    expect(asked('implementation').toSorted()).toEqual(['conflicts 0', 'maturity 100', 'security 80', 'tech_stack 80', 'testing 80'])
    expect(gatesOf(facts({}), defaultTables).every(({ isGreen }) => isGreen)).toBe(true)
  })

  it('[QUA6] compare what is shown: 60 is enough, a hundredth less is not', () => {
    const at = (maturity: number) => gateOf('analysis', { ...facts({}), maturity }, defaultTables).isGreen
    expect([at(60), at(59.99)]).toEqual([true, false])
    const vital = (percent: number) => gateOf('design', { ...facts({ testing: percent }), maturity: 90 }, defaultTables).isGreen
    expect([vital(80), vital(79.99)]).toEqual([true, false])
  })

  it('[QUA7] name each unmet condition with how to meet it, through all gates on the way, the same one once', () => {
    const missing = unmet(facts({ ...emptySpec, goals: 100 }, 2), 'design')
    expect(missing.map(({ gate, kind, category, says }) => [gate, category ?? kind, says])).toEqual([
      ['analysis', 'conflicts', 'No conflict is open.'],
      ['design', 'maturity', 'Maturity is at least 80 %.'],
      ['design', 'tech_stack', 'Tech stack is at least 80 %.'],
      ['design', 'security', 'Security is at least 80 %.'],
      ['design', 'testing', 'Testing is at least 80 %.'],
    ])
    expect(missing.map(({ how }) => how)).toEqual([
      'Decide 2 open conflicts: keep one side, merge both, or ignore it with a note.',
      'Add or confirm 62 clear items; most is missing in Requirements, Tech stack and Security.',
      'Add or confirm 10 clear items in Tech stack.',
      'Add or confirm 8 clear items in Security.',
      'Add or confirm 7 clear items in Testing.',
    ])
    expect(unmet(facts(emptySpec), 'discovery', 'design')).toEqual([])
  })

  it('[QUA7] are met by doing what they say', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 10, maxLength: 10 }), (percents) => {
        const given = facts(Object.fromEntries(scoredCategories.map((key, at) => [key, percents[at]])))
        for (const { category, how, needed, actual } of unmet(given, 'design')) {
          const told = Number(/\d+/.exec(how)?.[0])
          const target = category === null ? 90 : defaultTables.targets[category]
          expect(toPlaces(actual + (told / target) * 100)).toBeGreaterThanOrEqual(needed)
        }
      }),
    )
  })
})

const goals: Goal[] = [{ kind: 'advance' }, { kind: 'generate' }, { kind: 'skip', category: 'security' }]
const path = (goal: Goal, given: PathFacts, kind: string) => comparePaths(goal, given, defaultTables).paths.find((one) => one.kind === kind)

describe('paths', () => {
  it('[QUA8] add 0.30 for a critical gap, 0.20 for a conflict and 0.8 of the distance, to 0.99 at most, times the rework of the phase entered', () => {
    // 82 of 90 items, below 60 + 40 only in what is critical: no distance to the gate of analysis.
    const now = path({ kind: 'advance' }, facts({ performance: 0 }, 1), 'now')
    expect(now).toMatchObject({ effort: 0, probability: 0.5, reworkCost: 3_000, expectedTotal: 1_500, risk: 'high', needsOverride: true })
    expect(now?.probabilityParts.map(({ kind, category, conflictId, amount }) => [kind, category ?? conflictId, amount])).toEqual([
      ['gap', 'performance', 0.3],
      ['conflict', 'conflict-0', 0.2],
    ])
    const empty = path({ kind: 'advance' }, facts(emptySpec), 'now')
    expect([empty?.probability, empty?.expectedTotal]).toEqual([0.99, 2_970])
    expect(empty?.probabilityParts.find(({ kind }) => kind === 'distance')?.amount).toBe(0.48)
    expect(path({ kind: 'generate' }, facts({ performance: 0 }), 'now')).toMatchObject({
      probability: 0.3,
      reworkCost: 20_000,
      expectedTotal: 6_000,
    })
  })

  it('[QUA8] cost 400, 250, 150 or 100 points a gap that is closed first, and something for each conflict', () => {
    const given = facts({ goals: 10, performance: 30, monitoring: 60, scalability: 80 }, 1)
    const thorough = path({ kind: 'advance' }, given, 'thorough')
    expect(thorough?.effortParts.map(({ category, gap, amount }) => [category, gap, amount])).toEqual([
      ['goals', 'critical', 400],
      ['scalability', 'low', 100],
      ['performance', 'high', 250],
      ['monitoring', 'medium', 150],
      [null, null, 50],
    ])
    expect(thorough).toMatchObject({ effort: 950, probability: 0, expectedTotal: 950, risk: 'low', needsOverride: false })
    expect(path({ kind: 'advance' }, given, 'critical')).toMatchObject({ effort: 450, probability: 0 })
  })

  it('[QUA8] to the gate do just enough to open it, the vital categories first', () => {
    const given = facts({ ...emptySpec, goals: 100, requirements: 100, data_retention: 100, scalability: 100 }, 0, 'analysis')
    const gate = path({ kind: 'advance' }, given, 'gate')
    expect(gate?.needsOverride).toBe(false)
    expect(gate?.effortParts.map(({ category }) => category)).toEqual(expect.arrayContaining(['security', 'testing', 'tech_stack']))
    expect(gate?.effort).toBeLessThan(path({ kind: 'advance' }, given, 'critical')?.effort ?? 0)
  })

  it('[QUA9] are what their parts add up to, and the cheapest expected total is recommended, never the dearest of several', () => {
    const scene = fc.record({
      percents: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 10, maxLength: 10 }),
      conflicts: fc.nat({ max: 6 }),
      phase: fc.constantFrom(...phases),
      goal: fc.constantFrom(...goals),
    })
    fc.assert(
      fc.property(scene, ({ percents, conflicts, phase, goal }) => {
        const given = facts(Object.fromEntries(scoredCategories.map((key, at) => [key, percents[at]])), conflicts, phase)
        const { paths, recommended } = comparePaths(goal, given, defaultTables)
        const totals = paths.map(({ expectedTotal }) => expectedTotal)
        const chosen = paths.find(({ kind }) => kind === recommended)
        expect(chosen?.expectedTotal).toBe(Math.min(...totals))
        for (const one of paths) {
          const sum = one.probabilityParts.reduce((total, { amount }) => total + amount, 0)
          expect(one.effort).toBe(one.effortParts.reduce((total, { amount }) => total + amount, 0))
          expect(one.probability).toBe(toPlaces(Math.min(0.99, sum)))
          expect(one.expectedTotal).toBe(Math.round(one.effort + one.probability * one.reworkCost))
        }
        // What costs the same in every figure is listed once.
        expect(new Set(paths.map(({ effort, probability }) => `${effort} ${probability}`)).size).toBe(paths.length)
      }),
    )
  })

  it('[QUA9] that skip a category look at that category and the conflicts in it alone', () => {
    const { paths } = comparePaths({ kind: 'skip', category: 'performance' }, facts({ performance: 0, goals: 0 }, 3), defaultTables)
    expect(paths.map(({ kind, effort, probability }) => [kind, effort, probability])).toEqual([
      ['now', 0, 0.37],
      ['thorough', 400, 0],
    ])
    const conflict = { id: 'c', categories: ['performance'] }
    const clashing = comparePaths(
      { kind: 'skip', category: 'performance' },
      { ...facts({ performance: 0 }, 1), conflicts: [conflict] },
      defaultTables,
    )
    expect(clashing.paths.map(({ kind, effort }) => [kind, effort])).toEqual([
      ['now', 0],
      ['thorough', 450],
    ])
  })

  it('[QUA8] [QUA9] say nothing of a gate where none is ahead, and are those to the phase that is asked for', () => {
    const last = comparePaths({ kind: 'advance' }, facts({ performance: 60 }, 0, 'implementation'), defaultTables)
    expect([last.to, last.paths.map(({ kind }) => kind)]).toEqual([null, ['now', 'thorough']])
    const far = comparePaths({ kind: 'advance', to: 'implementation' }, facts({ performance: 60 }), defaultTables)
    expect([far.to, far.paths[0]?.reworkCost]).toEqual(['implementation', defaultTables.paths.reworkPoints.implementation])
    expect(far.paths[0]?.needsOverride).toBe(true)
  })

  it('[QUA9] see a gate as it is while nothing is filled, however the scores are rounded', () => {
    const given = { ...facts(Object.fromEntries(scoredCategories.map((key) => [key, 60]))), maturity: 59.98 }
    expect(path({ kind: 'advance' }, given, 'now')?.needsOverride).toBe(true)
  })

  it('[QUA9] give the reason for the recommendation in figures', () => {
    const { recommended, reason } = comparePaths({ kind: 'generate' }, facts({ performance: 0 }), defaultTables)
    expect([recommended, reason]).toEqual([
      'critical',
      'It costs 400 points now and leaves nothing to be done over: 400 points in all are to be expected. That is 5,600 points less than the dearest way.',
    ])
    expect(gapOf('performance', 0)).toBe('critical')
  })
})
