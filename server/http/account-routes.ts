// /api/account: one's profile, password, sessions, and the end of the account.

import { createRoute, z } from '@hono/zod-openapi'
import {
  accountDeletionSchema,
  accountSchema,
  accountSessionListSchema,
  changeAccountRequest,
  changePasswordRequest,
  deleteAccountRequest,
  endedSessionsSchema,
} from '../../shared/wire/accounts.ts'
import type { AppDeps } from './app-env.ts'
import { clientAddress } from './client-address.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, sessionCodes, sessionProblems, signedIn } from './routes-base.ts'

/** A name, two passwords: what is larger is none of them. */
const accountMaxBytes = 64 * 1024

const readAccount = createRoute({
  method: 'get',
  path: '/',
  summary: 'Who asks',
  security: signedIn,
  responses: { 200: jsonAnswer('The account.', accountSchema), ...sessionProblems },
})

const changeAccount = createRoute({
  method: 'patch',
  path: '/',
  summary: 'Take another name (session)',
  security: signedIn,
  request: { body: jsonBody(changeAccountRequest) },
  responses: { 200: jsonAnswer('The account as it is now.', accountSchema), ...sessionProblems },
})

const changePassword = createRoute({
  method: 'post',
  path: '/password',
  summary: 'Take another password; all other sessions end (session)',
  security: signedIn,
  request: { body: jsonBody(changePasswordRequest) },
  responses: { 200: jsonAnswer('How many sessions ended.', endedSessionsSchema), ...problemAnswers(...sessionCodes, 'wrong_password') },
})

const listSessions = createRoute({
  method: 'get',
  path: '/sessions',
  summary: 'Where one is signed in (session)',
  security: signedIn,
  responses: { 200: jsonAnswer('All running sessions, last used first.', accountSessionListSchema), ...sessionProblems },
})

const endSession = createRoute({
  method: 'delete',
  path: '/sessions/{sessionId}',
  summary: 'End one session (session)',
  security: signedIn,
  request: { params: z.object({ sessionId: z.string() }) },
  responses: { 204: { description: 'It has ended.' }, ...problemAnswers(...sessionCodes, 'session_not_found') },
})

const endOtherSessions = createRoute({
  method: 'delete',
  path: '/sessions',
  summary: 'End all sessions but this one (session)',
  security: signedIn,
  responses: { 200: jsonAnswer('How many ended.', endedSessionsSchema), ...sessionProblems },
})

const previewDeletion = createRoute({
  method: 'get',
  path: '/deletion',
  summary: 'What deleting the account would do (session)',
  security: signedIn,
  responses: { 200: jsonAnswer('What stands in the way, what goes, what stays.', accountDeletionSchema), ...sessionProblems },
})

const deleteAccount = createRoute({
  method: 'post',
  path: '/deletion',
  summary: 'Delete the account (session)',
  security: signedIn,
  request: { body: jsonBody(deleteAccountRequest) },
  responses: { 204: { description: 'It is gone.' }, ...problemAnswers(...sessionCodes, 'wrong_password', 'owns_projects') },
})

/** The routes, to be mounted at /api/account. */
export function accountRoutes({ accounts, accountSessions, sessions, publicUrl }: AppDeps) {
  const routes = createRoutes()
  for (const path of ['/', '/password', '/sessions', '/sessions/:sessionId', '/deletion']) {
    routes.use(path, requireSession({ sessions, publicUrl }), limitBody(accountMaxBytes))
  }
  routes.openapi(readAccount, async (c) => c.json(await accounts.read(c.var.session), 200))
  routes.openapi(changeAccount, async (c) => c.json(await accounts.rename(c.var.session, c.req.valid('json').name), 200))
  routes.openapi(changePassword, async (c) => {
    const caller = { session: c.var.session, clientAddress: clientAddress(c) }
    return c.json({ ended: await accounts.changePassword(caller, c.req.valid('json')) }, 200)
  })
  routes.openapi(listSessions, async (c) => c.json({ items: await accountSessions.list(c.var.session), nextCursor: null }, 200))
  routes.openapi(endSession, async (c) => {
    await accountSessions.end(c.var.session, c.req.valid('param').sessionId)
    return c.body(null, 204)
  })
  routes.openapi(endOtherSessions, async (c) => c.json({ ended: await accountSessions.endOthers(c.var.session) }, 200))
  routes.openapi(previewDeletion, async (c) => c.json(await accounts.deletionOf(c.var.session), 200))
  routes.openapi(deleteAccount, async (c) => {
    await accounts.delete({ session: c.var.session, clientAddress: clientAddress(c) }, c.req.valid('json').password)
    return c.body(null, 204)
  })
  return routes
}
