// Which items the view shows and in which order: read from the address, and written back to it.

import { categoryKeys, type CategoryKey } from '../../shared/domain/categories.ts'
import type { Item } from '../../shared/wire/items.ts'

/** How the table can be ordered. */
export const itemSorts = ['place', 'number', 'confidence', 'updated'] as const
export type ItemSort = (typeof itemSorts)[number]

export interface ItemFilter {
  readonly category: CategoryKey | null
  readonly status: 'current' | 'superseded'
  readonly q: string
  readonly sort: ItemSort
}

/** What `?category=&status=&q=&sort=` says; what it does not know is as if it were not there. */
export function filterOf(search: string): ItemFilter {
  const query = new URLSearchParams(search)
  return {
    category: categoryKeys.find((key) => key === query.get('category')) ?? null,
    status: query.get('status') === 'superseded' ? 'superseded' : 'current',
    q: query.get('q') ?? '',
    sort: itemSorts.find((sort) => sort === query.get('sort')) ?? 'place',
  }
}

/** The address of a filter, `?` included; empty for everything as it stands in the text. */
export function searchOf({ category, status, q, sort }: ItemFilter): string {
  const query = new URLSearchParams({
    ...(category === null ? {} : { category }),
    ...(status === 'current' ? {} : { status }),
    ...(q === '' ? {} : { q }),
    ...(sort === 'place' ? {} : { sort }),
  })
  return query.size === 0 ? '' : `?${query.toString()}`
}

const compare: Record<ItemSort, (a: Item, b: Item) => number> = {
  place: (a, b) => (a.from ?? Infinity) - (b.from ?? Infinity) || a.number - b.number,
  number: (a, b) => a.number - b.number,
  confidence: (a, b) => a.confidence - b.confidence || a.number - b.number,
  updated: (a, b) => b.updatedAt.localeCompare(a.updatedAt) || a.number - b.number,
}

/** A category with those of its items that are shown. */
export interface ItemGroup {
  readonly category: CategoryKey
  readonly items: readonly Item[]
}

/** The items that `filter` lets through, by category, in its order. */
export function groupItems(items: readonly Item[], { category, q, sort }: ItemFilter): ItemGroup[] {
  const wanted = q.trim().toLowerCase()
  const shown = items.filter((item) => (category === null || item.category === category) && isFound(item, wanted))
  const groups = Map.groupBy(shown, (item) => item.category)
  return categoryKeys.flatMap((key) => {
    const inGroup = groups.get(key)
    return inGroup ? [{ category: key, items: inGroup.toSorted(compare[sort]) }] : []
  })
}

function isFound({ text, ref, externalId }: Item, wanted: string): boolean {
  if (wanted === '' || ref.toLowerCase() === wanted) return true
  return text.toLowerCase().includes(wanted) || externalId?.toLowerCase().includes(wanted) === true
}
