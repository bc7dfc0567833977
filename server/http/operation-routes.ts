// For those who run the server: is it alive, is it ready, what does it measure.

import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import { tokenFrom } from '../auth/credentials.ts'
import type { Log } from '../base/log.ts'
import type { AppDeps, ReadinessCheck } from './app-env.ts'
import { isDirectFromLoopback } from './client-address.ts'
import { createRoutes } from './routes-base.ts'

const checkTimeoutMs = 2_000

/** The routes, to be mounted at the root. */
export function operationRoutes({ config, log, metrics, readinessChecks }: AppDeps) {
  const routes = createRoutes()
  routes.get('/health/live', (c) => c.json({ status: 'ok' }))
  routes.get('/health/ready', async (c) => {
    const outcomes = await Promise.all(readinessChecks.map((check) => passes(check, log)))
    const failing = readinessChecks.filter((_, index) => !outcomes[index]).map(({ name }) => name)
    c.header('cache-control', 'no-store')
    return failing.length === 0 ? c.json({ status: 'ok', failing }, 200) : c.json({ status: 'unavailable', failing }, 503)
  })
  routes.get('/metrics', async (c) => {
    if (!isDirectFromLoopback(c)) requireMetricsToken(tokenFrom(c.req.raw.headers)?.token, config.METRICS_TOKEN)
    c.header('content-type', metrics.registry.contentType)
    c.header('cache-control', 'no-store')
    return c.body(await metrics.registry.metrics())
  })
  return routes
}

async function passes({ name, check }: ReadinessCheck, log: Log): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), checkTimeoutMs)
  })
  try {
    return await Promise.race([Promise.resolve(check()), timeout])
  } catch (error) {
    log.warn({ check: name, err: error }, 'health.check_failed')
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** Compared by hash, so that neither length nor content shows in the time it takes. */
function requireMetricsToken(given: string | undefined, wanted: string | undefined): void {
  const isRight = given !== undefined && wanted !== undefined && timingSafeEqual(sha256(given), sha256(wanted))
  if (!isRight)
    throw new AppError('unauthenticated', { message: 'Metrics are read from this machine, or with the bearer token METRICS_TOKEN.' })
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}
