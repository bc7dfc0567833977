// /api/projects/:projectId/activity: who did what.

import { createRoute, z } from '@hono/zod-openapi'
import { activityListSchema, activityQuery } from '../../shared/wire/activity.ts'
import type { Activities } from '../audit/activities.ts'
import type { Access } from '../projects/access.ts'
import type { AppDeps } from './app-env.ts'
import { requireSession } from './middleware/require-session.ts'
import { createRoutes, jsonAnswer, projectProblems, signedIn } from './routes-base.ts'

export interface ActivityRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  activities: Activities
}

const listActivity = createRoute({
  method: 'get',
  path: '/',
  summary: 'Who did what in a project, newest first',
  security: signedIn,
  request: { params: z.object({ projectId: z.string() }), query: activityQuery },
  responses: { 200: jsonAnswer('A page of the feed.', activityListSchema), ...projectProblems },
})

/** The route, to be mounted at /api/projects/:projectId/activity. */
export function activityRoutes({ access, activities, sessions, publicUrl }: ActivityRoutesDeps) {
  const routes = createRoutes()
  routes.use('*', requireSession({ sessions, publicUrl }))
  routes.openapi(listActivity, async (c) => {
    const { project } = await access.requireRole(c.var.session, c.req.valid('param').projectId, 'read')
    return c.json(await activities.list(project.id, c.req.valid('query')), 200)
  })
  return routes
}
