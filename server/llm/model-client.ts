// One configured model: so many calls at once, tried again where nobody has seen words, left alone when it fails, and each run counted.

import { randomUUID } from 'node:crypto'
import type { Log } from '../base/log.ts'
import { observeMs, type Metrics } from '../base/metrics.ts'
import type { LanguageModel } from './language-model.ts'
import { CallPolicy, type CallPolicyOptions } from './call-policy.ts'
import { completeOnce, estimateUsage, stopCause, streamOnce, type CallTiming, type ModelPrompt, type TokenUsage } from './model-call.ts'
import { toModelFailure, type ModelFailure } from './model-failure.ts'
import type { ModelSettings } from './model-settings.ts'
import { TextQueue } from './text-queue.ts'
import type { ModelPurpose, UsageLog } from './usage-log.ts'

export interface ModelClientOptions {
  settings: ModelSettings
  language: LanguageModel
  timing: CallTiming
  maxOutputTokens: number
  policy: CallPolicyOptions
  usage: Pick<UsageLog, 'record'>
  metrics: Metrics
  log: Log
}

/** What is asked, on whose behalf. */
export interface ModelRequest {
  projectId: string
  purpose: ModelPurpose
  prompt: ModelPrompt
  /** Aborted, the call ends at once, upstream too. */
  signal: AbortSignal
}

/** What a run has come to so far. */
interface Tally extends Omit<TokenUsage, 'isEstimated'> {
  isEstimated: boolean
  inputTokens: number
  outputTokens: number
  tries: number
  text: string
  firstTokenMs: number | null
}

export class ModelClient {
  readonly name: string
  readonly settings: ModelSettings
  readonly #options: ModelClientOptions
  readonly #policy: CallPolicy

  constructor(options: ModelClientOptions) {
    this.#options = options
    this.settings = options.settings
    this.name = options.settings.name
    const { metrics, log } = options
    const model = this.name
    metrics.llmBreakerOpen.set({ model }, 0)
    this.#policy = new CallPolicy(options.policy, (isOpen) => {
      metrics.llmBreakerOpen.set({ model }, isOpen ? 1 : 0)
      log.warn({ model, isOpen }, 'llm.breaker')
    })
  }

  /** The words of an answer as they come. Errors: ModelFailure. */
  stream(request: ModelRequest): AsyncGenerator<string> {
    const queue = new TextQueue()
    const run = this.#run(request, async (tally) => {
      const startedMs = performance.now()
      return await streamOnce({
        ...this.#call(request),
        onText: (text) => {
          tally.text += text
          if (tally.firstTokenMs === null) this.#noteFirst(tally, performance.now() - startedMs)
          queue.push(text)
        },
      })
    })
    run.then(
      () => queue.end(),
      (error: unknown) => queue.end(error),
    )
    return queue.read()
  }

  /** A whole answer. Errors: ModelFailure. */
  complete(request: ModelRequest): Promise<string> {
    return this.#run(request, async (tally) => {
      const { text, usage } = await completeOnce(this.#call(request))
      tally.text = text
      return usage
    })
  }

  #call({ prompt, signal }: ModelRequest) {
    const { language: model, timing, maxOutputTokens } = this.#options
    return { model, prompt, timing, maxOutputTokens, signal }
  }

  #noteFirst(tally: Tally, firstTokenMs: number): void {
    tally.firstTokenMs = firstTokenMs
    observeMs(this.#options.metrics.llmFirstTokenSeconds, firstTokenMs, { provider: this.settings.provider })
  }

  async #run(request: ModelRequest, call: (tally: Tally) => Promise<TokenUsage>): Promise<string> {
    const tally: Tally = { inputTokens: 0, outputTokens: 0, isEstimated: false, tries: 0, text: '', firstTokenMs: null }
    const startedMs = performance.now()
    const canBeTriedAgain = (failure: ModelFailure) => failure.mayBeTriedAgain && tally.text === ''
    try {
      await this.#policy.run(() => this.#try(request, tally, call), { signal: request.signal, canBeTriedAgain })
      this.#record(request, tally, startedMs, 'finished')
      return tally.text
    } catch (error) {
      const failure = request.signal.aborted ? stopCause(request.signal) : toModelFailure(error)
      this.#record(request, tally, startedMs, failure.kind)
      const { kind, status } = failure
      // Never the error itself: it has the prompt, and what the provider said of the key.
      if (kind !== 'stopped') this.#options.log.warn({ model: this.name, kind, status, tries: tally.tries }, 'llm.run_failed')
      throw failure
    }
  }

  async #try({ prompt, signal }: ModelRequest, tally: Tally, call: (tally: Tally) => Promise<TokenUsage>): Promise<void> {
    if (signal.aborted) throw stopCause(signal)
    tally.tries += 1
    const startedMs = performance.now()
    const end = (outcome: string, usage: TokenUsage | null) => {
      const { metrics } = this.#options
      const { provider } = this.settings
      observeMs(metrics.llmCallSeconds, performance.now() - startedMs, { provider })
      metrics.llmCalls.inc({ provider, outcome })
      if (!usage) return
      tally.inputTokens += usage.inputTokens
      tally.outputTokens += usage.outputTokens
      tally.isEstimated ||= usage.isEstimated
      metrics.llmTokens.inc({ provider, direction: 'in' }, usage.inputTokens)
      metrics.llmTokens.inc({ provider, direction: 'out' }, usage.outputTokens)
    }
    try {
      end('finished', await call(tally))
    } catch (error) {
      const failure = toModelFailure(error)
      // What was refused with a status was not worked on.
      end(failure.kind, failure.status === undefined || tally.text !== '' ? estimateUsage(prompt, tally.text) : null)
      throw failure
    }
  }

  #record({ projectId, purpose }: ModelRequest, tally: Tally, startedMs: number, outcome: 'finished' | ModelFailure['kind']): void {
    if (tally.tries === 0) return
    const { provider, model, prices } = this.settings
    const { inputTokens, outputTokens, isEstimated, tries, firstTokenMs } = tally
    this.#options.usage.record({
      id: randomUUID(),
      projectId,
      purpose,
      provider,
      model,
      outcome,
      tries,
      inputTokens,
      outputTokens,
      isEstimated,
      cost: prices ? (inputTokens * prices.input + outputTokens * prices.output) / 1_000_000 : null,
      firstTokenMs: firstTokenMs === null ? null : Math.round(firstTokenMs),
      durationMs: Math.round(performance.now() - startedMs),
    })
  }
}
