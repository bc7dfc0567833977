// Who did what in a project, as it crosses the wire.

import { z } from 'zod'
import { activityAuditKinds, activityEventKinds } from '../domain/activity-kinds.ts'
import { limits } from '../limits.ts'

const personSchema = z.object({
  userId: z.string(),
  /** Null when the account is gone. */
  name: z.string().nullable(),
})

export const activitySchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  kind: z.enum([...activityAuditKinds, ...activityEventKinds, 'spec.edited']),
  /** Who did it; several where several worked on the text, nobody where it happened by itself. */
  people: z.array(personSchema),
  /** Whom it was done to, where that is somebody else. */
  subject: personSchema.nullable(),
  /** By kind: names, roles, phases, the sentence of a conflict; never a secret. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type Activity = z.infer<typeof activitySchema>

export const activityListSchema = z.object({ items: z.array(activitySchema), nextCursor: z.string().nullable() })
export type ActivityList = z.infer<typeof activityListSchema>

export const activityQuery = z.object({
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
})
export type ActivityQuery = z.infer<typeof activityQuery>
