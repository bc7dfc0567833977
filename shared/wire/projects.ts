// Projects, members and invitations as they cross the wire.

import { z } from 'zod'
import { phases } from '../domain/phases.ts'
import { roles } from '../domain/roles.ts'
import { limits } from '../limits.ts'
import { cleanText } from '../spec/plain-text.ts'

/** A line of a person's text: no NUL (PostgreSQL cannot hold one), no lone surrogate, no line break. */
const oneLine = (text: string) => cleanText(text).replace(/\s+/g, ' ')

const name = z.string().overwrite(oneLine).trim().min(1).max(limits.projectNameChars)
const description = z.string().overwrite(cleanText).trim().max(limits.projectDescriptionChars)
const roleSchema = z.enum(roles)

export const createProjectRequest = z.strictObject({ name, description: description.optional() })
export type CreateProjectRequest = z.infer<typeof createProjectRequest>

/** What `PATCH` changes; what is left out stays. `archived: false` brings a project back. */
export const changeProjectRequest = z
  .strictObject({ name: name.optional(), description: description.optional(), archived: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, { message: 'name at least one thing to change' })
export type ChangeProjectRequest = z.infer<typeof changeProjectRequest>

export const projectSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  /** The role of the person who asks. */
  role: roleSchema,
  phase: z.enum(phases),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  archivedAt: z.iso.datetime().nullable(),
})
export type Project = z.infer<typeof projectSchema>

export const projectListSchema = z.object({ items: z.array(projectSchema), nextCursor: z.string().nullable() })
export type ProjectList = z.infer<typeof projectListSchema>

export const memberSchema = z.object({
  userId: z.string(),
  name: z.string(),
  color: z.string(),
  role: roleSchema,
  joinedAt: z.iso.datetime(),
})
export type Member = z.infer<typeof memberSchema>

export const memberListSchema = z.object({ items: z.array(memberSchema), nextCursor: z.string().nullable() })
export type MemberList = z.infer<typeof memberListSchema>

/** What `GET /api/projects` takes in its query. */
export const listProjectsQuery = z.object({
  /** Part of the name, whatever the case. */
  q: z.string().overwrite(oneLine).trim().max(limits.projectNameChars).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).optional(),
  /** `true` lists those that were put away, and only them. */
  archived: z.enum(['true', 'false']).optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
})
export type ListProjectsQuery = z.infer<typeof listProjectsQuery>

export const createInvitationRequest = z.strictObject({
  role: z.enum(['editor', 'commenter', 'viewer']),
  email: z.email().max(limits.emailChars).optional(),
  expiresInHours: z
    .int()
    .min(1)
    .max(24 * 365)
    .optional(),
})
export type CreateInvitationRequest = z.infer<typeof createInvitationRequest>

/** `token` and `url` are shown once, when the invitation is made; only a hash is kept. */
export const invitationSchema = z.object({ id: z.uuid(), token: z.string(), url: z.string(), expiresAt: z.iso.datetime() })
export type Invitation = z.infer<typeof invitationSchema>

/** What the holder of a link may know before they are let in. */
export const invitationPreviewSchema = z.object({
  projectName: z.string(),
  role: roleSchema,
  inviterName: z.string(),
  /** Whether only the person it was sent to may accept it. */
  isForOneEmail: z.boolean(),
  expiresAt: z.iso.datetime(),
})
export type InvitationPreview = z.infer<typeof invitationPreviewSchema>

/** What accepting gives: where to go, and what one may do there. */
export const acceptedInvitationSchema = z.object({ projectId: z.uuid(), role: roleSchema })
export type AcceptedInvitation = z.infer<typeof acceptedInvitationSchema>
