// /api/projects/:projectId/events: what happened beside the text, for who was away.

import { createRoute, z } from '@hono/zod-openapi'
import { eventListSchema, eventsQuery } from '../../shared/wire/app-events.ts'
import type { Access } from '../projects/access.ts'
import type { AppEvents } from '../projects/app-events.ts'
import type { AppDeps } from './app-env.ts'
import { requireSession } from './middleware/require-session.ts'
import { createRoutes, jsonAnswer, projectProblems, signedIn } from './routes-base.ts'

export interface EventRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  appEvents: AppEvents
}

const readEvents = createRoute({
  method: 'get',
  path: '/',
  summary: 'What happened in a project beside its text, after an event',
  security: signedIn,
  request: { params: z.object({ projectId: z.string() }), query: eventsQuery },
  responses: { 200: jsonAnswer('Events in their order, and the number of the last there is.', eventListSchema), ...projectProblems },
})

/** The route, to be mounted at /api/projects/:projectId/events. */
export function eventRoutes({ access, appEvents, sessions, publicUrl }: EventRoutesDeps) {
  const routes = createRoutes()
  routes.use('*', requireSession({ sessions, publicUrl }))
  routes.openapi(readEvents, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    const { after, limit } = c.req.valid('query')
    return c.json(await appEvents.list(projectId, after, limit), 200)
  })
  return routes
}
