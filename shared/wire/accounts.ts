// One's own account as it crosses the wire: profile, password, sessions, API tokens, links that set a new password.

import { z } from 'zod'
import { scopes } from '../domain/scopes.ts'
import { limits } from '../limits.ts'
import { cleanText } from '../spec/plain-text.ts'

const oneLine = (text: string) => cleanText(text).replace(/\s+/g, ' ')

/** A password as it is given for a check: of any length that is worth hashing. */
const givenPassword = z.string().min(1).max(4_096)
/** A password as it is chosen. */
const newPassword = z.string().min(limits.passwordMinChars).max(limits.passwordMaxChars)

/** How the password was last set by a link: by mail, by an owner, or by whoever runs the server. */
const lastResetSchema = z.object({ at: z.iso.datetime(), madeBy: z.string().nullable() })

export const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  createdAt: z.iso.datetime(),
  /** The last time that a link set the password; `madeBy` names the owner who made it. */
  lastReset: lastResetSchema.nullable(),
})
export type Account = z.infer<typeof accountSchema>

export const changeAccountRequest = z.strictObject({ name: z.string().overwrite(oneLine).trim().min(1).max(limits.personNameChars) })

export const changePasswordRequest = z.strictObject({ currentPassword: givenPassword, newPassword })
export type ChangePasswordRequest = z.infer<typeof changePasswordRequest>

/** How many other sessions ended with it. */
export const endedSessionsSchema = z.object({ ended: z.int() })

export const accountSessionSchema = z.object({
  id: z.string(),
  /** The browser and the system in words, or the program's name. */
  device: z.string(),
  address: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
})
export type AccountSession = z.infer<typeof accountSessionSchema>

export const accountSessionListSchema = z.object({ items: z.array(accountSessionSchema), nextCursor: z.null() })

export const createApiTokenRequest = z.strictObject({
  name: z.string().overwrite(oneLine).trim().min(1).max(limits.apiTokenNameChars),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  /** The only projects it works in; all of the person's when it is left out. */
  projectIds: z.array(z.uuid().toLowerCase()).min(1).max(limits.apiTokenProjects).optional(),
  expiresInDays: z.int().min(1).max(limits.apiTokenDaysMax).optional(),
})
export type CreateApiTokenRequest = z.infer<typeof createApiTokenRequest>

export const apiTokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  projectIds: z.array(z.uuid()).nullable(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime(),
})
export type ApiToken = z.infer<typeof apiTokenSchema>

/** `token` is shown this once; only a hash of it is kept. */
export const newApiTokenSchema = apiTokenSchema.extend({ token: z.string() })
export type NewApiToken = z.infer<typeof newApiTokenSchema>

export const apiTokenListSchema = z.object({ items: z.array(apiTokenSchema), nextCursor: z.null() })

const namedProject = z.object({ id: z.uuid(), name: z.string() })

/** What deleting the account would do. */
export const accountDeletionSchema = z.object({
  /** Nobody else owns these, and others are in them: hand them over first. */
  blockedBy: z.array(namedProject),
  /** Nobody else is in these: they go with the account. */
  deletes: z.array(namedProject),
  /** These go on without the person. */
  leaves: z.array(namedProject),
})
export type AccountDeletion = z.infer<typeof accountDeletionSchema>

export const deleteAccountRequest = z.strictObject({ password: givenPassword })

/** Whether this server can send a link by mail. */
export const resetOptionsSchema = z.object({ byMail: z.boolean() })

export const requestResetRequest = z.strictObject({ email: z.email().max(limits.emailChars) })

/** A link that an owner made for a member; shown this once. */
export const resetLinkSchema = z.object({ token: z.string(), url: z.string(), expiresAt: z.iso.datetime() })
export type ResetLink = z.infer<typeof resetLinkSchema>

/** What the holder of a link sees: whose password it sets, and who made it. */
export const resetPreviewSchema = z.object({
  name: z.string(),
  email: z.string(),
  /** Null for one that came by mail, or from whoever runs the server. */
  madeBy: z.string().nullable(),
  expiresAt: z.iso.datetime(),
})
export type ResetPreview = z.infer<typeof resetPreviewSchema>

export const useResetRequest = z.strictObject({ password: newPassword })
