// How bad it is that a category is not whole yet.

import { gapLevels, vitalCategories, type GapLevel, type ScoredCategory } from './quality-tables.ts'

/** From what percent on a gap is only that bad. */
const steps: readonly (readonly [number, GapLevel])[] = [
  [75, 'low'],
  [50, 'medium'],
  [25, 'high'],
]

/** The gap of a category at `percent`: one without which nothing safe is built is a step worse, until it is whole. */
export function gapOf(category: ScoredCategory, percent: number): GapLevel {
  if (percent >= 100) return 'none'
  const gap = steps.find(([from]) => percent >= from)?.[1] ?? 'critical'
  if (!vitalCategories.includes(category)) return gap
  return gapLevels[Math.min(gapLevels.indexOf(gap) + 1, gapLevels.length - 1)] ?? gap
}
