// What would lift the maturity, the most effective first.

import { countingItems, toPlaces, type ItemWorth } from './maturity.ts'
import { scoredCategories, vagueWeight, type QualityTables, type ScoredCategory } from './quality-tables.ts'

/** One kind of work in one category. */
export interface Lift {
  /** `add` items, `clarify` vague ones, `confirm` those nobody has looked at. */
  readonly kind: 'add' | 'clarify' | 'confirm'
  readonly category: ScoredCategory
  /** How many items it is about. */
  readonly count: number
  /** The points of maturity it is worth, to two places. */
  readonly gain: number
  /** The items to clarify or confirm. */
  readonly itemIds: readonly string[]
}

/** All there is to do, the largest gain first. */
export function liftsOf(worths: readonly ItemWorth[], targets: QualityTables['targets']): Lift[] {
  const wanted = scoredCategories.reduce((sum, key) => sum + targets[key], 0)
  const points = (items: number): number => toPlaces((items / wanted) * 100)
  const counting = countingItems(worths, targets)
  const lifts = scoredCategories.flatMap((category): Lift[] => {
    const best = counting.get(category) ?? []
    const missing = targets[category] - best.length
    const vague = best.filter(({ isVague }) => isVague)
    const unsure = best.filter(({ confidence }) => confidence < 1)
    const clarified = vague.reduce((sum, { confidence }) => sum + confidence * (1 - vagueWeight), 0)
    const confirmed = unsure.reduce((sum, { confidence, isVague }) => sum + (1 - confidence) * (isVague ? vagueWeight : 1), 0)
    return [
      { kind: 'add', category, count: missing, gain: points(missing), itemIds: [] },
      { kind: 'clarify', category, count: vague.length, gain: points(clarified), itemIds: vague.map(({ id }) => id) },
      { kind: 'confirm', category, count: unsure.length, gain: points(confirmed), itemIds: unsure.map(({ id }) => id) },
    ]
  })
  return lifts.filter(({ count }) => count > 0).toSorted((a, b) => b.gain - a.gain)
}
