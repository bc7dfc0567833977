// /api/projects: make, list, read, change and put away projects.

import { createRoute, z } from '@hono/zod-openapi'
import { auditListSchema, auditQuery } from '../../shared/wire/audit.ts'
import {
  changeProjectRequest,
  createProjectRequest,
  listProjectsQuery,
  projectListSchema,
  projectSchema,
} from '../../shared/wire/projects.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import {
  createRoutes,
  jsonAnswer,
  jsonBody,
  projectCodes,
  projectProblems,
  sessionCodes,
  sessionProblems,
  signedIn,
} from './routes-base.ts'

const projectParams = z.object({ projectId: z.string() })

const createProject = createRoute({
  method: 'post',
  path: '/',
  summary: 'Make a project; the caller owns it',
  security: signedIn,
  request: { body: jsonBody(createProjectRequest) },
  responses: { 201: jsonAnswer('The project.', projectSchema), ...problemAnswers(...sessionCodes, 'too_many_projects') },
})

const listProjects = createRoute({
  method: 'get',
  path: '/',
  summary: "The caller's projects, last changed first",
  security: signedIn,
  request: { query: listProjectsQuery },
  responses: { 200: jsonAnswer('A page of projects.', projectListSchema), ...sessionProblems },
})

const readProject = createRoute({
  method: 'get',
  path: '/{projectId}',
  summary: 'One project',
  security: signedIn,
  request: { params: projectParams },
  responses: { 200: jsonAnswer('The project.', projectSchema), ...projectProblems },
})

const changeProject = createRoute({
  method: 'patch',
  path: '/{projectId}',
  summary: 'Rename, describe, put away or bring back (owner)',
  security: signedIn,
  request: { params: projectParams, body: jsonBody(changeProjectRequest) },
  responses: { 200: jsonAnswer('The project as it is now.', projectSchema), ...problemAnswers(...projectCodes, 'project_archived') },
})

const archiveProject = createRoute({
  method: 'delete',
  path: '/{projectId}',
  summary: 'Put a project away: it can be read and brought back (owner)',
  security: signedIn,
  request: { params: projectParams },
  responses: { 204: { description: 'It is archived.' }, ...projectProblems },
})

const readAudit = createRoute({
  method: 'get',
  path: '/{projectId}/audit',
  summary: 'Who did what in a project, newest first (owner)',
  security: signedIn,
  request: { params: projectParams, query: auditQuery },
  responses: { 200: jsonAnswer('A page of events.', auditListSchema), ...projectProblems },
})

/** The routes, to be mounted at /api/projects. */
export function projectRoutes({ projects, access, audit, sessions, publicUrl }: AppDeps) {
  const routes = createRoutes()
  for (const path of ['/', '/:projectId', '/:projectId/audit']) routes.use(path, requireSession({ sessions, publicUrl }), limitBody())
  routes.openapi(createProject, async (c) => c.json(await projects.create(c.var.session, c.req.valid('json')), 201))
  routes.openapi(listProjects, async (c) => c.json(await projects.list(c.var.session, c.req.valid('query')), 200))
  routes.openapi(readProject, async (c) => c.json(await projects.read(c.var.session, c.req.valid('param').projectId), 200))
  routes.openapi(changeProject, async (c) =>
    c.json(await projects.change(c.var.session, c.req.valid('param').projectId, c.req.valid('json')), 200),
  )
  routes.openapi(archiveProject, async (c) => {
    await projects.change(c.var.session, c.req.valid('param').projectId, { archived: true })
    return c.body(null, 204)
  })
  routes.openapi(readAudit, async (c) => {
    const { project } = await access.requireRole(c.var.session, c.req.valid('param').projectId, 'administer')
    return c.json(await audit.listOfProject(project.id, c.req.valid('query')), 200)
  })
  return routes
}
