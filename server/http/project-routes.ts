// /api/projects: make, list and read projects, see who is in them, make a link that lets people in.

import { createRoute, z } from '@hono/zod-openapi'
import {
  createInvitationRequest,
  createProjectRequest,
  invitationSchema,
  listProjectsQuery,
  memberListSchema,
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

const listMembers = createRoute({
  method: 'get',
  path: '/{projectId}/members',
  summary: 'The people in a project',
  security: signedIn,
  request: { params: projectParams },
  responses: { 200: jsonAnswer('All members, in the order they came.', memberListSchema), ...projectProblems },
})

const createInvitation = createRoute({
  method: 'post',
  path: '/{projectId}/invitations',
  summary: 'Make a link that lets people in (owner)',
  security: signedIn,
  request: { params: projectParams, body: jsonBody(createInvitationRequest) },
  responses: {
    201: jsonAnswer('The link; its token is shown this once.', invitationSchema),
    ...problemAnswers(...projectCodes, 'too_many_invitations'),
  },
})

/** The routes, to be mounted at /api/projects. */
export function projectRoutes({ projects, invitations, sessions, publicUrl }: AppDeps) {
  const routes = createRoutes()
  for (const path of ['/', '/:projectId', '/:projectId/members', '/:projectId/invitations']) {
    routes.use(path, requireSession({ sessions, publicUrl }), limitBody())
  }
  routes.openapi(createProject, async (c) => c.json(await projects.create(c.var.session, c.req.valid('json')), 201))
  routes.openapi(listProjects, async (c) => c.json(await projects.list(c.var.session, c.req.valid('query')), 200))
  routes.openapi(readProject, async (c) => c.json(await projects.read(c.var.session, c.req.valid('param').projectId), 200))
  routes.openapi(listMembers, async (c) => {
    const items = await projects.members(c.var.session, c.req.valid('param').projectId)
    return c.json({ items, nextCursor: null }, 200)
  })
  routes.openapi(createInvitation, async (c) => {
    const { projectId } = c.req.valid('param')
    return c.json(await invitations.create(c.var.session, projectId, c.req.valid('json')), 201)
  })
  return routes
}
