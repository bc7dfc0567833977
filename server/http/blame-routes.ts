// /api/projects/:projectId/spec/blame: who wrote which line.

import { createRoute, z } from '@hono/zod-openapi'
import { blameSchema } from '../../shared/wire/versions.ts'
import type { Access } from '../projects/access.ts'
import type { Blames } from '../versions/blame.ts'
import type { AppDeps } from './app-env.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, projectCodes, signedIn } from './routes-base.ts'

export interface BlameRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  blames: Blames
}

const readBlame = createRoute({
  method: 'get',
  path: '/',
  summary: 'Who wrote which line of the spec, and when',
  security: signedIn,
  request: { params: z.object({ projectId: z.string() }) },
  responses: {
    200: jsonAnswer('The lines of the live text, each with who wrote in it last.', blameSchema),
    ...problemAnswers(...projectCodes, 'overloaded'),
  },
})

/** The route, to be mounted at /api/projects/:projectId/spec/blame. */
export function blameRoutes({ access, blames, sessions, publicUrl }: BlameRoutesDeps) {
  const routes = createRoutes()
  routes.use('*', requireSession({ sessions, publicUrl }))
  routes.openapi(readBlame, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await blames.read(projectId), 200)
  })
  return routes
}
