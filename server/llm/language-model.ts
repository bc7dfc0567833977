// Makes what the AI SDK calls a model, for each provider.

import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModel as AnyLanguageModel } from 'ai'
import type { ModelSettings } from './model-settings.ts'

/** OpenAI's own models refuse the name that all others have for it. */
const openaiHost = 'api.openai.com'

/** What the providers make. */
export type LanguageModel = Extract<AnyLanguageModel, { specificationVersion: 'v4' }>

/** One that is ready to be called. */
export function createLanguageModel({ provider, baseUrl, apiKey, model }: ModelSettings): LanguageModel {
  const key = apiKey === undefined ? {} : { apiKey }
  if (provider === 'anthropic') return createAnthropic({ ...key, ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) })(model)
  if (baseUrl === undefined) throw new Error(`the model ${model} has no base URL`)
  const isOpenai = new URL(baseUrl).hostname === openaiHost
  return createOpenAICompatible({
    ...key,
    name: provider,
    baseURL: baseUrl,
    includeUsage: true,
    ...(isOpenai ? { transformRequestBody: ({ max_tokens, ...body }) => ({ ...body, max_completion_tokens: max_tokens as unknown }) } : {}),
  })(model)
}
