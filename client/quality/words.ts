// How phases, gaps and ways on are called on the page, and in which colours they stand.

import type { Phase } from '../../shared/domain/phases.ts'
import type { PathKind, RiskLevel } from '../../shared/domain/paths.ts'
import type { GapLevel } from '../../shared/domain/quality-tables.ts'

export const phaseNames: Readonly<Record<Phase, string>> = {
  discovery: 'Discovery',
  analysis: 'Analysis',
  design: 'Design',
  implementation: 'Implementation',
}

/** The colour of what is there already, by what is missing; the word of the gap stands beside it. */
export const gapColors: Readonly<Record<GapLevel, string>> = {
  none: 'var(--success)',
  low: 'var(--accent)',
  medium: 'var(--accent)',
  high: 'var(--warning)',
  critical: 'var(--danger)',
}

export const gapWords: Readonly<Record<GapLevel, string>> = {
  none: 'whole',
  low: 'low gap',
  medium: 'medium gap',
  high: 'high gap',
  critical: 'critical gap',
}

/** Text in the colour of a gap or a risk. */
export const levelText: Readonly<Record<GapLevel | RiskLevel, string>> = {
  none: 'text-success',
  low: 'text-success',
  medium: 'text-muted',
  high: 'text-warning',
  critical: 'text-danger',
}

type GoalKind = 'advance' | 'generate' | 'skip'

const asItIs: Readonly<Record<GoalKind, string>> = { advance: 'Go on as it is', generate: 'Generate as it is', skip: 'Skip it' }

/** What a way on is called. */
export function pathName(kind: PathKind, goal: GoalKind): string {
  if (kind === 'now') return asItIs[goal]
  if (goal === 'skip') return 'Fill it first'
  return { critical: 'Critical gaps first', gate: 'Enough for the gate', thorough: 'Everything first' }[kind]
}

/** Never more than is there: 79.99 % is not 80 %. */
export const wholePercent = (percent: number): string => `${Math.floor(percent)} %`

/** 1 item, 2 items. */
export const counted = (count: number, noun: string): string => `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`
