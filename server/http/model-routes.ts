// /api/projects/:projectId/model: which model interviews, and what there is to choose from.

import { createRoute, z } from '@hono/zod-openapi'
import { chooseModelRequest, projectModelSchema } from '../../shared/wire/project-model.ts'
import type { Access } from '../projects/access.ts'
import type { ProjectModels } from '../projects/project-models.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, projectCodes, signedIn } from './routes-base.ts'

export interface ModelRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  projectModels: ProjectModels
}

const inProject = z.object({ projectId: z.string() })
const readCodes = [...projectCodes, 'overloaded'] as const

const readModel = createRoute({
  method: 'get',
  path: '/',
  summary: 'Which model interviews in a project, and which there are',
  security: signedIn,
  request: { params: inProject },
  responses: { 200: jsonAnswer('The model, by the name of the settings.', projectModelSchema), ...problemAnswers(...readCodes) },
})

const chooseModel = createRoute({
  method: 'put',
  path: '/',
  summary: 'Choose the model of a project, or take the choice back',
  security: signedIn,
  request: { params: inProject, body: jsonBody(chooseModelRequest) },
  responses: {
    200: jsonAnswer('The model from the next question on.', projectModelSchema),
    ...problemAnswers(...readCodes, 'project_archived', 'model_not_found'),
  },
})

/** The routes, to be mounted at /api/projects/:projectId/model. */
export function modelRoutes({ access, projectModels, sessions, publicUrl }: ModelRoutesDeps) {
  const routes = createRoutes()
  routes.use('*', requireSession({ sessions, publicUrl }), limitBody())

  routes.openapi(readModel, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await projectModels.read(projectId), 200)
  })

  routes.openapi(chooseModel, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'administer')
    return c.json(await projectModels.choose(projectId, c.req.valid('json').model, c.var.session.userId), 200)
  })
  return routes
}
