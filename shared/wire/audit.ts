// The audit log as it crosses the wire.

import { z } from 'zod'
import { auditKinds } from '../domain/audit-kinds.ts'
import { limits } from '../limits.ts'

export const auditEventSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  kind: z.enum(auditKinds),
  /** Who did it; null where nobody was signed in. */
  actorId: z.string().nullable(),
  /** Null when the account is gone, too. */
  actorName: z.string().nullable(),
  /** Whom it was done to, where that is somebody else. */
  subjectId: z.string().nullable(),
  subjectName: z.string().nullable(),
  /** By kind: names, roles, addresses; never a secret. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type AuditEvent = z.infer<typeof auditEventSchema>

export const auditListSchema = z.object({ items: z.array(auditEventSchema), nextCursor: z.string().nullable() })
export type AuditList = z.infer<typeof auditListSchema>

/** A page of the log, newest first. */
export const auditQuery = z.object({
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).optional(),
  /** `nextCursor` of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})
export type AuditQuery = z.infer<typeof auditQuery>
