// Headers that tell a browser what it must not do with our answers.

import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../app-env.ts'

/** For everything that is no page: it loads nothing and is framed nowhere. */
const apiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** The policy of a page: all from here, no inline script or style but what carries the response's nonce. */
export function pagePolicy(nonce: string, publicUrl: string): string {
  const { host, protocol } = new URL(publicUrl)
  // Browsers from before 2022 do not count a socket to the same host as 'self'.
  const sockets = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    `connect-src 'self' ${sockets}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Sets the headers on every answer; a page's own policy stays. */
export function securityHeaders({ publicUrl }: { publicUrl: () => string }) {
  return createMiddleware<AppEnv>(async function securityHeaders(c, next) {
    await next()
    const { headers } = c.res
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', apiPolicy)
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('cross-origin-resource-policy', 'same-origin')
    if (publicUrl().startsWith('https:')) headers.set('strict-transport-security', 'max-age=31536000')
    if (c.req.path.startsWith('/api/')) headers.set('cache-control', 'no-store')
  })
}
