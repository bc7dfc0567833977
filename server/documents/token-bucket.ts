// A token bucket, for those who slow down and those who refuse.

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
    this.#refill(nowMs)
    this.#tokens--
    return this.#tokens >= 0 ? 0 : -this.#tokens / this.#perMs
  }

  /** Takes a token if there is one; who is refused owes nothing. */
  tryTake(nowMs: number): boolean {
    this.#refill(nowMs)
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }

  #refill(nowMs: number): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + (nowMs - this.#atMs) * this.#perMs)
    this.#atMs = nowMs
  }
}
