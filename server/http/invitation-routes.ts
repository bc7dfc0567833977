// /api/invitations/:token: what a link leads to, and stepping through it.

import { createRoute, z } from '@hono/zod-openapi'
import { acceptedInvitationSchema, invitationPreviewSchema } from '../../shared/wire/projects.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, sessionCodes, signedIn } from './routes-base.ts'

const tokenParams = z.object({ token: z.string() })

const previewInvitation = createRoute({
  method: 'get',
  path: '/{token}',
  summary: 'What a link leads to; needs no session',
  request: { params: tokenParams },
  responses: { 200: jsonAnswer('Project, role and who invites.', invitationPreviewSchema), ...problemAnswers('invitation_not_found') },
})

const acceptInvitation = createRoute({
  method: 'post',
  path: '/{token}/accept',
  summary: 'Join the project; twice is once, a higher role stays',
  security: signedIn,
  request: { params: tokenParams },
  responses: {
    200: jsonAnswer('Where to go, and the role there.', acceptedInvitationSchema),
    ...problemAnswers(...sessionCodes, 'invitation_not_found', 'invitation_for_other', 'project_full'),
  },
})

/** The routes, to be mounted at /api/invitations. */
export function invitationRoutes({ invitations, sessions, publicUrl }: AppDeps) {
  const routes = createRoutes()
  routes.use('/:token/accept', requireSession({ sessions, publicUrl }), limitBody())
  routes.openapi(previewInvitation, async (c) => c.json(await invitations.preview(c.req.valid('param').token), 200))
  routes.openapi(acceptInvitation, async (c) => c.json(await invitations.accept(c.var.session, c.req.valid('param').token), 200))
  return routes
}
