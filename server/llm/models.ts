// The models that are configured, by name, and what is answered without calling them.

import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import type { Metrics } from '../base/metrics.ts'
import { AnswerCache } from './answer-cache.ts'
import { createLanguageModel } from './language-model.ts'
import { ModelClient, type ModelRequest } from './model-client.ts'
import { modelsOf } from './model-settings.ts'
import type { UsageLog } from './usage-log.ts'

export interface ModelsOptions {
  config: Config
  usage: Pick<UsageLog, 'record'>
  metrics: Metrics
  log: Log
}

export class Models {
  readonly #clients: ReadonlyMap<string, ModelClient>
  readonly #usualName: string
  readonly #cache: AnswerCache
  readonly #metrics: Metrics

  constructor({ config, usage, metrics, log }: ModelsOptions) {
    const clients = modelsOf(config).map(
      (settings) =>
        new ModelClient({
          settings,
          language: createLanguageModel(settings),
          timing: { firstToken: config.LLM_FIRST_TOKEN_MS, stall: config.LLM_STALL_MS, whole: config.LLM_WHOLE_MS },
          maxOutputTokens: config.LLM_MAX_OUTPUT_TOKENS,
          policy: {
            callsMax: config.LLM_CALLS_MAX,
            waitingMax: config.LLM_WAITING_MAX,
            breakerFailures: config.LLM_BREAKER_FAILURES,
            breakerMs: config.LLM_BREAKER_MS,
          },
          usage,
          metrics,
          log,
        }),
    )
    this.#clients = new Map(clients.map((client) => [client.name, client]))
    this.#usualName = config.LLM_PROVIDER === 'builtin' ? '' : (config.LLM_MODEL ?? '')
    this.#cache = new AnswerCache(config.LLM_CACHE_ANSWERS)
    this.#metrics = metrics
  }

  /** In the order of the settings. */
  get names(): string[] {
    return [...this.#clients.keys()]
  }

  of(name: string): ModelClient | undefined {
    return this.#clients.get(name)
  }

  /** The one that is used where nothing else was chosen; undefined when the built-in interviewer is. */
  get usual(): ModelClient | undefined {
    return this.#clients.get(this.#usualName)
  }

  /** A whole answer, from memory if the same was asked in this project: only for prompts that hold nothing personal. Errors: ModelFailure. */
  async completeCached(client: ModelClient, request: ModelRequest): Promise<string> {
    const { projectId, prompt, purpose } = request
    const { provider, model, baseUrl } = client.settings
    const facts = [projectId, client.name, provider, baseUrl, model, purpose, prompt]
    const { text, isOwn } = await this.#cache.get(facts, request.signal, (signal) => client.complete({ ...request, signal }))
    if (!isOwn) this.#metrics.llmCached.inc()
    return text
  }
}
