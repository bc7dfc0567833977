// A counter in Redis that is asked once for many: a node takes a hundredth of what is allowed at a time, and hands it out by itself.

import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Counter } from '../base/rate-limits.ts'

interface Lease {
  left: number
  untilMs: number
}

/** So many leases are in a limit: what a node took and did not use is as small a part of it. */
const leasesPerLimit = 100
/** People and addresses that are remembered; the oldest is forgotten past it, and its lease taken anew. */
const maxLeases = 50_000

/** How many a node takes at a time; a small limit is counted one by one. */
export function leaseOf(max: number): number {
  return Math.max(1, Math.floor(max / leasesPerLimit))
}

/** INVARIANT: all nodes together let through no more than the limit. Near its end a node that asks for a whole lease is refused up to one lease early. */
export class LeasingCounter implements Counter {
  readonly #counter: Counter
  readonly #points: number
  readonly #leases = new Map<string, Lease>()
  readonly #underWay = new Map<string, Promise<void>>()

  constructor(counter: Pick<RateLimiterAbstract, 'consume' | 'penalty' | 'get'>, points: number) {
    this.#counter = counter
    this.#points = points
  }

  async consume(key: string): Promise<RateLimiterRes> {
    for (;;) {
      const lease = this.#leases.get(key)
      const msBeforeNext = (lease?.untilMs ?? 0) - performance.now()
      if (lease && lease.left > 0 && msBeforeNext > 0) {
        lease.left--
        return new RateLimiterRes(lease.left, msBeforeNext)
      }
      // Those who ask meanwhile share what comes; a refusal is everybody's.
      await (this.#underWay.get(key) ?? this.#take(key))
    }
  }

  penalty(key: string): Promise<RateLimiterRes> {
    return this.#counter.penalty(key)
  }

  get(key: string): Promise<RateLimiterRes | null> {
    return this.#counter.get(key)
  }

  #take(key: string): Promise<void> {
    const taken = this.#ask(key).finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, taken)
    return taken
  }

  async #ask(key: string): Promise<void> {
    const { msBeforeNext } = await this.#counter.consume(key, this.#points)
    this.#leases.delete(key)
    this.#leases.set(key, { left: this.#points, untilMs: performance.now() + msBeforeNext })
    const [oldest] = this.#leases.keys()
    if (this.#leases.size > maxLeases && oldest !== undefined) this.#leases.delete(oldest)
  }
}
