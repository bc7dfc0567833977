// Puts stored rows where their anchors are in a text that is just being opened, or that others have analysed meanwhile.

import type * as Y from 'yjs'
import type { SpecItem } from '../../shared/spec/spec-item.ts'
import type { ItemRow } from '../store/items-store.ts'
import { decodeAnchor, offsetsOf } from './anchors.ts'
import type { KnownItems } from './known-items.ts'
import type { Ledger } from './ledger.ts'

export interface Placing {
  ledger: Ledger
  text: Y.Text
  known: KnownItems
}

const rowsInStep = 200

/**
 * Takes the rows for known and gives each its place; one that has none is looked for by its words. In steps, of which the first wants
 * the text to be that of the ledger.
 */
export function* placeRows({ ledger, text, known }: Placing, rows: readonly ItemRow[]): Generator<void> {
  const places = placesOf(ledger.items, text, rows)
  yield
  const had = new Set(ledger.ids)
  for (const [nth, row] of rows.entries()) {
    if (nth % rowsInStep === rowsInStep - 1) yield
    known.take(row)
    if (row.status === 'superseded') {
      ledger.forget(row.id)
      // A replica that holds all words of another's can only lack deletions: what that has found gone will be gone here too.
      if (had.has(row.id)) known.revive(row)
      continue
    }
    const index = places.get(row.id)
    if (index !== undefined) place({ ledger, known, had }, index, row.id)
    else if (!had.has(row.id)) ledger.displace(row.id, null)
  }
}

function place(
  { ledger, known, had }: { ledger: Ledger; known: KnownItems; had: ReadonlySet<string | null> },
  index: number,
  id: string,
): void {
  const other = ledger.ids[index] ?? null
  if (other === id) return
  // Two of the rows that were joined meanwhile: the first keeps the place.
  if (other !== null && !had.has(other)) ledger.displace(id, ledger.items[index]?.lines ?? null)
  else ledger.assign(index, id, had.has(id))
  // An id that was given to no row yet is given up for one that was.
  if (other !== null && !known.get(other)) ledger.forget(other)
}

/** The index of the item in which the anchor of each row is. */
function placesOf(items: readonly SpecItem[], text: Y.Text, rows: readonly ItemRow[]): Map<string, number> {
  const anchored = rows.flatMap(({ id, status, anchor }) => {
    const char = status === 'current' ? decodeAnchor(anchor) : null
    return char === null ? [] : [{ id, char }]
  })
  const offsets = offsetsOf(
    text,
    anchored.map(({ char }) => char),
  )
  const places = new Map<string, number>()
  for (const [nth, { id }] of anchored.entries()) {
    const index = indexAt(items, offsets[nth] ?? -1)
    if (index >= 0) places.set(id, index)
  }
  return places
}

/** The index of the item that an offset is in; -1 for none. */
export function indexAt(items: readonly SpecItem[], offset: number): number {
  let low = 0
  let high = items.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((items[middle]?.from ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  const item = items[low]
  return item && item.from <= offset && offset < item.to ? low : -1
}
