// Keeps what each run of a model took: one row, however it ended, without anyone waiting for it.

import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { TokenUsage } from './model-call.ts'
import type { ModelFailureKind } from './model-failure.ts'

export type ModelPurpose = 'question' | 'answer' | 'opinion'

/** One thing that was asked of a model, all its tries together. */
export interface ModelRun extends TokenUsage {
  readonly id: string
  readonly projectId: string
  readonly purpose: ModelPurpose
  readonly provider: string
  readonly model: string
  readonly outcome: 'finished' | ModelFailureKind
  readonly tries: number
  /** Null without prices. */
  readonly cost: number | null
  readonly firstTokenMs: number | null
  readonly durationMs: number
}

/** Where the rows go; the same run twice is one row. */
export interface UsageSink {
  record(run: ModelRun): Promise<void>
}

const maxTries = 5
const firstRetryMs = 500

export class UsageLog implements Service {
  readonly name = 'model-usage'
  readonly #sink: UsageSink
  readonly #log: Log
  readonly #underWay = new Set<Promise<void>>()
  readonly #stopping = new AbortController()

  constructor({ sink, log }: { sink: UsageSink; log: Log }) {
    this.#sink = sink
    this.#log = log
  }

  /** Never fails. */
  record(run: ModelRun): void {
    const recording = this.#record(run).finally(() => this.#underWay.delete(recording))
    this.#underWay.add(recording)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#underWay)
  }

  async #record(run: ModelRun): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.#sink.record(run)
      } catch (error) {
        // With the figures: they are nowhere else.
        if (tried === maxTries || this.#stopping.signal.aborted) return this.#log.error({ err: error, run }, 'llm.usage_lost')
        await wait(firstRetryMs * 2 ** tried, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      }
    }
  }
}
