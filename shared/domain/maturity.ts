// How complete a spec is: a score a category, and what they make of the whole.

import type { CategoryKey } from './categories.ts'
import { findCopies, type CopyCandidate } from './item-copies.ts'
import { itemWords, type ItemWords } from './item-words.ts'
import { isScored, scoredCategories, vagueWeight, type QualityTables, type ScoredCategory } from './quality-tables.ts'

/** What is needed of an item to score it. */
export interface ScorableItem {
  readonly id: string
  readonly number: number
  readonly category: CategoryKey
  readonly text: string
  /** 0 to 1. */
  readonly confidence: number
}

/** What one item is worth, and why. */
export interface ItemWorth {
  readonly id: string
  readonly category: CategoryKey
  readonly confidence: number
  readonly isVague: boolean
  /** The item it repeats; a copy is worth nothing. */
  readonly copyOf: string | null
  /** 0 to 1. */
  readonly worth: number
}

/** A category's part of the maturity. */
export interface CategoryScore {
  readonly key: ScoredCategory
  /** 0 to `target`. */
  readonly score: number
  readonly target: number
  /** 0 to 100, to two places; what gates and gaps compare. */
  readonly percent: number
  /** The items in it, copies too. */
  readonly items: number
}

/** What a spec is worth. */
export interface Maturity {
  /** 0 to 100, to two places. */
  readonly maturity: number
  readonly categories: readonly CategoryScore[]
}

/** `value` to two places: what is shown is what is compared. */
export const toPlaces = (value: number): number => Math.round(value * 100) / 100

const share = (part: number, whole: number): number => (whole === 0 ? 100 : toPlaces(Math.min(100, (part / whole) * 100)))

/** Reads items into words; one that keeps what it read may be given instead. */
export type WordReader = (item: ScorableItem) => ItemWords

/** Pairs of items that say the same in other words, both ways. */
export type RedundantPairs = ReadonlyMap<string, ReadonlySet<string>>

/** The worth of each item, in the order given. */
export function itemWorths(items: readonly ScorableItem[], redundant: RedundantPairs): ItemWorth[] {
  const steps = itemWorthsInSteps(items, redundant, ({ text }) => itemWords(text))
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same a step at a time, for who must not be held up by a large spec. */
export function* itemWorthsInSteps(
  items: readonly ScorableItem[],
  redundant: RedundantPairs,
  read: WordReader,
): Generator<void, ItemWorth[]> {
  const candidates: CopyCandidate[] = []
  for (const item of items) {
    candidates.push({ id: item.id, number: item.number, words: read(item) })
    yield
  }
  const copies = yield* findCopies(candidates, redundant)
  return items.map(({ id, category, confidence }, index) => {
    const isVague = candidates[index]?.words.isVague ?? false
    const copyOf = copies.get(id) ?? null
    const sure = Math.min(1, Math.max(0, confidence))
    return { id, category, confidence: sure, isVague, copyOf, worth: copyOf !== null ? 0 : sure * (isVague ? vagueWeight : 1) }
  })
}

/** The best items of each category, as many as its target, and never those that are worth nothing. */
export function countingItems(worths: readonly ItemWorth[], targets: QualityTables['targets']): Map<ScoredCategory, ItemWorth[]> {
  const byCategory = new Map<ScoredCategory, ItemWorth[]>(scoredCategories.map((key) => [key, []]))
  for (const worth of worths) if (isScored(worth.category) && worth.worth > 0) byCategory.get(worth.category)?.push(worth)
  for (const [key, list] of byCategory) {
    byCategory.set(key, list.toSorted((a, b) => b.worth - a.worth || (a.id < b.id ? -1 : 1)).slice(0, targets[key]))
  }
  return byCategory
}

/** The score of each category and of the whole: the mean worth of the best items times how many of the target they are. */
export function maturityOf(worths: readonly ItemWorth[], targets: QualityTables['targets']): Maturity {
  const counting = countingItems(worths, targets)
  const counts = new Map<CategoryKey, number>()
  for (const { category } of worths) counts.set(category, (counts.get(category) ?? 0) + 1)
  const sumOf = (key: ScoredCategory): number => (counting.get(key) ?? []).reduce((total, { worth }) => total + worth, 0)
  const categories = scoredCategories.map((key) => {
    const target = targets[key]
    const sum = sumOf(key)
    return { key, target, score: Math.min(target, toPlaces(sum)), percent: share(sum, target), items: counts.get(key) ?? 0 }
  })
  const reached = scoredCategories.reduce((total, key) => total + sumOf(key), 0)
  const wanted = scoredCategories.reduce((total, key) => total + targets[key], 0)
  return { maturity: share(reached, wanted), categories }
}
