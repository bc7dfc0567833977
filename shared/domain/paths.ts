// The ways on, compared: what each costs now, what it will probably cost later, and what these figures are made of.

import { gapOf } from './gaps.ts'
import { gateOf, type GateFacts } from './gates.ts'
import { toPlaces, type CategoryScore } from './maturity.ts'
import { reasonOf } from './path-reason.ts'
import { gatesBetween, isBefore, nextPhase, type GatedPhase, type Phase } from './phases.ts'
import type { GapLevel, QualityTables, ScoredCategory } from './quality-tables.ts'

/** What one wants to do next. */
export type Goal =
  /** To the next phase, or to a later one by name. */
  | { readonly kind: 'advance'; readonly to?: GatedPhase }
  | { readonly kind: 'generate' }
  | { readonly kind: 'skip'; readonly category: ScoredCategory }

/** An open conflict, as far as paths look at it. */
export interface PathConflict {
  readonly id: string
  /** The categories of its items. */
  readonly categories: readonly string[]
}

/** What paths are reckoned from. */
export interface PathFacts extends GateFacts {
  readonly phase: Phase
  readonly conflicts: readonly PathConflict[]
}

/** A part of a figure, and what it comes from. */
export interface PathPart {
  readonly kind: 'gap' | 'conflict' | 'distance'
  readonly category: ScoredCategory | null
  readonly gap: GapLevel | null
  readonly conflictId: string | null
  /** Points of effort, or a share of 1. */
  readonly amount: number
}

export const pathKinds = ['now', 'critical', 'gate', 'thorough'] as const
/** `now` as it is, `critical` gaps and conflicts first, as much as the `gate` asks for first, everything first (`thorough`). */
export type PathKind = (typeof pathKinds)[number]

export const riskLevels = ['low', 'medium', 'high', 'critical'] as const
export type RiskLevel = (typeof riskLevels)[number]

/** One way on. */
export interface Path {
  readonly kind: PathKind
  /** Effort before one goes on. */
  readonly effort: number
  readonly effortParts: readonly PathPart[]
  /** That work has to be done over, 0 to 0.99. */
  readonly probability: number
  readonly probabilityParts: readonly PathPart[]
  /** What doing it over costs then. */
  readonly reworkCost: number
  /** Effort + probability x rework cost. */
  readonly expectedTotal: number
  readonly risk: RiskLevel
  /** Whether the gate would still be closed, so that only an owner's override leads on. */
  readonly needsOverride: boolean
}

/** The ways on, the one with the cheapest expected total recommended. */
export interface Paths {
  /** Where it leads; null when there is no phase beyond. */
  readonly to: GatedPhase | null
  /** In the order of their kinds; ways that come to the same are listed once. */
  readonly paths: readonly Path[]
  readonly recommended: PathKind
  /** Why, as a sentence. */
  readonly reason: string
}

/** The phase from which on generating is free. */
const generationPhase = 'design'

/** The phase whose gate counts for `goal`; null when none is left ahead. */
function destination(goal: Goal, phase: Phase): GatedPhase | null {
  if (goal.kind === 'generate') return isBefore(phase, generationPhase) ? generationPhase : null
  return goal.kind === 'advance' && goal.to !== undefined ? goal.to : nextPhase(phase)
}

/** What an undecided question costs once it comes out: in the phase one enters, or where it is built. */
const reworkPhase = (goal: Goal, to: GatedPhase | null, phase: Phase): Phase =>
  goal.kind === 'generate' ? 'implementation' : (to ?? phase)

/** The ways there are: a category is skipped or filled; where no gate is ahead, none asks for enough. */
function kindsFor(goal: Goal, to: GatedPhase | null): readonly PathKind[] {
  if (goal.kind === 'skip') return ['now', 'thorough']
  return to === null ? pathKinds.filter((kind) => kind !== 'gate') : pathKinds
}

