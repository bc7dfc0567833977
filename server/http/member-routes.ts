// /api/projects/:projectId/members and …/invitations: who is in a project, what they may do, and links that let people in.

import { createRoute, z } from '@hono/zod-openapi'
import { changeMemberRequest, openInvitationListSchema } from '../../shared/wire/members.ts'
import { createInvitationRequest, invitationSchema, memberListSchema, memberSchema } from '../../shared/wire/projects.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, projectCodes, projectProblems, signedIn } from './routes-base.ts'

const projectParams = z.object({ projectId: z.string() })
const memberParams = projectParams.extend({ userId: z.string() })
const invitationParams = projectParams.extend({ invitationId: z.string() })

const listMembers = createRoute({
  method: 'get',
  path: '/{projectId}/members',
  summary: 'The people in a project',
  security: signedIn,
  request: { params: projectParams },
  responses: { 200: jsonAnswer('All members, in the order they came.', memberListSchema), ...projectProblems },
})

const changeMember = createRoute({
  method: 'patch',
  path: '/{projectId}/members/{userId}',
  summary: 'Give a member another role (owner)',
  security: signedIn,
  request: { params: memberParams, body: jsonBody(changeMemberRequest) },
  responses: { 200: jsonAnswer('The member as they are now.', memberSchema), ...problemAnswers(...projectCodes, 'last_owner') },
})

const removeMember = createRoute({
  method: 'delete',
  path: '/{projectId}/members/{userId}',
  summary: 'Take a member out (owner), or leave',
  security: signedIn,
  request: { params: memberParams },
  responses: { 204: { description: 'They are not in it any more.' }, ...problemAnswers(...projectCodes, 'last_owner') },
})

const createInvitation = createRoute({
  method: 'post',
  path: '/{projectId}/invitations',
  summary: 'Make a link that lets people in (owner)',
  security: signedIn,
  request: { params: projectParams, body: jsonBody(createInvitationRequest) },
  responses: {
    201: jsonAnswer('The link; its token is shown this once.', invitationSchema),
    ...problemAnswers(...projectCodes, 'too_many_invitations', 'project_archived'),
  },
})

const listInvitations = createRoute({
  method: 'get',
  path: '/{projectId}/invitations',
  summary: 'Links that can still be used (owner)',
  security: signedIn,
  request: { params: projectParams },
  responses: { 200: jsonAnswer('All of them, the last made first.', openInvitationListSchema), ...projectProblems },
})

const withdrawInvitation = createRoute({
  method: 'delete',
  path: '/{projectId}/invitations/{invitationId}',
  summary: 'Withdraw a link (owner)',
  security: signedIn,
  request: { params: invitationParams },
  responses: { 204: { description: 'Nobody comes in by it any more.' }, ...problemAnswers(...projectCodes, 'invitation_not_found') },
})

/** The routes, to be mounted at /api/projects. */
export function memberRoutes({ members, invitations, sessions, publicUrl }: AppDeps) {
  const routes = createRoutes()
  for (const path of [
    '/:projectId/members',
    '/:projectId/members/:userId',
    '/:projectId/invitations',
    '/:projectId/invitations/:invitationId',
  ]) {
    routes.use(path, requireSession({ sessions, publicUrl }), limitBody())
  }
  routes.openapi(listMembers, async (c) => {
    const items = await members.list(c.var.session, c.req.valid('param').projectId)
    return c.json({ items, nextCursor: null }, 200)
  })
  routes.openapi(changeMember, async (c) => {
    const { projectId, userId } = c.req.valid('param')
    return c.json(await members.changeRole(c.var.session, projectId, { userId, ...c.req.valid('json') }), 200)
  })
  routes.openapi(removeMember, async (c) => {
    const { projectId, userId } = c.req.valid('param')
    await members.remove(c.var.session, projectId, userId)
    return c.body(null, 204)
  })
  routes.openapi(createInvitation, async (c) => {
    const { projectId } = c.req.valid('param')
    return c.json(await invitations.create(c.var.session, projectId, c.req.valid('json')), 201)
  })
  routes.openapi(listInvitations, async (c) => {
    const items = await invitations.listOpen(c.var.session, c.req.valid('param').projectId)
    return c.json({ items, nextCursor: null }, 200)
  })
  routes.openapi(withdrawInvitation, async (c) => {
    const { projectId, invitationId } = c.req.valid('param')
    await invitations.withdraw(c.var.session, projectId, invitationId)
    return c.body(null, 204)
  })
  return routes
}
