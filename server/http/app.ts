// The HTTP application: middlewares in order, then routes by subject, then the page.

import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppDeps, AppEnv } from './app-env.ts'
import { accountAuditRoutes } from './account-audit-routes.ts'
import { accountRoutes } from './account-routes.ts'
import { apiTokenRoutes } from './api-token-routes.ts'
import { authRoutes } from './auth-routes.ts'
import { rememberAddress } from './client-address.ts'
import { handleFailures } from './failures.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { memberRoutes } from './member-routes.ts'
import { limitRequests } from './middleware/limit-requests.ts'
import { measureRequests } from './middleware/measure-requests.ts'
import { refuseEncodedBodies } from './middleware/refuse-encoded-bodies.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { describeApi } from './openapi.ts'
import { operationRoutes } from './operation-routes.ts'
import { memberResetRoutes, passwordResetRoutes } from './password-reset-routes.ts'
import { projectRoutes } from './project-routes.ts'
import { createRoutes } from './routes-base.ts'
import { servePage } from './static-files.ts'
import { refuseUnmatched } from './unmatched.ts'

/** Builds the application; it listens to nothing by itself. */
export function createApp(deps: AppDeps): OpenAPIHono<AppEnv> {
  const { config, log, metrics, publicUrl, staticDir } = deps
  const app = createRoutes()
  app.use(measureRequests({ log, metrics, slowMs: config.SLOW_REQUEST_MS }))
  app.use(securityHeaders({ publicUrl }))
  app.use(rememberAddress({ trustProxy: config.TRUST_PROXY }))
  app.use('/api/*', limitRequests({ rateLimits: deps.rateLimits, config }), refuseEncodedBodies())
  app.route('/', operationRoutes(deps))
  app.route('/api/auth', authRoutes(deps))
  app.route('/api/account', accountRoutes(deps))
  app.route('/api/account/tokens', apiTokenRoutes(deps))
  app.route('/api/account/audit', accountAuditRoutes(deps))
  app.route('/api/projects', projectRoutes(deps))
  app.route('/api/projects', memberRoutes(deps))
  app.route('/api/projects', memberResetRoutes(deps))
  app.route('/api/password-resets', passwordResetRoutes(deps))
  app.route('/api/invitations', invitationRoutes(deps))
  for (const { path, routes } of deps.extraRoutes ?? []) app.route(path, routes)
  describeApi(app)
  if (staticDir !== null) app.get('/*', servePage({ staticDir, publicUrl }))
  app.onError(handleFailures({ log, metrics }))
  app.notFound(refuseUnmatched(app))
  return app
}
