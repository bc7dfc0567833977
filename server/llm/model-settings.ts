// Which models there are, out of the settings.

import type { Config } from '../base/config.ts'

export interface ModelSettings {
  /** By which a project chooses it. */
  readonly name: string
  readonly provider: 'anthropic' | 'openai-compatible'
  /** As its provider calls it. */
  readonly model: string
  readonly baseUrl: string | undefined
  readonly apiKey: string | undefined
  /** Of a million tokens. */
  readonly prices: { readonly input: number; readonly output: number } | null
}

const pricesOf = (input: number | undefined, output: number | undefined) =>
  input === undefined || output === undefined ? null : { input, output }

/** All models, the usual one first; none when the built-in interviewer is all there is. */
export function modelsOf(config: Config): ModelSettings[] {
  const further = (config.LLM_MORE_MODELS ?? []).map(({ name, provider, model, baseUrl, apiKey, inputPrice, outputPrice }) => ({
    name,
    provider,
    model,
    baseUrl,
    apiKey,
    prices: pricesOf(inputPrice, outputPrice),
  }))
  const { LLM_PROVIDER: provider, LLM_MODEL: model, LLM_BASE_URL: baseUrl, LLM_API_KEY: apiKey } = config
  if (provider === 'builtin' || model === undefined) return further
  return [{ name: model, provider, model, baseUrl, apiKey, prices: pricesOf(config.LLM_INPUT_PRICE, config.LLM_OUTPUT_PRICE) }, ...further]
}
