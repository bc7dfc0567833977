// Projects, members and invitations as they cross the wire.

import { z } from 'zod'
import { roles } from '../domain/roles.ts'
import { limits } from '../limits.ts'

const name = z.string().trim().min(1).max(limits.projectNameChars)
const description = z.string().trim().max(limits.projectDescriptionChars)
const roleSchema = z.enum(roles)

export const createProjectRequest = z.strictObject({ name, description: description.optional() })
export type CreateProjectRequest = z.infer<typeof createProjectRequest>

export const projectSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  /** The role of the person who asks. */
  role: roleSchema,
  phase: z.enum(['discovery', 'analysis', 'design', 'implementation']),
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

export const createInvitationRequest = z.strictObject({
  role: z.enum(['editor', 'commenter', 'viewer']),
  email: z.email().max(limits.emailChars).optional(),
  expiresInHours: z.int().min(1).max(24 * 365).optional(),
})
export type CreateInvitationRequest = z.infer<typeof createInvitationRequest>

/** `token` and `url` are shown once, when the invitation is made; only a hash is kept. */
export const invitationSchema = z.object({ token: z.string(), url: z.string(), expiresAt: z.iso.datetime() })
export type Invitation = z.infer<typeof invitationSchema>
