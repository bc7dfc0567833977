// What people send about items, as the wire takes it.

import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { changeItemRequest, createItemRequest, itemRef, itemSchema, listItemsQuery, type Item, type ItemsEvent } from './items.ts'

describe('items on the wire', () => {
  it('[ITM1] are one line of words in a known category', () => {
    expect(createItemRequest.parse({ category: 'goals', text: '  Ship\r\nby\tMay \0 ' })).toEqual({
      category: 'goals',
      text: 'Ship by May \uFFFD',
    })
    const refused = [
      { category: 'goals', text: ' \n ' },
      { category: 'nonsense', text: 'x' },
      { category: 'goals', text: 'x'.repeat(limits.itemTextChars + 1) },
      { category: 'goals', text: 'x', number: 7 },
      { text: 'x' },
    ]
    expect(refused.filter((request) => createItemRequest.safeParse(request).success)).toEqual([])
    expect([{}, { confirmed: false }, { status: 'superseded' }].filter((change) => changeItemRequest.safeParse(change).success)).toEqual([])
    expect(listItemsQuery.parse({ limit: '20', q: ' spec-12 ' })).toEqual({ status: 'current', limit: 20, q: 'spec-12' })
  })

  it('[ITM1] carry their number as people name it', () => {
    const item: Item = itemSchema.parse({
      id: '9d1c52f4-5f9e-4c37-9a3e-0c3f2c9d4a10',
      number: 12,
      ref: itemRef(12),
      externalId: null,
      isExternalIdRepeated: false,
      category: 'goals',
      key: 'ship',
      text: 'Ship by May',
      modality: 'none',
      source: 'typed',
      confidence: 1,
      authorId: null,
      messageId: null,
      status: 'current',
      supersededBy: null,
      from: 10,
      to: 21,
      anchor: null,
      updatedAt: '2026-01-01T00:00:00.000Z',
    })
    const told: ItemsEvent = { projectId: 'p', revision: 1, changed: [item], gone: [] }
    expect(told.changed?.[0]?.ref).toBe('SPEC-12')
  })
})