/** Compares the ways to `goal`. */
export function comparePaths(goal: Goal, facts: PathFacts, tables: QualityTables): Paths {
  const to = destination(goal, facts.phase)
  const scope = scopeOf(goal, facts)
  const context: Context = { goal, to, facts, tables, scope }
  const found = kindsFor(goal, to).map((kind) => reckon(kind, context))
  // Two that do the same cost the same: the plainer name stays.
  const paths = found.filter((path, index) => !found.slice(0, index).some((other) => isEqual(other, path)))
  const cheapest = paths.reduce((best, path) => (path.expectedTotal < best.expectedTotal || ties(path, best) ? path : best))
  return { to, paths, recommended: cheapest.kind, reason: reasonOf(cheapest, paths) }
}

interface Context {
  goal: Goal
  to: GatedPhase | null
  facts: PathFacts
  tables: QualityTables
  scope: { categories: readonly CategoryScore[]; conflicts: readonly PathConflict[] }
}

/** What the goal makes one look at: skipping is about one category and the conflicts in it. */
function scopeOf(goal: Goal, { categories, conflicts }: PathFacts): Context['scope'] {
  if (goal.kind !== 'skip') return { categories, conflicts }
  return {
    categories: categories.filter(({ key }) => key === goal.category),
    conflicts: conflicts.filter((conflict) => conflict.categories.includes(goal.category)),
  }
}

interface Work {
  filled: ReadonlySet<ScoredCategory>
  resolved: readonly PathConflict[]
}

function reckon(kind: PathKind, context: Context): Path {
  const { facts, tables, scope, goal, to } = context
  const work = workOf(kind, context)
  const effortParts = [
    ...scope.categories
      .filter(({ key }) => work.filled.has(key))
      .map(({ key, percent }) => gapPart(key, gapOf(key, percent), (gap) => tables.paths.fillPoints[gap])),
    ...work.resolved.map(({ id }) => conflictPart(id, tables.paths.resolvePoints)),
  ]
  const after = factsAfter(facts, work, tables)
  const probabilityParts = partsOfProbability(context, work, after)
  const effort = sum(effortParts)
  const probability = toPlaces(Math.min(tables.paths.probabilityMax, sum(probabilityParts)))
  const reworkCost = tables.paths.reworkPoints[reworkPhase(goal, to, facts.phase)]
  return {
    kind,
    effort,
    effortParts,
    probability,
    probabilityParts,
    reworkCost,
    expectedTotal: Math.round(effort + probability * reworkCost),
    risk: riskOf(probability),
    needsOverride: goal.kind !== 'skip' && isClosed(to, after, context),
  }
}

/** Whether any gate on the way to `to` stays closed. */
function isClosed(to: GatedPhase | null, after: GateFacts, { facts, tables }: Context): boolean {
  return to !== null && gatesBetween(facts.phase, to).some((phase) => !gateOf(phase, after, tables).isGreen)
}

function workOf(kind: PathKind, context: Context): Work {
  const { scope, facts, to, tables } = context
  const open = scope.categories.filter(({ key, percent }) => gapOf(key, percent) !== 'none')
  const critical = open.filter(({ key, percent }) => gapOf(key, percent) === 'critical')
  const keys = (list: readonly CategoryScore[]) => new Set(list.map(({ key }) => key))
  if (kind === 'now') return { filled: new Set(), resolved: [] }
  if (kind === 'critical') return { filled: keys(critical), resolved: scope.conflicts }
  if (kind === 'thorough' || to === null) return { filled: keys(open), resolved: scope.conflicts }
  return enoughForGate(open, { scope, facts, to, tables })
}

/** Fills, the most maturity for the effort first, until the gates on the way are open; conflicts only as far as they ask. */
function enoughForGate(
  open: readonly CategoryScore[],
  { scope, facts, to, tables }: Pick<Context, 'scope' | 'facts' | 'tables'> & { to: GatedPhase },
): Work {
  const gates = gatesBetween(facts.phase, to)
  const asksForPeace = gates.some((phase) =>
    gateOf(phase, facts, tables).conditions.some(({ kind, isMet }) => kind === 'conflicts' && !isMet),
  )
  const resolved = asksForPeace ? scope.conflicts : []
  const filled = new Set<ScoredCategory>()
  const unmet = () => {
    const after = factsAfter(facts, { filled, resolved }, tables)
    return gates.flatMap((phase) => gateOf(phase, after, tables).conditions.filter(({ isMet, kind }) => !isMet && kind !== 'conflicts'))
  }
  const worth = ({ key, percent, score, target }: CategoryScore): number => {
    const gap = gapOf(key, percent)
    return gap === 'none' ? 0 : (target - score) / tables.paths.fillPoints[gap]
  }
  const byWorth = open.toSorted((a, b) => worth(b) - worth(a))
  for (let missing = unmet(); missing.length > 0; missing = unmet()) {
    const named = missing.find(({ category }) => category !== null)?.category
    const next = byWorth.find(({ key }) => !filled.has(key) && (named === undefined || named === null || key === named))
    if (!next) break
    filled.add(next.key)
  }
  return { filled, resolved }
}

