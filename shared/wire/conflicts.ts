// Conflicts between items as they cross the wire: the shape, how one is resolved, and what is told about it.

import { z } from 'zod'
import { limits } from '../limits.ts'
import { cleanText } from '../spec/plain-text.ts'

const oneLine = (text: string) => cleanText(text).replace(/\s+/g, ' ')

export const conflictStatuses = ['open', 'resolved', 'ignored'] as const
export type ConflictStatus = (typeof conflictStatuses)[number]

/** Which item stays: the one that was there first, the newer one, both in one text, or each as it is. */
export const resolutions = ['keep_old', 'replace', 'merge', 'ignore'] as const
export type Resolution = (typeof resolutions)[number]

export const conflictItemSchema = z.object({
  id: z.uuid(),
  ref: z.string(),
  /** Its words without Markdown, as they were when the conflict was looked at last. */
  text: z.string(),
  /** The words that clash, in UTF-16 units of `text`. */
  words: z.array(z.object({ from: z.int().nonnegative(), to: z.int().nonnegative() })),
})

export const conflictSchema = z.object({
  /** For life: found again, it is the same. */
  id: z.uuid(),
  /** Grows with every change; a decision names the one it was made from. */
  revision: z.int().positive(),
  kind: z.enum(['contradiction', 'inconsistency', 'dependency', 'redundancy']),
  domain: z.enum(['technology', 'requirement', 'timeline', 'resource']),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  status: z.enum(conflictStatuses),
  resolution: z.enum(resolutions).nullable(),
  /** Whether somebody decided, or the text no longer clashes; null while it is open. */
  closedBy: z.enum(['person', 'text']).nullable(),
  /** Two or more. */
  items: z.array(conflictItemSchema),
  /** The rule that found it. */
  rule: z.string(),
  /** What is wrong, as a sentence. */
  why: z.string(),
  /** What whoever decided said about it. */
  note: z.string().nullable(),
  /** Who resolved or ignored it. */
  decidedBy: z.string().nullable(),
  openedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
})
export type Conflict = z.infer<typeof conflictSchema>

/** What `GET …/conflicts` takes in its query. */
export const listConflictsQuery = z.object({
  status: z.enum([...conflictStatuses, 'all']).default('open'),
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
})
export type ListConflictsQuery = z.infer<typeof listConflictsQuery>

export const conflictListSchema = z.object({ items: z.array(conflictSchema), nextCursor: z.string().nullable() })
export type ConflictList = z.infer<typeof conflictListSchema>

/** One conflict with what may be done about it. */
export const conflictDetailSchema = z.object({
  conflict: conflictSchema,
  /** The item whose words changed last: the one that `keep_old` takes out. Null when an item has left the text. */
  newerItemId: z.uuid().nullable(),
  /** A text that could stand in place of all, to be read before it is used; null when an item has left the text. */
  suggestion: z.string().nullable(),
})
export type ConflictDetail = z.infer<typeof conflictDetailSchema>

const decision = {
  resolution: z.enum(resolutions),
  /** That of the conflict as it was seen. */
  revision: z.int().positive(),
  /** With `merge`: the text in place of all. */
  text: z.string().overwrite(oneLine).trim().min(1).max(limits.itemTextChars).optional(),
  note: z.string().overwrite(cleanText).trim().max(limits.conflictNoteChars).optional(),
  /** Which item stays; needed when there are more than two. */
  keepItemId: z.uuid().optional(),
}

export const resolveConflictRequest = z
  .strictObject(decision)
  .refine(({ resolution, text }) => resolution !== 'merge' || text !== undefined, {
    path: ['text'],
    message: 'say what stands in place of all',
  })
export type ResolveConflictRequest = z.infer<typeof resolveConflictRequest>

/** What the Socket.IO event `conflict:resolve` takes. */
export const resolveConflictEvent = z
  .strictObject({ ...decision, projectId: z.string().max(64), conflictId: z.string().max(64) })
  .refine(({ resolution, text }) => resolution !== 'merge' || text !== undefined, {
    path: ['text'],
    message: 'say what stands in place of all',
  })
export type ResolveConflictEvent = z.infer<typeof resolveConflictEvent>

/** With a refusal as `conflict_changed`: what there is to decide anew. */
export interface ChangedConflict {
  conflict: Conflict
  /** The texts of its items that are still in the spec, as they are now. */
  texts: { id: string; ref: string; text: string }[]
}

/** `conflict:opened`, `conflict:updated` (ignored too) and `conflict:closed`. */
export interface ConflictEvent {
  projectId: string
  eventId: number
  conflict: Conflict
}
