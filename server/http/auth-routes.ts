// /api/auth: better-auth's own routes, those that are served.

import { authPaths } from '../auth/auth-service.ts'
import type { AppDeps } from './app-env.ts'
import { authDescriptions } from './auth-descriptions.ts'
import { clientAddress } from './client-address.ts'
import { limitBody } from './middleware/limit-body.ts'
import { createRoutes } from './routes-base.ts'

/** A name, an email, a password: what is larger is no sign-in. */
const authMaxBytes = 16 * 1024

/** The routes, to be mounted at /api/auth; each is registered by its path, so that metrics tell them apart. */
export function authRoutes({ auth }: AppDeps) {
  const routes = createRoutes()
  routes.use('*', limitBody(authMaxBytes))
  for (const description of authDescriptions) routes.openAPIRegistry.registerPath(description)
  for (const [method, paths] of Object.entries(authPaths)) {
    routes.on(method, [...paths], (c) => auth.handle(c.req.raw, clientAddress(c)))
  }
  return routes
}
