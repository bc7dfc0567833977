// /api/account/tokens: API tokens for scripts and editors.

import { createRoute, z } from '@hono/zod-openapi'
import { apiTokenListSchema, createApiTokenRequest, newApiTokenSchema } from '../../shared/wire/accounts.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, sessionCodes, sessionProblems, signedIn } from './routes-base.ts'

const createToken = createRoute({
  method: 'post',
  path: '/',
  summary: 'Make an API token (session)',
  security: signedIn,
  request: { body: jsonBody(createApiTokenRequest) },
  responses: {
    201: jsonAnswer('The token, shown this once.', newApiTokenSchema),
    ...problemAnswers(...sessionCodes, 'not_found', 'too_many_tokens'),
  },
})

const listTokens = createRoute({
  method: 'get',
  path: '/',
  summary: "One's API tokens (session)",
  security: signedIn,
  responses: { 200: jsonAnswer('All of them, last made first; none says its token.', apiTokenListSchema), ...sessionProblems },
})

const deleteToken = createRoute({
  method: 'delete',
  path: '/{tokenId}',
  summary: 'Delete an API token; what was opened with it ends (session)',
  security: signedIn,
  request: { params: z.object({ tokenId: z.string() }) },
  responses: { 204: { description: 'It is good for nothing any more.' }, ...problemAnswers(...sessionCodes, 'api_token_not_found') },
})

/** The routes, to be mounted at /api/account/tokens. */
export function apiTokenRoutes({ apiTokens, sessions, publicUrl }: AppDeps) {
  const routes = createRoutes()
  for (const path of ['/', '/:tokenId']) routes.use(path, requireSession({ sessions, publicUrl }), limitBody())
  routes.openapi(createToken, async (c) => c.json(await apiTokens.create(c.var.session, c.req.valid('json')), 201))
  routes.openapi(listTokens, async (c) => c.json({ items: await apiTokens.list(c.var.session), nextCursor: null }, 200))
  routes.openapi(deleteToken, async (c) => {
    await apiTokens.delete(c.var.session, c.req.valid('param').tokenId)
    return c.body(null, 204)
  })
  return routes
}
