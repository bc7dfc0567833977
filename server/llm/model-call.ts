// One call to a model, by the AI SDK: its words as they come or as a whole, within its time, and what it took.

import { generateText, type ModelMessage } from 'ai'
import type { LanguageModel } from './language-model.ts'
import { ModelFailure, toModelFailure } from './model-failure.ts'

/** Warnings of the SDK go to the console otherwise, where nobody reads them. */
globalThis.AI_SDK_LOG_WARNINGS = false

/** What a model is asked. */
export interface ModelPrompt {
  /** What it is to do: the only instructions there are. */
  readonly system: string
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[]
}

export interface TokenUsage {
  readonly inputTokens: number
  readonly outputTokens: number
  /** Counted from the words, since the provider did not tell. */
  readonly isEstimated: boolean
}

/** All in ms. */
export interface CallTiming {
  firstToken: number
  stall: number
  whole: number
}

export interface CallOptions {
  model: LanguageModel
  prompt: ModelPrompt
  timing: CallTiming
  maxOutputTokens: number
  signal: AbortSignal
}

/** Streams an answer into `onText`; resolves at its end. Errors: ModelFailure. */
export async function streamOnce(options: CallOptions & { onText: (text: string) => void }): Promise<TokenUsage> {
  const { model, prompt, timing, maxOutputTokens, onText } = options
  const deadlines = new Deadlines(options)
  let text = ''
  try {
    // Without the SDK's own stages between provider and reader, which take most of what a token costs.
    const { stream } = await model.doStream({ prompt: promptOf(prompt), maxOutputTokens, abortSignal: deadlines.signal })
    for await (const part of stream) {
      if (part.type === 'error') throw part.error
      if (part.type === 'finish') {
        wholeOnly(part.finishReason.unified)
        const { inputTokens, outputTokens } = part.usage
        return told({ inputTokens: inputTokens.total, outputTokens: outputTokens.total }, prompt, text)
      }
      if (part.type !== 'text-delta' && part.type !== 'reasoning-delta') continue
      deadlines.heard(timing.stall)
      if (part.type !== 'text-delta' || part.delta === '') continue
      text += part.delta
      onText(part.delta)
    }
    throw new ModelFailure('cut')
  } catch (error) {
    throw deadlines.cause ?? toModelFailure(error)
  } finally {
    deadlines.end()
  }
}

/** Asks for an answer as a whole. Errors: ModelFailure. */
export async function completeOnce(options: CallOptions): Promise<{ text: string; usage: TokenUsage }> {
  const { model, prompt, maxOutputTokens, timing } = options
  // What comes at once has no first token.
  const deadlines = new Deadlines({ ...options, timing: { ...timing, firstToken: timing.whole } })
  try {
    const { text, finishReason, usage } = await generateText({
      ...inputOf(prompt),
      model,
      maxOutputTokens,
      maxRetries: 0,
      abortSignal: deadlines.signal,
    })
    wholeOnly(finishReason)
    return { text, usage: told(usage, prompt, text) }
  } catch (error) {
    throw deadlines.cause ?? toModelFailure(error)
  } finally {
    deadlines.end()
  }
}

/** Why a call was aborted from outside: because nobody wants it, unless whoever did it says otherwise. */
export const stopCause = ({ reason }: AbortSignal): ModelFailure => (reason instanceof ModelFailure ? reason : new ModelFailure('stopped'))

/** Aborts a call that is stopped or takes too long, and knows why. */
class Deadlines {
  readonly #upstream = new AbortController()
  readonly #outer: AbortSignal
  readonly #whole: ReturnType<typeof setTimeout>
  #next: ReturnType<typeof setTimeout>
  cause: ModelFailure | undefined

  constructor({ signal, timing }: { signal: AbortSignal; timing: CallTiming }) {
    this.#outer = signal
    if (signal.aborted) this.#onStop()
    signal.addEventListener('abort', this.#onStop, { once: true })
    this.#whole = setTimeout(() => this.#stall(), timing.whole)
    this.#next = setTimeout(() => this.#stall(), timing.firstToken)
  }

  get signal(): AbortSignal {
    return this.#upstream.signal
  }

  /** Something came; the next is due in `patienceMs`. */
  heard(patienceMs: number): void {
    clearTimeout(this.#next)
    this.#next = setTimeout(() => this.#stall(), patienceMs)
  }

  end(): void {
    clearTimeout(this.#whole)
    clearTimeout(this.#next)
    this.#outer.removeEventListener('abort', this.#onStop)
    // Whatever is left of the call.
    this.#upstream.abort()
  }

  readonly #onStop = (): void => {
    this.cause ??= stopCause(this.#outer)
    this.#upstream.abort()
  }

  #stall(): void {
    this.cause ??= new ModelFailure('stalled')
    this.#upstream.abort()
  }
}

const inputOf = ({ system, messages }: ModelPrompt) => ({
  instructions: system,
  messages: messages.map(({ role, content }): ModelMessage => ({ role, content })),
})

const promptOf = ({ system, messages }: ModelPrompt): Parameters<LanguageModel['doStream']>[0]['prompt'] => [
  { role: 'system', content: system },
  ...messages.map(({ role, content }) => ({ role, content: [{ type: 'text' as const, text: content }] })),
]

/** Throws when the answer is not what the model wanted to say. */
function wholeOnly(finishReason: string): void {
  if (finishReason === 'content-filter') throw new ModelFailure('unfit')
  if (finishReason !== 'stop' && finishReason !== 'length') throw new ModelFailure('cut')
}

interface ToldUsage {
  inputTokens: number | undefined
  outputTokens: number | undefined
}

const told = ({ inputTokens, outputTokens }: ToldUsage, prompt: ModelPrompt, text: string): TokenUsage =>
  inputTokens === undefined || outputTokens === undefined ? estimateUsage(prompt, text) : { inputTokens, outputTokens, isEstimated: false }

const charsAToken = 4

/** What a call took of which nobody told, by the length of its words. */
export function estimateUsage({ system, messages }: ModelPrompt, text: string): TokenUsage {
  const asked = messages.reduce((sum, { content }) => sum + content.length, system.length)
  return { inputTokens: Math.ceil(asked / charsAToken), outputTokens: Math.ceil(text.length / charsAToken), isEstimated: true }
}
