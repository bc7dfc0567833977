// Members and open invitations as owners manage them.

import { z } from 'zod'
import { roles } from '../domain/roles.ts'

/** What changing a member takes. */
export const changeMemberRequest = z.strictObject({ role: z.enum(roles) })

/** An invitation that can still be accepted; its token was shown when it was made and is not kept. */
export const openInvitationSchema = z.object({
  id: z.uuid(),
  role: z.enum(roles),
  /** The one address it is for; null lets anybody in who holds the link. */
  email: z.string().nullable(),
  createdByName: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** How often it was accepted. */
  uses: z.int(),
})
export type OpenInvitation = z.infer<typeof openInvitationSchema>

export const openInvitationListSchema = z.object({ items: z.array(openInvitationSchema), nextCursor: z.string().nullable() })
export type OpenInvitationList = z.infer<typeof openInvitationListSchema>
