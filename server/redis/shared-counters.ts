// Limits that all nodes count together in Redis; while it is away or slow, each counts for itself.

import { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { Log } from '../base/log.ts'
import type { Counter, Rate } from '../base/rate-limits.ts'
import type { Service } from '../base/service.ts'
import { LeasingCounter, leaseOf } from './leasing-counter.ts'

/** A request waits no longer for its count: it is counted here then. */
const commandTimeoutMs = 250

export class SharedCounters implements Service {
  readonly name = 'shared-counters'
  readonly #redis: Redis

  constructor(url: string, log: Log) {
    this.#redis = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: commandTimeoutMs,
      // A Redis that hangs is left: nobody waits for it a second time until it answers a new connection.
      socketTimeout: commandTimeoutMs,
      connectTimeout: 3_000,
      connectionName: 'elenchus-counters',
      retryStrategy: (times) => Math.min(1_000, 50 * 2 ** Math.min(times, 5)) * (0.5 + Math.random() / 2),
    })
    this.#redis.on('error', (error: unknown) => log.debug({ err: error }, 'shared_counters.connection_failed'))
  }

  /** Begins to connect, and waits for nothing. */
  start(): void {
    // Its error is heard above, and it tries again by itself.
    this.#redis.connect().catch(() => undefined)
  }

  stop(): void {
    this.#redis.disconnect()
  }

  /** Makes the counter of a rate. */
  readonly make = ({ name, max, windowS }: Rate): Counter => {
    const counting = { keyPrefix: `elenchus:limit:${name}`, points: max, duration: windowS }
    const shared = new RateLimiterRedis({
      ...counting,
      storeClient: this.#redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(counting),
    })
    const points = leaseOf(max)
    return points === 1 ? shared : new LeasingCounter(shared, points)
  }
}
