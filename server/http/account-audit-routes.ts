// /api/account/audit: what was done with one's own account.

import { createRoute } from '@hono/zod-openapi'
import { auditListSchema, auditQuery } from '../../shared/wire/audit.ts'
import { requireWholePerson } from '../projects/access.ts'
import type { AppDeps } from './app-env.ts'
import { requireSession } from './middleware/require-session.ts'
import { createRoutes, jsonAnswer, sessionProblems, signedIn } from './routes-base.ts'

const readAudit = createRoute({
  method: 'get',
  path: '/',
  summary: "What was done with one's account, newest first",
  security: signedIn,
  request: { query: auditQuery },
  responses: { 200: jsonAnswer('A page of events.', auditListSchema), ...sessionProblems },
})

/** The route, to be mounted at /api/account/audit. */
export function accountAuditRoutes({ audit, sessions, publicUrl }: AppDeps) {
  const routes = createRoutes()
  routes.use('/', requireSession({ sessions, publicUrl }))
  routes.openapi(readAudit, async (c) => {
    requireWholePerson(c.var.session)
    return c.json(await audit.listOfAccount(c.var.session.userId, c.req.valid('query')), 200)
  })
  return routes
}
