// Each request measured by its route pattern; slow ones logged, without the secrets that stand in addresses.

import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import { redactUrl, type Log } from '../../base/log.ts'
import { observeMs, type Metrics } from '../../base/metrics.ts'
import type { AppEnv } from '../app-env.ts'

export interface MeasureRequestsOptions {
  log: Log
  metrics: Metrics
  slowMs: number
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Measures every request; must be the outermost middleware. */
export function measureRequests({ log, metrics, slowMs }: MeasureRequestsOptions) {
  return createMiddleware<AppEnv>(async function measureRequests(c, next) {
    const startedAt = performance.now()
    await next()
    const durationMs = performance.now() - startedAt
    const labels = {
      method: knownMethods.has(c.req.method) ? c.req.method : 'other',
      endpoint: endpointOf(c),
      status: String(c.res.status),
    }
    observeMs(metrics.httpRequestSeconds, durationMs, labels)
    const fields = { ...labels, url: loggedUrl(c.req.url), durationMs: Math.round(durationMs) }
    if (durationMs > slowMs) log.warn(fields, 'http.slow_request')
    else log.debug(fields, 'http.request')
  })
}

/** The pattern of the route that answered: never the path, whose ids would make a series each. */
function endpointOf(c: Context<AppEnv>): string {
  const route = matchedRoutes(c).find(({ method }) => method !== 'ALL')
  if (!route) return 'unmatched'
  if (route.path !== '/*') return route.path
  return c.res.status === 404 ? 'unmatched' : 'page'
}

/** Addresses that end in the token of a link: an invitation, a new password. */
const linkToken = /^(\/api\/invitations|\/invite|\/api\/password-resets|\/reset)\/[^/?#]+/

/** An address for the log: no session token, no token of a link. */
export function loggedUrl(url: string): string {
  const { pathname, search } = new URL(url)
  return redactUrl(`${pathname}${search}`).replace(linkToken, '$1/[redacted]')
}
