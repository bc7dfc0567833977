// /api/projects/:projectId/proposals: what the interview proposes as items, accepted or rejected.

import { createRoute, z } from '@hono/zod-openapi'
import {
  acceptAllSchema,
  acceptProposalRequest,
  listProposalsQuery,
  proposalListSchema,
  proposalSchema,
} from '../../shared/wire/interview.ts'
import type { Proposals } from '../interview/proposals.ts'
import type { Access } from '../projects/access.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, projectCodes, signedIn } from './routes-base.ts'

export interface ProposalRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  proposals: Proposals
}

const inProject = z.object({ projectId: z.string() })
const ofProposal = inProject.extend({ proposalId: z.uuid() })
const readCodes = [...projectCodes, 'overloaded'] as const
const decideCodes = [...readCodes, 'project_archived', 'proposal_decided'] as const
const writeCodes = [...decideCodes, 'item_not_writable', 'document_full', 'stale_epoch'] as const

const listProposals = createRoute({
  method: 'get',
  path: '/',
  summary: 'Proposals that wait for a decision, oldest first',
  security: signedIn,
  request: { params: inProject, query: listProposalsQuery },
  responses: { 200: jsonAnswer('A page of open proposals.', proposalListSchema), ...problemAnswers(...readCodes) },
})

const acceptAll = createRoute({
  method: 'post',
  path: '/accept-all',
  summary: 'Write all open proposals into the document, the first 200 of them',
  security: signedIn,
  request: { params: inProject },
  responses: { 200: jsonAnswer('How many were written, and how many could not be.', acceptAllSchema), ...problemAnswers(...writeCodes) },
})

const acceptProposal = createRoute({
  method: 'post',
  path: '/{proposalId}/accept',
  summary: 'Write a proposal into the document, in other words if wanted',
  security: signedIn,
  request: { params: ofProposal, body: jsonBody(acceptProposalRequest) },
  responses: { 200: jsonAnswer('The proposal.', proposalSchema), ...problemAnswers(...writeCodes) },
})

const rejectProposal = createRoute({
  method: 'post',
  path: '/{proposalId}/reject',
  summary: 'Let a proposal go',
  security: signedIn,
  request: { params: ofProposal },
  responses: { 200: jsonAnswer('The proposal.', proposalSchema), ...problemAnswers(...decideCodes) },
})

/** The routes, to be mounted at /api/projects/:projectId/proposals. */
export function proposalRoutes({ access, proposals, sessions, publicUrl }: ProposalRoutesDeps) {
  const routes = createRoutes()
  routes.use('*', requireSession({ sessions, publicUrl }), limitBody())

  routes.openapi(listProposals, async (c) => {
    const { projectId } = c.req.valid('param')
    const { cursor = 0, limit } = c.req.valid('query')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await proposals.list(projectId, cursor, limit), 200)
  })

  routes.openapi(acceptAll, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'write')
    return c.json(await proposals.acceptAll(projectId, c.var.session.userId), 200)
  })

  routes.openapi(acceptProposal, async (c) => {
    const { projectId, proposalId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'write')
    return c.json(await proposals.accept(projectId, proposalId, { userId: c.var.session.userId, ...c.req.valid('json') }), 200)
  })

  routes.openapi(rejectProposal, async (c) => {
    const { projectId, proposalId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'write')
    return c.json(await proposals.reject(projectId, proposalId, c.var.session.userId), 200)
  })
  return routes
}
