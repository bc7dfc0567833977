// /api/projects/:projectId/versions: keep, list, read, name, compare, restore and delete versions of the spec.

import { createRoute, z } from '@hono/zod-openapi'
import { accepts } from 'hono/accepts'
import {
  createVersionRequest,
  listVersionsQuery,
  renameVersionRequest,
  restoreSchema,
  versionDiffQuery,
  versionDiffSchema,
  versionListSchema,
  versionSchema,
  versionTextSchema,
} from '../../shared/wire/versions.ts'
import type { Access } from '../projects/access.ts'
import type { Versions } from '../versions/versions.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, projectCodes, projectProblems, signedIn } from './routes-base.ts'

export interface VersionRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  versions: Versions
}

const inProject = z.object({ projectId: z.string() })
const ofVersion = inProject.extend({ versionId: z.string() })
/** What a version is made of must be committed, for which there may be no room at the moment. */
const makingProblems = problemAnswers(...projectCodes, 'too_many_versions', 'overloaded')

const listVersions = createRoute({
  method: 'get',
  path: '/',
  summary: 'Versions of the spec, newest first',
  security: signedIn,
  request: { params: inProject, query: listVersionsQuery },
  responses: { 200: jsonAnswer('A page of versions.', versionListSchema), ...projectProblems },
})

const createVersion = createRoute({
  method: 'post',
  path: '/',
  summary: 'Keep the text as it is now, for ever, under a name',
  security: signedIn,
  request: { params: inProject, body: jsonBody(createVersionRequest) },
  responses: { 201: jsonAnswer('The version.', versionSchema), ...makingProblems },
})

const readVersion = createRoute({
  method: 'get',
  path: '/{versionId}',
  summary: 'A version with its text; as text/markdown the text alone',
  security: signedIn,
  request: { params: ofVersion },
  responses: {
    200: {
      description: 'The version.',
      content: { 'application/json': { schema: versionTextSchema }, 'text/markdown': { schema: z.string() } },
    },
    ...projectProblems,
  },
})

const renameVersion = createRoute({
  method: 'patch',
  path: '/{versionId}',
  summary: 'Name a version, which keeps it for ever, or take its name away',
  security: signedIn,
  request: { params: ofVersion, body: jsonBody(renameVersionRequest) },
  responses: { 200: jsonAnswer('The version.', versionSchema), ...makingProblems },
})

const deleteVersion = createRoute({
  method: 'delete',
  path: '/{versionId}',
  summary: 'Delete a version (owner)',
  security: signedIn,
  request: { params: ofVersion },
  responses: { 204: { description: 'It is gone.' }, ...projectProblems },
})

const diffVersion = createRoute({
  method: 'get',
  path: '/{versionId}/diff',
  summary: 'The lines that differ between a version and another, or the live text',
  security: signedIn,
  request: { params: ofVersion, query: versionDiffQuery },
  responses: { 200: jsonAnswer('What differs, as in a unified diff.', versionDiffSchema), ...projectProblems },
})

const restoreVersion = createRoute({
  method: 'post',
  path: '/{versionId}/restore',
  summary: "Make the live text a version's again, by an edit that everyone sees; the state before is kept",
  security: signedIn,
  request: { params: ofVersion },
  responses: {
    200: jsonAnswer('What was restored, and the version that holds the text as it was before.', restoreSchema),
    ...problemAnswers(...projectCodes, 'document_full', 'overloaded', 'stale_epoch'),
  },
})

/** The routes, to be mounted at /api/projects/:projectId/versions. */
export function versionRoutes({ access, versions, sessions, publicUrl }: VersionRoutesDeps) {
  const routes = createRoutes()
  routes.use('*', requireSession({ sessions, publicUrl }), limitBody())

  routes.openapi(listVersions, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await versions.list(projectId, c.req.valid('query')), 200)
  })

  routes.openapi(createVersion, async (c) => {
    const { projectId } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'write')
    return c.json(await versions.create(projectId, { userId, name: c.req.valid('json').name }), 201)
  })

  routes.openapi(readVersion, async (c) => {
    const { projectId, versionId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    const version = await versions.read(projectId, versionId)
    const type = accepts(c, { header: 'Accept', supports: ['text/markdown', 'application/json'], default: 'application/json' })
    if (type === 'application/json') return c.json(version, 200)
    return c.body(version.markdown, 200, { 'content-type': 'text/markdown; charset=utf-8' })
  })

  routes.openapi(renameVersion, async (c) => {
    const { projectId, versionId } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'write')
    return c.json(await versions.rename(projectId, versionId, { userId, name: c.req.valid('json').name }), 200)
  })

  routes.openapi(deleteVersion, async (c) => {
    const { projectId, versionId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'administer')
    await versions.remove(projectId, versionId, c.var.session.userId)
    return c.body(null, 204)
  })

  routes.openapi(diffVersion, async (c) => {
    const { projectId, versionId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await versions.diff(projectId, versionId, c.req.valid('query').to), 200)
  })

  routes.openapi(restoreVersion, async (c) => {
    const { projectId, versionId } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'write')
    return c.json(await versions.restore(projectId, versionId, { userId }), 200)
  })
  return routes
}
