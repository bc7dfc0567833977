// /api/projects/:projectId/messages, …/questions and …/interview: the conversation, and what people do with it.

import { createRoute, z } from '@hono/zod-openapi'
import { may } from '../../shared/domain/roles.ts'
import {
  askedSchema,
  askRequest,
  interviewModes,
  listMessagesQuery,
  messageListSchema,
  messageSchema,
  modeRequest,
  sayRequest,
} from '../../shared/wire/interview.ts'
import type { Interview } from '../interview/interview.ts'
import type { Access } from '../projects/access.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, projectCodes, signedIn } from './routes-base.ts'

export interface InterviewRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  interview: Interview
}

const inProject = z.object({ projectId: z.string() })
const ofMessage = inProject.extend({ messageId: z.uuid() })
const readCodes = [...projectCodes, 'overloaded'] as const
const askCodes = [...readCodes, 'project_archived', 'rate_limited'] as const

const listMessages = createRoute({
  method: 'get',
  path: '/messages',
  summary: 'The conversation, the newest page first',
  security: signedIn,
  request: { params: inProject, query: listMessagesQuery },
  responses: { 200: jsonAnswer('A page of messages, oldest first, and the mode.', messageListSchema), ...problemAnswers(...readCodes) },
})

const askQuestion = createRoute({
  method: 'post',
  path: '/questions',
  summary: 'Have the next question asked; while one is open, that one',
  security: signedIn,
  request: { params: inProject, body: jsonBody(askRequest) },
  responses: { 201: jsonAnswer('The message whose words come over the socket.', askedSchema), ...problemAnswers(...askCodes) },
})

const sayWords = createRoute({
  method: 'post',
  path: '/messages',
  summary: 'Answer the open question, or write freely',
  security: signedIn,
  request: { params: inProject, body: jsonBody(sayRequest) },
  responses: { 201: jsonAnswer('The message.', askedSchema), ...problemAnswers(...askCodes) },
})

const stopMessage = createRoute({
  method: 'post',
  path: '/messages/{messageId}/stop',
  summary: 'End a message that waits or is being written, whoever asked for it',
  security: signedIn,
  request: { params: ofMessage },
  responses: { 200: jsonAnswer('The message at that moment.', messageSchema), ...problemAnswers(...askCodes, 'message_ended') },
})

const retryMessage = createRoute({
  method: 'post',
  path: '/messages/{messageId}/retry',
  summary: 'Have another message written in place of one that ended early',
  security: signedIn,
  request: { params: ofMessage },
  responses: { 201: jsonAnswer('The new message.', askedSchema), ...problemAnswers(...askCodes, 'message_not_cut') },
})

const continueMessage = createRoute({
  method: 'post',
  path: '/messages/{messageId}/continue',
  summary: 'Have a message that ended early go on from its text',
  security: signedIn,
  request: { params: ofMessage },
  responses: { 200: jsonAnswer('The same message.', askedSchema), ...problemAnswers(...askCodes, 'message_not_cut') },
})

const skipMessage = createRoute({
  method: 'post',
  path: '/messages/{messageId}/skip',
  summary: 'Pass over the open question; another follows',
  security: signedIn,
  request: { params: ofMessage },
  responses: { 200: jsonAnswer('The question.', messageSchema), ...problemAnswers(...askCodes, 'message_not_open') },
})

const changeMode = createRoute({
  method: 'patch',
  path: '/interview',
  summary: 'Switch between being asked and writing freely, for everyone',
  security: signedIn,
  request: { params: inProject, body: jsonBody(modeRequest) },
  responses: { 200: jsonAnswer('The mode.', z.object({ mode: z.enum(interviewModes) })), ...problemAnswers(...askCodes) },
})

/** The routes, to be mounted at /api/projects/:projectId. */
export function interviewRoutes({ access, interview, sessions, publicUrl }: InterviewRoutesDeps) {
  const routes = createRoutes()
  const signedInOnly = requireSession({ sessions, publicUrl })
  for (const path of ['/messages', '/messages/*', '/questions', '/interview']) routes.use(path, signedInOnly, limitBody())

  routes.openapi(listMessages, async (c) => {
    const { projectId } = c.req.valid('param')
    const { before, limit } = c.req.valid('query')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await interview.list(projectId, before, limit), 200)
  })

  routes.openapi(askQuestion, async (c) => {
    const { projectId } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'answer')
    return c.json(await interview.ask({ projectId, userId, requestId: c.req.valid('json').requestId }), 201)
  })

  routes.openapi(sayWords, async (c) => {
    const { projectId } = c.req.valid('param')
    const { userId } = c.var.session
    const { text, requestId } = c.req.valid('json')
    const { role } = await access.requireRole(c.var.session, projectId, 'answer')
    return c.json(await interview.say({ projectId, userId, requestId }, { text, mayWrite: may(role, 'write') }), 201)
  })

  routes.openapi(stopMessage, async (c) => {
    const { projectId, messageId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'answer')
    return c.json(await interview.stop(projectId, messageId), 200)
  })

  routes.openapi(retryMessage, async (c) => {
    const { projectId, messageId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'answer')
    return c.json(await interview.retry(projectId, messageId, c.var.session.userId), 201)
  })

  routes.openapi(continueMessage, async (c) => {
    const { projectId, messageId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'answer')
    return c.json(await interview.goOn(projectId, messageId, c.var.session.userId), 200)
  })

  routes.openapi(skipMessage, async (c) => {
    const { projectId, messageId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'answer')
    return c.json(await interview.skip(projectId, messageId, c.var.session.userId), 200)
  })

  routes.openapi(changeMode, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'write')
    return c.json(await interview.setMode(projectId, c.req.valid('json').mode), 200)
  })
  return routes
}
