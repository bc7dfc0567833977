// Notices that something is missing from what the server sent, asks for it a few times, and tells once when nobody has it.

import { backoffMs } from '../../shared/backoff.ts'

export interface GapWatchOptions {
  /** Whether the document holds changes that wait for others. */
  hasGap: () => boolean
  /** Asks the server for what is missing. */
  ask: () => void
  /** Told once for each gap that stayed open. */
  onGap: () => void
  random: () => number
}

/** After this many questions nobody seems to have it; the next join asks once more anyway. */
const maxAsks = 4
const firstAskMs = 250
const maxAskMs = 5_000

/** Watches one document. */
export class GapWatch {
  readonly #options: GapWatchOptions
  #isDoubted = false
  #asks = 0
  #isReported = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: GapWatchOptions) {
    this.#options = options
  }

  /** Something that came could not be used: only a step 2 can settle that. */
  doubt(): void {
    this.#isDoubted = true
    this.#askLater()
  }

  /** Call it after each change from the server; `isStep2` when it was the answer to a question. */
  check(isStep2: boolean): void {
    if (isStep2) this.#isDoubted = false
    if (this.#options.hasGap() || this.#isDoubted) {
      this.#askLater()
    } else {
      this.stop()
      this.#asks = 0
      this.#isReported = false
    }
  }

  /** Asks no more for now; how often was asked stays counted, so that reconnecting does not make it a loop. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #askLater(): void {
    if (this.#timer !== undefined) return
    if (this.#asks >= maxAsks) {
      this.#report()
      return
    }
    this.#asks++
    const waitMs = backoffMs(this.#asks, { firstMs: firstAskMs, maxMs: maxAskMs, random: this.#options.random })
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#options.ask()
    }, waitMs)
  }

  #report(): void {
    if (!this.#isReported) {
      this.#isReported = true
      this.#options.onGap()
    }
  }
}