/** What gates will see once the work is done. */
function factsAfter(facts: PathFacts, { filled, resolved }: Work, tables: QualityTables): GateFacts {
  const openConflicts = facts.openConflicts - resolved.length
  // As it was reckoned from whole figures: scores are to two places, and their sum may pass a gate that is closed.
  if (filled.size === 0) return { categories: facts.categories, maturity: facts.maturity, openConflicts }
  const after = facts.categories.map((category) =>
    filled.has(category.key) ? { ...category, score: category.target, percent: 100 } : category,
  )
  const wanted = after.reduce((total, { key }) => total + tables.targets[key], 0)
  const reached = after.reduce((total, { score }) => total + score, 0)
  const maturity = wanted === 0 ? 100 : toPlaces((reached / wanted) * 100)
  return { categories: after, maturity, openConflicts }
}

function partsOfProbability({ scope, tables, goal, to }: Context, { filled, resolved }: Work, after: GateFacts): PathPart[] {
  const { probabilityPerCriticalGap, probabilityPerConflict, probabilityPerDistance } = tables.paths
  const gaps = scope.categories
    .filter(({ key, percent }) => !filled.has(key) && gapOf(key, percent) === 'critical')
    .map(({ key }) => gapPart(key, 'critical', () => probabilityPerCriticalGap))
  const conflicts = scope.conflicts
    .filter((conflict) => !resolved.includes(conflict))
    .map(({ id }) => conflictPart(id, probabilityPerConflict))
  const distance = distanceAfter(goal, to, after, tables)
  const amount = toPlaces((distance / 100) * probabilityPerDistance * 100) / 100
  const far: PathPart[] = amount > 0 ? [{ kind: 'distance', category: null, gap: null, conflictId: null, amount }] : []
  return [...gaps, ...conflicts, ...far]
}

/** Points of maturity that are missing: to the gate, or, of a category that is skipped, its own. */
function distanceAfter(goal: Goal, to: GatedPhase | null, { categories, maturity }: GateFacts, tables: QualityTables): number {
  if (goal.kind !== 'skip') return to === null ? 0 : Math.max(0, tables.gates[to].maturity - maturity)
  const wanted = categories.reduce((total, { target }) => total + target, 0)
  const skipped = categories.find(({ key }) => key === goal.category)
  return skipped && wanted > 0 ? ((skipped.target - skipped.score) / wanted) * 100 : 0
}

function gapPart(category: ScoredCategory, gap: GapLevel, amount: (gap: Exclude<GapLevel, 'none'>) => number): PathPart {
  return { kind: 'gap', category, gap, conflictId: null, amount: gap === 'none' ? 0 : amount(gap) }
}

const conflictPart = (conflictId: string, amount: number): PathPart => ({ kind: 'conflict', category: null, gap: null, conflictId, amount })
const sum = (parts: readonly PathPart[]): number => parts.reduce((total, { amount }) => total + amount, 0)
const isEqual = (a: Path, b: Path): boolean => a.effort === b.effort && a.probability === b.probability
/** Of two that cost the same, the one with less left to chance. */
const ties = (a: Path, b: Path): boolean => a.expectedTotal === b.expectedTotal && a.probability < b.probability

function riskOf(probability: number): RiskLevel {
  if (probability < 0.2) return 'low'
  if (probability < 0.5) return 'medium'
  return probability < 0.8 ? 'high' : 'critical'
}
