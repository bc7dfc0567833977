// What no route took: a path that is not there, or one that takes other methods.

import type { Context, Hono } from 'hono'
import { AppError } from '../../shared/errors.ts'
import type { AppEnv } from './app-env.ts'

/** Hono's not-found handler for `app`, whose routes are all registered when the first request comes. */
export function refuseUnmatched(app: Pick<Hono<AppEnv>, 'routes'>) {
  let table: { pattern: RegExp; method: string }[] | undefined
  return function refuseUnmatched(c: Context<AppEnv>): never {
    table ??= app.routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '/*')
      .map(({ method, path }) => ({ method, pattern: patternOf(path) }))
    const allow = new Set(table.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method))
    if (allow.has('GET')) allow.add('HEAD')
    if (allow.size > 0 && !allow.has(c.req.method)) throw new AppError('method_not_allowed', { details: { allow: [...allow].sort() } })
    throw new AppError('not_found', { message: 'There is nothing at this address.' })
  }
}

/** The routes of this API have literal segments and `:name` ones. */
function patternOf(path: string): RegExp {
  const segments = path.split('/').map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return new RegExp(`^${segments.join('/')}$`)
}
