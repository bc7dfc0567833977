// What of an item of the text is stored, and how a stored one is shown.

import { cleanText } from '../../shared/spec/plain-text.ts'
import type { SpecItem } from '../../shared/spec/spec-item.ts'
import type { Span } from '../../shared/spec/span.ts'
import { itemRef, type Item, type ItemSource } from '../../shared/wire/items.ts'
import type { ItemContent, ItemRow } from '../store/items-store.ts'

/** What the text does not say about an item that the server has put into it. */
export interface Provenance {
  readonly source?: ItemSource | undefined
  /** 0 to 1. */
  readonly confidence?: number | undefined
  readonly messageId?: string | undefined
  readonly key?: string | undefined
}

/** What an item of the text says, as it is stored: nothing that PostgreSQL cannot hold. */
export function wordsOf(item: SpecItem): Pick<ItemContent, 'externalId' | 'category' | 'key' | 'text' | 'modality'> {
  return {
    externalId: item.externalId === null ? null : cleanText(item.externalId),
    category: item.category,
    key: cleanText(item.key),
    text: cleanText(item.text),
    modality: item.modality,
  }
}

/** A new item. */
export function firstContent(item: SpecItem, given: Provenance, known: Pick<ItemContent, 'authorId' | 'source' | 'anchor'>): ItemContent {
  const said = wordsOf(item)
  return {
    ...said,
    key: given.key ?? said.key,
    ...known,
    source: given.source ?? known.source,
    confidence: given.confidence ?? 1,
    messageId: given.messageId ?? null,
    status: 'current',
    supersededBy: null,
  }
}

/**
 * A known item as the text says it now. Who changes its words stands by them: its confidence is 1 then. The key is that of the words
 * it was made from, so that one that was given stays until they change.
 */
export function nextContent(row: ItemContent, item: SpecItem, given: Provenance | undefined, anchor: Uint8Array | null): ItemContent {
  const said = wordsOf(item)
  const isSame = said.text === row.text
  return {
    ...said,
    key: given?.key ?? (isSame ? row.key : said.key),
    source: given?.source ?? row.source,
    confidence: given?.confidence ?? (isSame ? row.confidence : 1),
    messageId: given?.messageId ?? row.messageId,
    authorId: row.authorId,
    status: 'current',
    supersededBy: null,
    anchor: anchor ?? row.anchor,
  }
}

/** Whether two contents are the same to whoever reads them; where it stands in the text aside. */
export function saysTheSame(one: ItemContent, other: ItemContent): boolean {
  return (
    one.text === other.text &&
    one.category === other.category &&
    one.key === other.key &&
    one.externalId === other.externalId &&
    one.modality === other.modality &&
    one.source === other.source &&
    one.confidence === other.confidence &&
    one.authorId === other.authorId &&
    one.messageId === other.messageId &&
    one.status === other.status &&
    one.supersededBy === other.supersededBy
  )
}

/** As it crosses the wire; `place` is null for one that is not in the text. */
export function presentItem(row: ItemRow, place: Span | null, isExternalIdRepeated: boolean): Item {
  const { anchor, updatedAt, number, ...rest } = row
  return {
    ...rest,
    number,
    ref: itemRef(number),
    isExternalIdRepeated,
    from: place?.from ?? null,
    to: place?.to ?? null,
    anchor: anchor && place && Buffer.from(anchor).toString('base64'),
    updatedAt: updatedAt.toISOString(),
  }
}
