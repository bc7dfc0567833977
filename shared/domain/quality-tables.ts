// The numbers behind maturity, gates, gaps, paths and watch notices: one table, which a project may adjust.

import type { categories } from './categories.ts'
import { categoryKeys, targetOf, type CategoryKey } from './categories.ts'
import type { GatedPhase, Phase } from './phases.ts'

/** A category that counts towards maturity. */
export type ScoredCategory = {
  [Key in CategoryKey]: (typeof categories)[Key]['target'] extends number ? Key : never
}[CategoryKey]

/** Whether `category` counts towards maturity. */
export const isScored = (category: CategoryKey): category is ScoredCategory => targetOf(category) !== null

/** Those that do, in the order of the table of categories. */
export const scoredCategories: readonly ScoredCategory[] = categoryKeys.filter(isScored)

/** Categories without which nothing safe is built: a gap in one of them weighs a step more. */
export const vitalCategories: readonly ScoredCategory[] = ['security', 'testing', 'tech_stack']

/** How far a category is from its target, from nothing missing to nearly everything. */
export const gapLevels = ['none', 'low', 'medium', 'high', 'critical'] as const
export type GapLevel = (typeof gapLevels)[number]
/** A gap that is one. */
export type OpenGap = Exclude<GapLevel, 'none'>

/** What a gate asks for. */
export interface GateTable {
  /** In percent. */
  readonly maturity: number
  /** The least percent of certain categories. */
  readonly categories: Readonly<Partial<Record<ScoredCategory, number>>>
  /** The most open conflicts; null when it does not ask. Redundancies are never counted. */
  readonly openConflicts: number | null
  /** Whether what the gates before it ask for must hold too. */
  readonly earlierGates: boolean
}

/** What the paths are reckoned with, in points of effort and shares of 1. */
export interface PathTable {
  /** What closing a gap costs now. */
  readonly fillPoints: Readonly<Record<OpenGap, number>>
  /** What deciding an open conflict costs now. */
  readonly resolvePoints: number
  /** What doing it over costs, by the phase in which it comes out. */
  readonly reworkPoints: Readonly<Record<Phase, number>>
  readonly probabilityPerCriticalGap: number
  readonly probabilityPerConflict: number
  /** For the whole distance of 100 points of maturity. */
  readonly probabilityPerDistance: number
  readonly probabilityMax: number
}

/** From what on the watch speaks up. */
export interface WatchTable {
  /** Tunnel vision: of so many items added last, at least that share in one category, while so many others are critical. */
  readonly tunnelItems: number
  readonly tunnelShare: number
  readonly tunnelCriticalGaps: number
  /** Scope creep: so many requirements since the phase began, and that share of what there was; or so many times the goals. */
  readonly creepItems: number
  readonly creepShare: number
  readonly creepPerGoal: number
  /** Volatility: an item changed again on so many occasions, in so many days. */
  readonly volatileChanges: number
  readonly volatileDays: number
  /** Conflicts piling up: so many open at once. */
  readonly openConflicts: number
}

/** All of them. */
export interface QualityTables {
  /** How many items make each category whole. */
  readonly targets: Readonly<Record<ScoredCategory, number>>
  readonly gates: Readonly<Record<GatedPhase, GateTable>>
  readonly paths: PathTable
  readonly watch: WatchTable
}

// Every scored category has a target; that is what makes it one.
const targets = Object.fromEntries(scoredCategories.map((key) => [key, targetOf(key)])) as Record<ScoredCategory, number>

/** What holds where a project says nothing else. */
export const defaultTables: QualityTables = {
  targets,
  gates: {
    analysis: { maturity: 60, categories: {}, openConflicts: 0, earlierGates: false },
    design: { maturity: 80, categories: { security: 80, testing: 80, tech_stack: 80 }, openConflicts: null, earlierGates: false },
    implementation: { maturity: 100, categories: {}, openConflicts: null, earlierGates: true },
  },
  paths: {
    fillPoints: { low: 100, medium: 150, high: 250, critical: 400 },
    resolvePoints: 50,
    reworkPoints: { discovery: 1_000, analysis: 3_000, design: 5_000, implementation: 20_000 },
    probabilityPerCriticalGap: 0.3,
    probabilityPerConflict: 0.2,
    probabilityPerDistance: 0.8,
    probabilityMax: 0.99,
  },
  watch: {
    tunnelItems: 12,
    tunnelShare: 0.75,
    tunnelCriticalGaps: 3,
    creepItems: 5,
    creepShare: 0.25,
    creepPerGoal: 8,
    volatileChanges: 3,
    volatileDays: 7,
    openConflicts: 5,
  },
}

/** An item that nobody can build or test by counts half. */
export const vagueWeight = 0.5
