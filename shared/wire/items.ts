// The items of a spec as they cross the wire: shapes, requests, and the event by which screens keep up.

import { z } from 'zod'
import { categoryKeys, type CategoryKey } from '../domain/categories.ts'
import { limits } from '../limits.ts'
import { cleanText } from '../spec/plain-text.ts'
import type { Modality } from '../spec/statement/modality.ts'

/** Where an item came from: a person's keyboard, an answer, an assumption, a file, a generator. */
export const itemSources = ['typed', 'interview', 'inferred', 'import', 'generated'] as const
export type ItemSource = (typeof itemSources)[number]

const modalities = ['must', 'should', 'may', 'must_not', 'none'] as const satisfies readonly Modality[]
const category = z.enum(categoryKeys as [CategoryKey, ...CategoryKey[]])
/** One item's words: a line of text, without what a document cannot hold. */
const itemText = z
  .string()
  .overwrite((text) => cleanText(text).replace(/\s+/g, ' '))
  .trim()
  .min(1)
  .max(limits.itemTextChars)

export const itemSchema = z.object({
  /** For life: it stays with what the item says, through edits, moves and undo. */
  id: z.uuid(),
  /** 1, 2, 3 … within the project; never given twice. */
  number: z.int().positive(),
  ref: z.string().regex(/^SPEC-\d+$/),
  /** An id that the text itself gives (`FR-001`), as written. */
  externalId: z.string().nullable(),
  /** Whether another current item has the same external id. */
  isExternalIdRepeated: z.boolean(),
  category,
  key: z.string(),
  /** Its words without Markdown, details each behind a line end. */
  text: z.string(),
  modality: z.enum(modalities),
  source: z.enum(itemSources),
  /** 0 to 1: 1 for what a person typed, edited or confirmed. */
  confidence: z.number().min(0).max(1),
  /** Who brought it into the text; null when that is not known. */
  authorId: z.string().nullable(),
  /** The message of the interview that it came from. */
  messageId: z.string().nullable(),
  status: z.enum(['current', 'superseded']),
  /** The item that took its place, if one did. */
  supersededBy: z.uuid().nullable(),
  /** Where it stands in the live text, in UTF-16 units; null once it is superseded. */
  from: z.int().nonnegative().nullable(),
  to: z.int().nonnegative().nullable(),
  /** A Yjs relative position in base64, at its first character: it stays right while others type. Null once it is superseded. */
  anchor: z.string().nullable(),
  /** When its words changed last. */
  updatedAt: z.iso.datetime(),
})
export type Item = z.infer<typeof itemSchema>

/** How people name an item: `SPEC-12`. */
export const itemRef = (number: number): string => `SPEC-${number}`

export const itemListSchema = z.object({
  items: z.array(itemSchema),
  nextCursor: z.string().nullable(),
  /** That of the last event `items` which this list is not older than. */
  revision: z.int().nonnegative(),
})
export type ItemList = z.infer<typeof itemListSchema>

/** What `GET …/items` takes in its query. */
export const listItemsQuery = z.object({
  category: category.optional(),
  status: z.enum(['current', 'superseded', 'all']).default('current'),
  /** Part of its words, its number (`SPEC-12`) or its external id, whatever the case. */
  q: z.string().overwrite(cleanText).trim().max(limits.itemQueryChars).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
})
export type ListItemsQuery = z.infer<typeof listItemsQuery>

export const createItemRequest = z.strictObject({ category, text: itemText })

/** What `PATCH` changes; `confirmed: true` says that a person stands by it as it is. */
export const changeItemRequest = z
  .strictObject({ text: itemText.optional(), category: category.optional(), confirmed: z.literal(true).optional() })
  .refine((change) => Object.keys(change).length > 0, { message: 'name at least one thing to change' })

/**
 * The Socket.IO event `item:overlap`: told to everyone who has joined, on every node, when people edit the same item within a few seconds,
 * and once more when somebody joins them; when it is quiet around the item for half a minute, the next time is told anew. It has no event
 * number: whoever was not there needs no notice.
 */
export interface ItemOverlapEvent {
  projectId: string
  /** `edited`: they change its words at once. `deleted`: one took it out while the others changed it. */
  kind: 'edited' | 'deleted'
  /** As it is, or as it was before it was taken out. */
  item: { id: string; number: number; ref: string; text: string }
  /** Two or more: first who edited it last, or who took it out. */
  userIds: string[]
}

/**
 * The Socket.IO event `items`: told to everyone who has joined, on every node, after an analysis was stored. It has no event number.
 * Who joined, or hears a `revision` that does not follow the last one, reads `GET …/items`.
 */
export interface ItemsEvent {
  projectId: string
  /** Counts the analyses that changed something. */
  revision: number
  /** Items that are new or not what they were; null when there are too many to be told: then they are to be read. */
  changed: Item[] | null
  /** Ids of items that were superseded. */
  gone: string[]
}
