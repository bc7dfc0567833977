// What stands between a project and a phase, and how to meet it.

import { categoryName } from './categories.ts'
import { toPlaces, type CategoryScore, type Maturity } from './maturity.ts'
import { gatedPhases, gatesBetween, isBefore, type GatedPhase, type Phase } from './phases.ts'
import type { GateTable, QualityTables, ScoredCategory } from './quality-tables.ts'

/** One thing that a gate asks for. */
export interface GateCondition {
  readonly kind: 'maturity' | 'category' | 'conflicts'
  /** The gate that asks. */
  readonly gate: GatedPhase
  readonly category: ScoredCategory | null
  /** In percent, or a number of conflicts. */
  readonly needed: number
  readonly actual: number
  readonly isMet: boolean
  /** What it asks for, as a sentence. */
  readonly says: string
  /** What would meet it, as a sentence; empty when it is met. */
  readonly how: string
}

/** The way into a phase. */
export interface Gate {
  readonly phase: GatedPhase
  readonly isGreen: boolean
  readonly conditions: readonly GateCondition[]
}

/** What gates look at. */
export interface GateFacts extends Maturity {
  /** Redundancies are not among them. */
  readonly openConflicts: number
}

/** The gate of each phase, in order. */
export const gatesOf = (facts: GateFacts, tables: QualityTables): Gate[] => gatedPhases.map((phase) => gateOf(phase, facts, tables))

/** The gate of one phase, with the conditions of those before it where it asks for them. */
export function gateOf(phase: GatedPhase, facts: GateFacts, tables: QualityTables): Gate {
  const table = tables.gates[phase]
  const earlier = table.earlierGates ? gatedPhases.filter((other) => isBefore(other, phase)) : []
  const conditions = [...earlier, phase].flatMap((gate) => conditionsOf(gate, tables.gates[gate], facts))
  const strictest = conditions.filter((condition) => !conditions.some((other) => isStricter(other, condition)))
  return { phase, isGreen: strictest.every(({ isMet }) => isMet), conditions: strictest }
}

/** What is not met yet on the way from one phase to another, through every gate between; nothing when it leads back. */
export function unmetBetween(from: Phase, to: Phase, gates: readonly Gate[]): GateCondition[] {
  const between: readonly Phase[] = gatesBetween(from, to)
  const unmet = gates.filter(({ phase }) => between.includes(phase)).flatMap(({ conditions }) => conditions.filter(({ isMet }) => !isMet))
  return unmet.filter(
    (condition, index) => !unmet.some((other, at) => isStricter(other, condition) || (at < index && isSame(other, condition))),
  )
}

const isAlike = (a: GateCondition, b: GateCondition): boolean => a.kind === b.kind && a.category === b.category
const isSame = (a: GateCondition, b: GateCondition): boolean => isAlike(a, b) && a.needed === b.needed
const isStricter = (a: GateCondition, b: GateCondition): boolean =>
  isAlike(a, b) && (a.kind === 'conflicts' ? a.needed < b.needed : a.needed > b.needed)

function conditionsOf(gate: GatedPhase, table: GateTable, facts: GateFacts): GateCondition[] {
  const conditions = [maturityCondition(gate, table.maturity, facts)]
  for (const category of facts.categories) {
    const needed = table.categories[category.key]
    if (needed !== undefined) conditions.push(categoryCondition(gate, needed, category))
  }
  if (table.openConflicts !== null) conditions.push(conflictCondition(gate, table.openConflicts, facts.openConflicts))
  return conditions
}

function maturityCondition(gate: GatedPhase, needed: number, { maturity, categories }: GateFacts): GateCondition {
  const isMet = maturity >= needed
  const wanted = categories.reduce((sum, { target }) => sum + target, 0)
  const missing = Math.max(1, Math.ceil(toPlaces(((needed - maturity) / 100) * wanted)))
  const emptiest = categories
    .filter(({ percent }) => percent < 100)
    .toSorted((a, b) => b.target - b.score - (a.target - a.score))
    .slice(0, 3)
    .map(({ key }) => categoryName(key))
  return {
    kind: 'maturity',
    gate,
    category: null,
    needed,
    actual: maturity,
    isMet,
    says: `Maturity is at least ${needed} %.`,
    how: isMet ? '' : `Add or confirm ${count(missing, 'clear item')}; most is missing in ${listed(emptiest)}.`,
  }
}

function categoryCondition(gate: GatedPhase, needed: number, { key, percent, target, score }: CategoryScore): GateCondition {
  const isMet = percent >= needed
  const missing = Math.max(1, Math.ceil(toPlaces((needed / 100) * target - score)))
  return {
    kind: 'category',
    gate,
    category: key,
    needed,
    actual: percent,
    isMet,
    says: `${categoryName(key)} is at least ${needed} %.`,
    how: isMet ? '' : `Add or confirm ${count(missing, 'clear item')} in ${categoryName(key)}.`,
  }
}

function conflictCondition(gate: GatedPhase, needed: number, actual: number): GateCondition {
  const isMet = actual <= needed
  return {
    kind: 'conflicts',
    gate,
    category: null,
    needed,
    actual,
    isMet,
    says: needed === 0 ? 'No conflict is open.' : `At most ${count(needed, 'conflict')} open.`,
    how: isMet ? '' : `Decide ${count(actual - needed, 'open conflict')}: keep one side, merge both, or ignore it with a note.`,
  }
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
