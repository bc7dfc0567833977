// Versions of a spec, their differences and who wrote what, as they cross the wire.

import { z } from 'zod'
import { limits } from '../limits.ts'
import { cleanText } from '../spec/plain-text.ts'

/** Why a version was made: after work and a pause, by someone who named it, for the state before a restore, for the state after one. */
export const versionKinds = ['automatic', 'named', 'before_restore', 'restore'] as const
export type VersionKind = (typeof versionKinds)[number]

const oneLine = (text: string) => cleanText(text).replace(/\s+/g, ' ')
const versionName = z.string().overwrite(oneLine).trim().min(1).max(limits.versionNameChars)

export const createVersionRequest = z.strictObject({ name: versionName })
/** `null` takes the name away; the version then goes with age, like one that was never named. */
export const renameVersionRequest = z.strictObject({ name: versionName.nullable() })

/** What `GET …/versions` takes in its query. */
export const listVersionsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  /** Only versions with a name. */
  named: z.enum(['true', 'false']).optional(),
})
export type ListVersionsQuery = z.infer<typeof listVersionsQuery>

/** Someone who worked on a spec; `name` is null once the account is gone. */
export const versionPersonSchema = z.object({ userId: z.string(), name: z.string().nullable(), color: z.string() })
export type VersionPerson = z.infer<typeof versionPersonSchema>

export const versionSchema = z.object({
  id: z.uuid(),
  /** 1, 2, 3 … within the project; gaps are versions that are gone. */
  number: z.int(),
  kind: z.enum(versionKinds),
  /** A version with a name is kept for ever. */
  name: z.string().nullable(),
  /** Who named it or restored; of an automatic one, who worked last. */
  authorId: z.string().nullable(),
  /** Everyone who worked since the version before, the last one first. */
  authors: z.array(versionPersonSchema),
  createdAt: z.iso.datetime(),
  /** Of its Markdown, in UTF-8. */
  sizeBytes: z.int(),
  /** The version that a restore brought back; null for others, and when that one is gone. */
  restoredFrom: z.object({ id: z.uuid(), name: z.string().nullable(), createdAt: z.iso.datetime() }).nullable(),
})
export type Version = z.infer<typeof versionSchema>

export const versionListSchema = z.object({ items: z.array(versionSchema), nextCursor: z.string().nullable() })
export type VersionList = z.infer<typeof versionListSchema>

export const versionTextSchema = versionSchema.extend({ markdown: z.string() })
export type VersionText = z.infer<typeof versionTextSchema>

/** What `GET …/versions/:v/diff` takes in its query. */
export const versionDiffQuery = z.object({
  /** Another version's id, or `live` for the text as it is now. */
  to: z.union([z.literal('live'), z.uuid()]).default('live'),
})

export const versionDiffSchema = z.object({
  from: z.uuid(),
  to: z.union([z.literal('live'), z.uuid()]),
  /** Lines that only the later text has, and that only the earlier one has. */
  added: z.int(),
  removed: z.int(),
  hunks: z.array(
    z.object({
      /** Line numbers, from 1. */
      fromStart: z.int(),
      fromLines: z.int(),
      toStart: z.int(),
      toLines: z.int(),
      /** As in a unified diff: each begins with a space, `+` or `-`. */
      lines: z.array(z.string()),
    }),
  ),
})
export type VersionDiff = z.infer<typeof versionDiffSchema>

export const restoreSchema = z.object({
  /** The version whose text is back. */
  version: versionSchema,
  /** The version that holds the text as it was before. */
  before: versionSchema,
  epoch: z.int(),
  /** The edit as a Yjs update in base64, for a program that holds the document; null when the text was that one already. */
  update: z.string().nullable(),
})
export type Restore = z.infer<typeof restoreSchema>

/** Who wrote which line of the spec: of each line, whoever wrote in it last. */
export const blameSchema = z.object({
  epoch: z.int(),
  /** The text that the lines are of. */
  markdown: z.string(),
  /** All lines in order, those one after another of the same person and time together. */
  items: z.array(
    z.object({
      /** From 1, both included. */
      fromLine: z.int(),
      toLine: z.int(),
      /** Null for what the server wrote, and for what is older than a rebuilt history. */
      userId: z.string().nullable(),
      /** Null once the account is gone. */
      name: z.string().nullable(),
      color: z.string().nullable(),
      /** When it came to the server, within ten minutes. */
      at: z.iso.datetime().nullable(),
    }),
  ),
})
export type Blame = z.infer<typeof blameSchema>
