// /api/projects/:projectId/quality, …/phase and …/notices: how good the spec is, the ways on, and the project's own figures.

import { createRoute, z } from '@hono/zod-openapi'
import {
  changePhaseRequest,
  changeTablesRequest,
  pathsQuery,
  pathsSchema,
  qualityReportSchema,
  tablesAnswerSchema,
} from '../../shared/wire/quality.ts'
import type { Access } from '../projects/access.ts'
import type { OwnFigures } from '../quality/own-figures.ts'
import type { PhaseChanges } from '../quality/phase-changes.ts'
import type { Qualities } from '../quality/quality.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, projectCodes, signedIn } from './routes-base.ts'

export interface QualityRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  qualities: Qualities
  phaseChanges: PhaseChanges
  ownFigures: OwnFigures
}

const inProject = z.object({ projectId: z.string() })
const qualityProblems = problemAnswers(...projectCodes, 'overloaded')
const writeProblems = problemAnswers(...projectCodes, 'overloaded', 'project_archived')

const readQuality = createRoute({
  method: 'get',
  path: '/quality',
  summary: 'How good the spec is: maturity, categories, gates, what lifts it most, notices, and how the phase came about',
  security: signedIn,
  request: { params: inProject },
  responses: { 200: jsonAnswer('The quality of the text as it is now.', qualityReportSchema), ...qualityProblems },
})

const readPaths = createRoute({
  method: 'get',
  path: '/quality/paths',
  summary: 'The ways to a goal, compared by effort now, probability and cost of rework, expected total and risk',
  security: signedIn,
  request: { params: inProject, query: pathsQuery },
  responses: { 200: jsonAnswer('The ways on, and which is recommended for what reason.', pathsSchema), ...qualityProblems },
})

const readTables = createRoute({
  method: 'get',
  path: '/quality/tables',
  summary: 'The figures behind all of this as they hold in the project',
  security: signedIn,
  request: { params: inProject },
  responses: { 200: jsonAnswer('The figures, and which of them are its own.', tablesAnswerSchema), ...qualityProblems },
})

const changeTables = createRoute({
  method: 'patch',
  path: '/quality/tables',
  summary: 'Give the project figures of its own, for everyone in it (owner)',
  security: signedIn,
  request: { params: inProject, body: jsonBody(changeTablesRequest) },
  responses: { 200: jsonAnswer('The figures as they hold now.', tablesAnswerSchema), ...writeProblems },
})

const changePhase = createRoute({
  method: 'post',
  path: '/phase',
  summary: 'Go to another phase, for everyone; an owner passes a closed gate with a written reason',
  security: signedIn,
  request: { params: inProject, body: jsonBody(changePhaseRequest) },
  responses: {
    200: jsonAnswer('The quality in the new phase.', qualityReportSchema),
    ...problemAnswers(...projectCodes, 'overloaded', 'project_archived', 'gate_closed', 'phase_changed'),
  },
})

const dismissNotice = createRoute({
  method: 'post',
  path: '/notices/{noticeId}/dismiss',
  summary: 'Hear no more of a notice, for everyone, until there is new evidence',
  security: signedIn,
  request: { params: inProject.extend({ noticeId: z.string().max(200) }) },
  responses: {
    200: jsonAnswer('The quality without it.', qualityReportSchema),
    ...problemAnswers(...projectCodes, 'overloaded', 'project_archived', 'notice_not_found'),
  },
})

/** The routes, to be mounted at /api/projects/:projectId. */
export function qualityRoutes({ access, qualities, phaseChanges, ownFigures, sessions, publicUrl }: QualityRoutesDeps) {
  const routes = createRoutes()
  const signedInOnly = requireSession({ sessions, publicUrl })
  for (const path of ['/quality', '/quality/*', '/phase', '/notices/*']) routes.use(path, signedInOnly, limitBody())

  routes.openapi(readQuality, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await qualities.of(projectId), 200)
  })

  routes.openapi(readPaths, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await qualities.paths(projectId, c.req.valid('query').goal), 200)
  })

  routes.openapi(readTables, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await ownFigures.read(projectId), 200)
  })

  routes.openapi(changeTables, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'administer')
    return c.json(await ownFigures.change(projectId, c.req.valid('json'), c.var.session.userId), 200)
  })

  routes.openapi(changePhase, async (c) => {
    const { projectId } = c.req.valid('param')
    const { to, override } = c.req.valid('json')
    await access.requireRole(c.var.session, projectId, 'write')
    if (override) await access.requireRole(c.var.session, projectId, 'administer')
    return c.json(await phaseChanges.change(projectId, { to, byId: c.var.session.userId, reason: override?.reason ?? null }), 200)
  })

  routes.openapi(dismissNotice, async (c) => {
    const { projectId, noticeId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'write')
    return c.json(await qualities.dismiss(projectId, noticeId, c.var.session.userId), 200)
  })

  return routes
}
