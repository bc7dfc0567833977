// How many requests one person, or one address without a session, may make.

import { createMiddleware } from 'hono/factory'
import { tokenFrom } from '../../auth/credentials.ts'
import { networkOf } from '../../auth/client-network.ts'
import type { Config } from '../../base/config.ts'
import type { RateLimits } from '../../base/rate-limits.ts'
import type { AppEnv, RequestAllowance } from '../app-env.ts'
import { clientAddress } from '../client-address.ts'

export interface LimitRequestsOptions {
  rateLimits: RateLimits
  config: Pick<Config, 'READS_PER_MINUTE' | 'WRITES_PER_MINUTE' | 'ANONYMOUS_REQUESTS_PER_MINUTE'>
}

/** Nobody asks here whose token it is, or better-auth does: with a token that is none they would not be counted at all. */
const withoutSession = /^\/api\/(?:auth\/|password-resets(?:\/|$)|invitations\/[^/]+$)/

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])
const windowS = 60

/** Counts requests without a token here, and leaves the others to `requireSession`, which knows whose token it is. */
export function limitRequests({ rateLimits, config }: LimitRequestsOptions) {
  const reads = rateLimits.of({ name: 'http_reads', max: config.READS_PER_MINUTE, windowS })
  const writes = rateLimits.of({ name: 'http_writes', max: config.WRITES_PER_MINUTE, windowS })
  const strangers = rateLimits.of({ name: 'http_anonymous', max: config.ANONYMOUS_REQUESTS_PER_MINUTE, windowS })
  return createMiddleware<AppEnv>(async function limitRequests(c, next) {
    const allowance: RequestAllowance = {
      admitPerson: (userId) => (reading.has(c.req.method) ? reads : writes).admit(userId),
      admitStranger: () => strangers.admit(networkOf(clientAddress(c))),
    }
    c.set('allowance', allowance)
    if (!tokenFrom(c.req.raw.headers) || withoutSession.test(c.req.path)) await allowance.admitStranger()
    await next()
  })
}
