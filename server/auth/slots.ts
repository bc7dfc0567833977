// Bounded concurrency with a bounded queue: so many at once, so many may wait, the rest are refused.

import { AppError } from '../../shared/errors.ts'

export interface SlotsOptions {
  atOnce: number
  waitingMax: number
}

/** Runs tasks first come, first served. */
export class Slots {
  readonly #atOnce: number
  readonly #waitingMax: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor({ atOnce, waitingMax }: SlotsOptions) {
    this.#atOnce = atOnce
    this.#waitingMax = waitingMax
  }

  /** Runs `task` when a slot is free and gives its result. Errors: rate_limited when the queue is full, and the task's own. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    await this.#enter()
    try {
      return await task()
    } finally {
      this.#leave()
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#atOnce) {
      this.#running++
      return
    }
    if (this.#waiting.length >= this.#waitingMax) throw new AppError('rate_limited', { details: { retryAfterMs: 1_000 } })
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #leave(): void {
    // The slot goes straight to the next in line, so that a newcomer cannot take it in between.
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running--
  }
}
