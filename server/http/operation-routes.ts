// For those who run the server: is it alive, is it ready, what does it measure.

import { createHash, timingSafeEqual } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '../../shared/errors.ts'
import { tokenFrom } from '../auth/credentials.ts'
import type { Log } from '../base/log.ts'
import type { AppDeps, ReadinessCheck } from './app-env.ts'
import { isDirectFromLoopback } from './client-address.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer } from './routes-base.ts'

const checkTimeoutMs = 2_000

const readLiveness = createRoute({
  method: 'get',
  path: '/health/live',
  summary: 'Whether the process answers',
  responses: { 200: jsonAnswer('It does.', z.object({ status: z.literal('ok') })) },
})

const failing = z.array(z.string()).openapi({ description: 'Names of the checks that fail.' })
const degraded = z
  .array(z.string())
  .openapi({ description: 'What is away and can be done without for a while: `redis`, the way to other nodes.' })
const readReadiness = createRoute({
  method: 'get',
  path: '/health/ready',
  summary: 'Whether it can do its work',
  responses: {
    200: jsonAnswer('It can.', z.object({ status: z.literal('ok'), failing, degraded })),
    503: jsonAnswer('It cannot now.', z.object({ status: z.literal('unavailable'), failing, degraded })),
  },
})

const readMetrics = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'Measurements for Prometheus; from elsewhere than this machine with the bearer token METRICS_TOKEN',
  responses: {
    200: { description: 'The text format of Prometheus.', content: { 'text/plain': { schema: z.string() } } },
    ...problemAnswers('unauthenticated'),
  },
})

/** The routes, to be mounted at the root. */
export function operationRoutes({ config, log, metrics, readinessChecks }: AppDeps) {
  const routes = createRoutes()
  routes.openapi(readLiveness, (c) => c.json({ status: 'ok' as const }, 200))
  routes.openapi(readReadiness, async (c) => {
    const outcomes = await Promise.all(readinessChecks.map((check) => passes(check, log)))
    const failed = readinessChecks.filter((_, index) => !outcomes[index])
    const failing = failed.flatMap(({ name, isOptional = false }) => (isOptional ? [] : [name]))
    const degraded = failed.flatMap(({ name, isOptional = false }) => (isOptional ? [name] : []))
    c.header('cache-control', 'no-store')
    if (failing.length === 0) return c.json({ status: 'ok' as const, failing, degraded }, 200)
    return c.json({ status: 'unavailable' as const, failing, degraded }, 503)
  })
  routes.openapi(readMetrics, async (c) => {
    if (!isDirectFromLoopback(c)) requireMetricsToken(tokenFrom(c.req.raw.headers)?.token, config.METRICS_TOKEN)
    return c.text(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType, 'cache-control': 'no-store' })
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
