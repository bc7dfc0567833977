// /api/projects/:projectId/learning: what the interview has learned of who asks, to be seen, said and cleared.

import { createRoute, z } from '@hono/zod-openapi'
import { learningRequest, learningSchema } from '../../shared/wire/interview.ts'
import type { Learning } from '../interview/learning.ts'
import type { Access } from '../projects/access.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, projectCodes, signedIn } from './routes-base.ts'

export interface LearningRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  learning: Learning
}

const inProject = z.object({ projectId: z.string() })
const codes = [...projectCodes, 'overloaded'] as const

const readLearning = createRoute({
  method: 'get',
  path: '/',
  summary: 'What the interview has learned of you in this project',
  security: signedIn,
  request: { params: inProject },
  responses: { 200: jsonAnswer('Nobody else sees it.', learningSchema), ...problemAnswers(...codes) },
})

const changeLearning = createRoute({
  method: 'patch',
  path: '/',
  summary: 'Say in which roles you want to be asked',
  security: signedIn,
  request: { params: inProject, body: jsonBody(learningRequest) },
  responses: { 200: jsonAnswer('All that is known then.', learningSchema), ...problemAnswers(...codes, 'project_archived') },
})

const clearLearning = createRoute({
  method: 'delete',
  path: '/',
  summary: 'Have it forgotten; the conversation stays, and counts no more',
  security: signedIn,
  request: { params: inProject },
  responses: { 204: { description: 'It is forgotten.' }, ...problemAnswers(...codes) },
})

/** The routes, to be mounted at /api/projects/:projectId/learning. */
export function learningRoutes({ access, learning, sessions, publicUrl }: LearningRoutesDeps) {
  const routes = createRoutes()
  routes.use('*', requireSession({ sessions, publicUrl }), limitBody())

  routes.openapi(readLearning, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await learning.show(projectId, c.var.session.userId), 200)
  })

  routes.openapi(changeLearning, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'answer')
    return c.json(await learning.setRoles(projectId, c.var.session.userId, c.req.valid('json').roles), 200)
  })

  routes.openapi(clearLearning, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    await learning.forget(projectId, c.var.session.userId)
    return c.body(null, 204)
  })
  return routes
}
