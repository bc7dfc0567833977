// Counts durations in buckets of 10 microseconds, cheaply enough for millions a second.

const bucketMs = 0.01
const buckets = 1_000_000

export interface Percentiles {
  count: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
}

/** A distribution of durations up to 10 s; longer ones count as 10 s, and the longest is kept as it is. */
export class Latency {
  readonly #counts = new Uint32Array(buckets)
  #count = 0
  #maxMs = 0

  record(durationMs: number): void {
    const bucket = Math.min(buckets - 1, Math.max(0, Math.floor(durationMs / bucketMs)))
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
    this.#count++
    if (durationMs > this.#maxMs) this.#maxMs = durationMs
  }

  reset(): void {
    this.#counts.fill(0)
    this.#count = 0
    this.#maxMs = 0
  }

  percentiles(): Percentiles {
    return { count: this.#count, p50Ms: this.#at(0.5), p95Ms: this.#at(0.95), p99Ms: this.#at(0.99), maxMs: this.#maxMs }
  }

  /** The duration below or at which `share` of all lie. */
  #at(share: number): number {
    const rank = Math.max(1, Math.ceil(this.#count * share))
    let seen = 0
    for (let bucket = 0; bucket < buckets; bucket++) {
      seen += this.#counts[bucket] ?? 0
      if (seen >= rank) return Math.min(this.#maxMs, (bucket + 1) * bucketMs)
    }
    return this.#maxMs
  }
}
