// /api/projects/:projectId/conflicts: list, look at and resolve what clashes in the spec.

import { createRoute, z } from '@hono/zod-openapi'
import {
  conflictDetailSchema,
  conflictListSchema,
  conflictSchema,
  listConflictsQuery,
  resolveConflictRequest,
} from '../../shared/wire/conflicts.ts'
import type { ConflictResolver } from '../conflicts/resolver.ts'
import type { Access } from '../projects/access.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, projectCodes, signedIn } from './routes-base.ts'

export interface ConflictRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  conflictResolver: ConflictResolver
}

const inProject = z.object({ projectId: z.string() })
const ofConflict = inProject.extend({ conflictId: z.string() })
const readProblems = problemAnswers(...projectCodes, 'overloaded')
const resolveCodes = ['project_archived', 'conflict_changed', 'document_full', 'overloaded', 'stale_epoch', 'item_not_writable'] as const

const listConflicts = createRoute({
  method: 'get',
  path: '/',
  summary: 'Conflicts of the spec, newest first; redundancies are among them, told by their kind',
  security: signedIn,
  request: { params: inProject, query: listConflictsQuery },
  responses: { 200: jsonAnswer('A page of conflicts.', conflictListSchema), ...readProblems },
})

const readConflict = createRoute({
  method: 'get',
  path: '/{conflictId}',
  summary: 'One conflict, which of its items is the newer, and a text that could stand in place of all',
  security: signedIn,
  request: { params: ofConflict },
  responses: { 200: jsonAnswer('The conflict.', conflictDetailSchema), ...readProblems },
})

const resolveConflict = createRoute({
  method: 'post',
  path: '/{conflictId}/resolve',
  summary: 'Decide on a conflict, by one edit of the live text: keep the older item, the newer, one text in place of all, or each as it is',
  security: signedIn,
  request: { params: ofConflict, body: jsonBody(resolveConflictRequest) },
  responses: { 200: jsonAnswer('The conflict as it is now.', conflictSchema), ...problemAnswers(...projectCodes, ...resolveCodes) },
})

/** The routes, to be mounted at /api/projects/:projectId/conflicts. */
export function conflictRoutes({ access, conflictResolver, sessions, publicUrl }: ConflictRoutesDeps) {
  const routes = createRoutes()
  routes.use('*', requireSession({ sessions, publicUrl }), limitBody())

  routes.openapi(listConflicts, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await conflictResolver.page(projectId, c.req.valid('query')), 200)
  })

  routes.openapi(readConflict, async (c) => {
    const { projectId, conflictId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await conflictResolver.detail(projectId, conflictId), 200)
  })

  routes.openapi(resolveConflict, async (c) => {
    const { projectId, conflictId } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'write')
    return c.json(await conflictResolver.resolve({ userId }, projectId, conflictId, c.req.valid('json')), 200)
  })
  return routes
}
