// The address of the items view, and what it shows.

import { expect, it } from 'vitest'
import type { Item } from '../../shared/wire/items.ts'
import { filterOf, groupItems, searchOf } from './item-filter.ts'

const item = (number: number, part: Partial<Item>): Item => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  number,
  ref: `SPEC-${number}`,
  externalId: null,
  isExternalIdRepeated: false,
  category: 'requirements',
  key: 'k',
  text: `Item ${number}`,
  modality: 'must',
  source: 'typed',
  confidence: 1,
  authorId: null,
  messageId: null,
  status: 'current',
  supersededBy: null,
  from: number * 10,
  to: number * 10 + 5,
  anchor: null,
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...part,
})

it('[PAGE35] keeps what is asked for in the address, and takes what it does not know for nothing', () => {
  for (const search of ['', '?category=security&status=superseded&q=%C3%A4+%26&sort=updated', '?q=SPEC-12'])
    expect(searchOf(filterOf(search))).toBe(search)
  expect(filterOf('?category=nonsense&sort=x&status=y')).toEqual({ category: null, status: 'current', q: '', sort: 'place' })
})

it('[PAGE35] finds by words, number and external id, by category in the order that was asked for', () => {
  const items = [
    item(1, { text: 'Pay by card', category: 'security', from: 90 }),
    item(2, { externalId: 'FR-7', confidence: 0.5 }),
    item(12, { text: 'See card', from: 5 }),
  ]
  const show = (search: string) =>
    groupItems(items, filterOf(search)).map(({ category, items: shown }) => [category, ...shown.map(({ number }) => number)])
  expect(show('')).toEqual([
    ['requirements', 12, 2],
    ['security', 1],
  ])
  expect(show('?sort=number')).toEqual([
    ['requirements', 2, 12],
    ['security', 1],
  ])
  expect(show('?sort=confidence')).toEqual([
    ['requirements', 2, 12],
    ['security', 1],
  ])
  expect(show('?q=CARD')).toEqual([
    ['requirements', 12],
    ['security', 1],
  ])
  expect(show('?q=spec-1')).toEqual([['security', 1]])
  expect(show('?q=fr-7')).toEqual([['requirements', 2]])
  expect(show('?category=goals')).toEqual([])
})
