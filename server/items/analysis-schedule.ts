// When a document is analysed: soon after its own changes pause, and after others' only if nobody else did.

import { backoffMs } from '../../shared/backoff.ts'

export interface AnalysisTiming {
  /** After so long without a change, */
  pauseMs: number
  /** and, while people type on, at the latest after so long; sooner the quicker the last one was. */
  longestMs: number
  /** What another node brought is its to analyse; it is looked at when nothing came for so long. */
  peerPauseMs: number
  retry: { firstMs: number; maxMs: number }
}

export const usualTiming: AnalysisTiming = {
  pauseMs: 150,
  longestMs: 500,
  peerPauseMs: 3_000,
  retry: { firstMs: 250, maxMs: 10_000 },
}

export interface ScheduledWork {
  /** Analyses; what fails is tried again. */
  analyse: () => Promise<void>
  /** Asked after a while of quiet: whether nobody has analysed the text as it is. */
  isLeftOver: () => Promise<boolean>
  /** For how long nothing is analysed after the last time. */
  restMs: () => number
  onFailure: (error: unknown) => void
}

/** While people type on, analyses take a tenth of the time at most, and the pause and the longest wait bound that. */
const waitPerAnalysis = 10

/** INVARIANT: never two at a time; however many changes come, there is one timer of each kind. */
export class AnalysisSchedule {
  readonly #timing: AnalysisTiming
  readonly #work: ScheduledWork
  #timer: ReturnType<typeof setTimeout> | undefined
  #quietTimer: ReturnType<typeof setTimeout> | undefined
  #firstMs: number | null = null
  #lastMs = 0
  #ranMs = -Infinity
  /** How long the last one took. */
  #tookMs = Infinity
  #failures = 0
  #running: Promise<void> | undefined
  #isStopped = false

  constructor(timing: AnalysisTiming, work: ScheduledWork) {
    this.#timing = timing
    this.#work = work
  }

  /** Notes a change that came in on this node. */
  changedHere(): void {
    this.#lastMs = performance.now()
    this.#firstMs ??= this.#lastMs
    this.#arm(this.#timing.pauseMs)
  }

  /** Notes a change that another node has told of, or a document that was opened. */
  changedElsewhere(): void {
    if (this.#isStopped) return
    clearTimeout(this.#quietTimer)
    this.#quietTimer = setTimeout(() => void this.#lookAfter(), this.#timing.peerPauseMs)
    this.#quietTimer.unref()
  }

  /** Waits for what is under way; nothing starts after it. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    clearTimeout(this.#quietTimer)
    await this.#running
  }

  #arm(inMs: number): void {
    if (this.#isStopped || this.#timer !== undefined || this.#running !== undefined) return
    this.#timer = setTimeout(() => this.#onTime(), inMs)
  }

  #onTime(): void {
    this.#timer = undefined
    const nowMs = performance.now()
    const dueMs = Math.max(
      Math.min(this.#lastMs + this.#timing.pauseMs, (this.#firstMs ?? nowMs) + this.#longestMs()),
      this.#ranMs + this.#work.restMs(),
    )
    if (dueMs - nowMs > 1 && this.#failures === 0) this.#arm(dueMs - nowMs)
    else this.#run()
  }

  #run(): void {
    this.#firstMs = null
    const startMs = performance.now()
    this.#running = this.#work.analyse().then(
      () => this.#onDone(startMs),
      (error: unknown) => this.#onFailed(error),
    )
  }

  #longestMs(): number {
    const { pauseMs, longestMs } = this.#timing
    return Math.min(longestMs, Math.max(pauseMs, waitPerAnalysis * this.#tookMs))
  }

  #onDone(startMs: number): void {
    this.#running = undefined
    this.#ranMs = performance.now()
    this.#tookMs = this.#ranMs - startMs
    this.#failures = 0
    if (this.#firstMs !== null) this.#arm(this.#timing.pauseMs)
    else this.changedElsewhere()
  }

  #onFailed(error: unknown): void {
    this.#running = undefined
    this.#work.onFailure(error)
    this.#failures += 1
    this.#firstMs ??= performance.now()
    this.#arm(backoffMs(this.#failures, this.#timing.retry))
  }

  async #lookAfter(): Promise<void> {
    try {
      if (await this.#work.isLeftOver()) this.changedHere()
    } catch (error) {
      this.#work.onFailure(error)
      this.changedElsewhere()
    }
  }
}
