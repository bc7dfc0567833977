// What of a text's items is not stored as the text says it.

import type { KnownItems } from './known-items.ts'
import type { ItemContent } from '../store/items-store.ts'
import { encodeAnchor, type CharId } from './anchors.ts'
import type { Authors } from './authors.ts'
import type { Identities } from './identities.ts'
import { firstContent, nextContent, saysTheSame } from './item-content.ts'
import type { Ledger } from './ledger.ts'

/** Items to be written. */
export interface Unstored {
  readonly added: readonly (ItemContent & { readonly id: string })[]
  readonly changed: readonly (ItemContent & { readonly id: string })[]
}

export interface UnstoredOptions {
  ledger: Ledger
  known: KnownItems
  identities: Identities
  authors: Authors
}

const rowsInWrite = 250
const itemsInStep = 50

/** Looks at the items whose first characters are given, by index, and at all that have no place. In steps; gives writes of a bounded size. */
export function* unstored(options: UnstoredOptions, chars: ReadonlyMap<number, CharId>): Generator<void, Unstored[]> {
  const { ledger, known, identities } = options
  const added: (ItemContent & { id: string })[] = []
  const changed: (ItemContent & { id: string })[] = []
  let count = 0
  for (const [index, char] of chars) {
    if (++count % itemsInStep === 0) yield
    const { isNew, content } = contentAt(options, index, char)
    if (content !== null) (isNew ? added : changed).push(content)
  }
  for (const id of ledger.displaced.keys()) {
    const row = known.get(id)
    if (row) changed.push({ ...row, status: 'superseded', supersededBy: identities.successorOf(id) })
  }
  return [
    ...partsOf(added).map((part) => ({ added: part, changed: [] })),
    ...partsOf(changed).map((part) => ({ added: [], changed: part })),
  ]
}

/** What is to be written of an item; null when it is stored so. */
function contentAt(
  { ledger, known, identities, authors }: UnstoredOptions,
  index: number,
  char: CharId,
): { isNew: boolean; content: (ItemContent & { id: string }) | null } {
  const id = ledger.ids[index]
  const item = ledger.items[index]
  if (id === null || id === undefined || item === undefined) return { isNew: false, content: null }
  const row = known.get(id)
  const anchor = encodeAnchor(char)
  const given = identities.announcedAt(char)
  if (row === undefined) return { isNew: true, content: { id, ...firstContent(item, given ?? {}, { anchor, ...authors.of(char) }) } }
  if (row.status === 'superseded' && !identities.isIdentified(id)) return { isNew: false, content: null }
  const next = nextContent(row, item, given, anchor)
  const isStored = saysTheSame(row, next) && row.anchor !== null && Buffer.compare(row.anchor, anchor) === 0
  return { isNew: false, content: isStored ? null : { id, ...next } }
}

function partsOf<T>(list: readonly T[]): T[][] {
  const parts: T[][] = []
  for (let at = 0; at < list.length; at += rowsInWrite) parts.push(list.slice(at, at + rowsInWrite))
  return parts
}
