// Configured models over a scripted server, with what they logged and what they say they took.

import { Writable } from 'node:stream'
import { parseConfig, type Config } from '../../server/base/config.ts'
import { createLog } from '../../server/base/log.ts'
import { createMetrics } from '../../server/base/metrics.ts'
import type { ModelClient, ModelRequest } from '../../server/llm/model-client.ts'
import { Models } from '../../server/llm/models.ts'
import type { ModelRun } from '../../server/llm/usage-log.ts'
import type { ScriptedModel } from './scripted-model.ts'

export const scriptedKey = 'sk-secret-of-the-test'

/** Settings of a server whose model is the scripted one. */
export const modelSettings = (rig: ScriptedModel, provider: 'anthropic' | 'openai-compatible' = 'openai-compatible') => ({
  LLM_PROVIDER: provider,
  LLM_BASE_URL: rig.baseUrl,
  LLM_API_KEY: scriptedKey,
  LLM_MODEL: 'scripted',
})

export class ModelWorld {
  readonly metrics = createMetrics()
  readonly runs: ModelRun[] = []
  readonly models: Models
  #logged = ''

  constructor(settings: Partial<Record<keyof Config, string>>) {
    const parsed = parseConfig(settings)
    if ('problems' in parsed) throw new Error(parsed.problems.join('\n'))
    const to = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.#logged += chunk.toString()
        done()
      },
    })
    const usage = { record: (run: ModelRun) => void this.runs.push(run) }
    this.models = new Models({ config: parsed.config, usage, metrics: this.metrics, log: createLog('trace', to) })
  }

  get logged(): string {
    return this.#logged
  }

  get client(): ModelClient {
    const client = this.models.usual
    if (!client) throw new Error('no model is configured')
    return client
  }
}

/** Something to ask; `signal` of a test that stops it. */
export const asking = (text: string, signal = new AbortController().signal): ModelRequest => ({
  projectId: 'p1',
  purpose: 'answer',
  prompt: { system: 'Be short.', messages: [{ role: 'user', content: text }] },
  signal,
})

/** All pieces of a stream, and what it ended with when that was no end. */
export async function heard(stream: AsyncIterable<string>): Promise<{ text: string; failure: unknown }> {
  let text = ''
  try {
    for await (const piece of stream) text += piece
    return { text, failure: null }
  } catch (failure) {
    return { text, failure }
  }
}
