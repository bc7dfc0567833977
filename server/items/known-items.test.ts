// What is remembered of items that left a text, and how much of it.

import { describe, expect, it } from 'vitest'
import type { ItemRow } from '../store/items-store.ts'
import { KnownItems } from './known-items.ts'

const row = (id: string, text: string, status: ItemRow['status']): ItemRow => ({
  id,
  number: 1,
  externalId: null,
  category: 'goals',
  key: 'k',
  text,
  modality: 'none',
  source: 'typed',
  confidence: 1,
  authorId: null,
  messageId: null,
  status,
  supersededBy: null,
  anchor: null,
  updatedAt: new Date(0),
})

describe('items that left', () => {
  it('[ITM7] are remembered with what each said before, the latest of them, in bounded memory', () => {
    const known = new KnownItems()
    for (const text of ['Pots are sold', 'Pots are', 'Po']) known.take(row('pots', text, 'current'))
    known.take(row('pots', 'Po', 'superseded'))
    expect(known.get('pots')).toBeUndefined()
    expect(known.gone.get('pots')?.texts).toEqual(['Po', 'Pots are', 'Pots are sold'])
    for (let index = 0; index < 600; index++) known.take(row(`n${index}`, `Item ${index}`, 'superseded'))
    expect([known.gone.size, known.gone.has('pots'), known.gone.has('n599')]).toEqual([500, false, true])
    for (let index = 0; index < 5; index++) known.take(row(`long${index}`, 'x'.repeat(400_000), 'superseded'))
    expect([...known.gone.keys()]).toEqual(['long3', 'long4'])
    known.take(row('long4', 'x'.repeat(400_000), 'current'))
    known.take(row('small', 'small', 'superseded'))
    expect([...known.gone.keys()]).toEqual(['long3', 'small'])
  })
})
