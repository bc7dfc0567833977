// A token bucket that slows down instead of refusing.

/** Lets `burst` go at once and `perSecond` from then on. */
export class TokenBucket {
  readonly #perMs: number
  readonly #burst: number
  #tokens: number
  #atMs: number

  constructor(perSecond: number, burst: number, nowMs: number) {
    this.#perMs = perSecond / 1000
    this.#burst = burst
    this.#tokens = burst
    this.#atMs = nowMs
  }

  /** Takes a token; gives how long to wait before the next, in ms: 0 while there are any left. */
  take(nowMs: number): number {
    this.#tokens = Math.min(this.#burst, this.#tokens + (nowMs - this.#atMs) * this.#perMs) - 1
    this.#atMs = nowMs
    return this.#tokens >= 0 ? 0 : -this.#tokens / this.#perMs
  }
}
