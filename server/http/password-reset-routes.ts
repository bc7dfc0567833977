// /api/password-resets and …/members/:userId/password-reset: a new password for who forgot theirs.

import { createRoute, z } from '@hono/zod-openapi'
import {
  requestResetRequest,
  resetLinkSchema,
  resetOptionsSchema,
  resetPreviewSchema,
  useResetRequest,
} from '../../shared/wire/accounts.ts'
import type { AppDeps } from './app-env.ts'
import { clientAddress } from './client-address.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, projectCodes, signedIn } from './routes-base.ts'

/** An email, or a password. */
const resetMaxBytes = 16 * 1024

const tokenParams = z.object({ token: z.string() })

const readOptions = createRoute({
  method: 'get',
  path: '/',
  summary: 'Whether this server can send a link by mail; needs no session',
  responses: { 200: jsonAnswer('What is possible.', resetOptionsSchema) },
})

const requestReset = createRoute({
  method: 'post',
  path: '/',
  summary: 'Have a link sent; the answer is the same whether anybody has this email or not',
  request: { body: jsonBody(requestResetRequest) },
  responses: { 202: { description: 'If somebody has this email, a link is on its way.' }, ...problemAnswers('mail_not_configured') },
})

const previewReset = createRoute({
  method: 'get',
  path: '/{token}',
  summary: 'Whose password a link sets; needs no session',
  request: { params: tokenParams },
  responses: { 200: jsonAnswer('The link.', resetPreviewSchema), ...problemAnswers('reset_link_not_found') },
})

const useReset = createRoute({
  method: 'post',
  path: '/{token}',
  summary: 'Set the password; all sessions and API tokens of the account end',
  request: { params: tokenParams, body: jsonBody(useResetRequest) },
  responses: { 204: { description: 'The new password is the only one.' }, ...problemAnswers('reset_link_not_found') },
})

const createMemberReset = createRoute({
  method: 'post',
  path: '/{projectId}/members/{userId}/password-reset',
  summary: 'Make a one-time link that sets the password of a member whose projects are all yours (owner, session)',
  security: signedIn,
  request: { params: z.object({ projectId: z.string(), userId: z.string() }) },
  responses: { 201: jsonAnswer('The link, shown this once.', resetLinkSchema), ...problemAnswers(...projectCodes, 'reset_not_allowed') },
})

/** The routes, to be mounted at /api/password-resets. */
export function passwordResetRoutes({ passwordResets }: AppDeps) {
  const routes = createRoutes()
  routes.use('*', limitBody(resetMaxBytes))
  routes.openapi(readOptions, (c) => c.json({ byMail: passwordResets.byMail }, 200))
  routes.openapi(requestReset, async (c) => {
    await passwordResets.request(c.req.valid('json').email, clientAddress(c))
    return c.body(null, 202)
  })
  routes.openapi(previewReset, async (c) => c.json(await passwordResets.preview(c.req.valid('param').token, clientAddress(c)), 200))
  routes.openapi(useReset, async (c) => {
    await passwordResets.use(c.req.valid('param').token, c.req.valid('json').password, clientAddress(c))
    return c.body(null, 204)
  })
  return routes
}

/** The owner's route, to be mounted at /api/projects. */
export function memberResetRoutes({ passwordResets, sessions, publicUrl }: AppDeps) {
  const routes = createRoutes()
  routes.use('/:projectId/members/:userId/password-reset', requireSession({ sessions, publicUrl }), limitBody())
  routes.openapi(createMemberReset, async (c) => {
    const { projectId, userId } = c.req.valid('param')
    return c.json(await passwordResets.createForMember(c.var.session, projectId, userId), 201)
  })
  return routes
}
