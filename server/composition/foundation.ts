// What every part stands on: settings, log, metrics and an open, migrated database.

import { join } from 'node:path'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import { createMetrics, type Metrics } from '../base/metrics.ts'
import { RateLimits } from '../base/rate-limits.ts'
import type { ServiceGroup } from '../base/service.ts'
import { SharedCounters } from '../redis/shared-counters.ts'
import { createDatabase, type Database } from '../store/database.ts'
import { EmbeddedPostgres } from '../store/embedded-postgres.ts'
import { migrate } from '../store/migrations.ts'

/** Given to the makers of all other parts. */
export interface Foundation {
  config: Config
  log: Log
  metrics: Metrics
  /** Limits that count in this process, or in Redis where there is one. */
  rateLimits: RateLimits
  database: Database
  /** For what needs a connection of its own. */
  databaseUrl: string
}

/** Opens the database; without `DATABASE_URL` the embedded one is started in `group` first. Throws what keeps it from being reached or migrated. */
export async function layFoundation(config: Config, log: Log, group: ServiceGroup): Promise<Foundation> {
  const metrics = createMetrics()
  const databaseUrl = config.DATABASE_URL ?? (await startEmbedded(config, log, group))
  await migrate({ url: databaseUrl, folder: join(import.meta.dirname, '../../sql'), log })
  const rateLimits = await openRateLimits(config, log, group)
  return { config, log, metrics, rateLimits, database: openDatabase(databaseUrl, { config, log, metrics }), databaseUrl }
}

async function openRateLimits({ REDIS_URL }: Config, log: Log, group: ServiceGroup): Promise<RateLimits> {
  if (REDIS_URL === undefined) return new RateLimits()
  const counters = new SharedCounters(REDIS_URL, log)
  await group.start(counters)
  return new RateLimits(counters.make)
}

/** The pool, as the settings want it. */
export function openDatabase(url: string, { config, log, metrics }: Pick<Foundation, 'config' | 'log' | 'metrics'>): Database {
  return createDatabase({
    url,
    poolSize: config.DATABASE_POOL_SIZE,
    queueMax: config.DATABASE_QUEUE_MAX,
    statementTimeoutMs: config.STATEMENT_TIMEOUT_MS,
    slowStatementMs: config.SLOW_STATEMENT_MS,
    log,
    metrics,
  })
}

async function startEmbedded(config: Config, log: Log, group: ServiceGroup): Promise<string> {
  const embedded = new EmbeddedPostgres({ dataDir: config.DATA_DIR, log })
  await group.start(embedded)
  return embedded.url
}
