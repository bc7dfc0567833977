// Who asks: a running session by bearer token or cookie, and for the cookie an origin of our own.

import { createMiddleware } from 'hono/factory'
import { AppError } from '../../../shared/errors.ts'
import { isAllowedOrigin, tokenFrom } from '../../auth/credentials.ts'
import type { Sessions } from '../../auth/sessions.ts'
import type { AppEnv } from '../app-env.ts'

export interface RequireSessionOptions {
  sessions: Sessions
  publicUrl: () => string
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Lets only signed-in people through and sets `session`. Errors: unauthenticated, origin_not_allowed, rate_limited, store_unavailable. */
export function requireSession({ sessions, publicUrl }: RequireSessionOptions) {
  return createMiddleware<AppEnv>(async function requireSession(c, next) {
    const credential = tokenFrom(c.req.raw.headers)
    if (!credential) throw new AppError('unauthenticated')
    // A browser sends the cookie along with whatever page asks it to; a token is sent only by who holds it.
    if (credential.via === 'cookie' && !readingMethods.has(c.req.method) && !isAllowedOrigin(c.req.header('origin'), publicUrl())) {
      throw new AppError('origin_not_allowed')
    }
    const session = await sessions.resolve(credential.token)
    if (!session) {
      await c.var.allowance.admitStranger()
      throw new AppError('unauthenticated')
    }
    await c.var.allowance.admitPerson(session.userId)
    c.set('session', session)
    await next()
  })
}
