// Writes one message: reads the interviewer, tells the words in windows, keeps them every second, and ends it in a named state.

import { setTimeout as wait } from 'node:timers/promises'
import type { MessageDelta } from '../../shared/wire/interview.ts'
import type { Log } from '../base/log.ts'
import type { EndState, InterviewRunsStore, WrittenSoFar } from '../store/interview-runs-store.ts'
import type { MessageRow } from '../store/interview-store.ts'
import { Gatherer } from './gatherer.ts'
import { InterviewerFailure, type InterviewChunk, type InterviewContext, type Interviewer } from './interviewer.ts'
import { TokenText } from './token-text.ts'

/** All in ms. */
export interface StreamTiming {
  firstToken: number
  /** Between two chunks. */
  stall: number
  whole: number
  /** Between two looks at the database. */
  renew: number
  lease: number
  /** Without words for so long, an empty delta keeps the line alive. */
  quiet: number
}

export const usualTiming: StreamTiming = { firstToken: 30_000, stall: 20_000, whole: 300_000, renew: 1_000, lease: 4_000, quiet: 15_000 }

export interface StreamWriterOptions {
  message: MessageRow
  runId: string
  /** All that it is made from, as it is now. */
  context: () => Promise<InterviewContext>
  interviewer: Interviewer
  runs: InterviewRunsStore
  write: (delta: MessageDelta) => void
  timing: StreamTiming
  log: Log
}

/** Tries before there is any text; people see none of them. */
const maxTries = 3
const firstRetryMs = 200
/** A message of more is cut off. */
const maxTextUnits = 100_000
const endRetryMs = 500

export class StreamWriter {
  readonly #options: StreamWriterOptions
  readonly #abort = new AbortController()
  readonly #written: WrittenSoFar
  readonly #gatherer = new Gatherer(() => this.#tell())
  readonly #begunWith: string
  #told: number
  #wantedEnd: 'stopped' | 'drained' | 'lost' | undefined
  #quietTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: StreamWriterOptions) {
    this.#options = options
    const { category, askedAs, why, questionId, suggestions, text } = options.message
    this.#written = { category, askedAs, why, questionId, suggestions, text }
    this.#begunWith = text
    this.#told = text.length
  }

  /** Ends the message, upstream at once. */
  stop(): void {
    this.#wish('stopped')
  }

  /** This node stops: what has no text yet is for another one. */
  drain(): void {
    this.#wish('drained')
  }

  /** Writes it to its end; gives the message as it is stored then, null when another node had taken it over. */
  async run(): Promise<MessageRow | null> {
    const renewing = setInterval(() => void this.#renew(), this.#options.timing.renew)
    this.#quietTimer = setInterval(() => this.#keepAlive(), this.#options.timing.quiet)
    try {
      const state = await this.#read()
      this.#gatherer.flush()
      return await this.#end(state)
    } finally {
      clearInterval(renewing)
      clearInterval(this.#quietTimer)
    }
  }

  #wish(end: 'stopped' | 'drained' | 'lost'): void {
    this.#wantedEnd ??= end
    this.#abort.abort()
  }

  async #read(): Promise<EndState> {
    for (let tried = 1; ; tried++) {
      const failure = await this.#readOnce()
      if (this.#wantedEnd === 'stopped') return 'stopped'
      const hasText = this.#written.text !== this.#begunWith
      if (this.#wantedEnd === 'drained' && !hasText) return 'queued'
      if (failure === null) return 'finished'
      this.#options.log.warn({ err: failure, messageId: this.#options.message.id, tried, hasText }, 'interview.upstream_failed')
      const isPassing = !(failure instanceof InterviewerFailure) || failure.isPassing
      // Once people have seen words, another try would not go on from them.
      if (hasText || this.#wantedEnd !== undefined || !isPassing || tried === maxTries)
        return this.#written.text === '' ? 'failed' : 'interrupted'
      await wait(firstRetryMs * 2 ** tried * (0.5 + Math.random() / 2), undefined, { signal: this.#abort.signal }).catch(() => undefined)
      if (this.#abort.signal.aborted) return this.#wantedEnd === 'stopped' ? 'stopped' : 'queued'
    }
  }

  /** Reads the interviewer to its end; gives what kept it from getting there. */
  async #readOnce(): Promise<unknown> {
    const { interviewer, timing } = this.#options
    const upstream = new AbortController()
    const { signal } = this.#abort
    const passOn = () => upstream.abort()
    signal.addEventListener('abort', passOn, { once: true })
    if (signal.aborted) upstream.abort()
    const tokens = new TokenText()
    const endsAtMs = performance.now() + timing.whole
    try {
      const context = await within(this.#options.context(), timing.firstToken, signal)
      const chunks = interviewer.ask(context, upstream.signal)[Symbol.asyncIterator]()
      for (let patienceMs = timing.firstToken; ; patienceMs = timing.stall) {
        const next = await within(chunks.next(), Math.min(patienceMs, endsAtMs - performance.now()), signal)
        if (next.done === true) break
        this.#take(next.value, tokens)
      }
      this.#append(tokens.end())
      if (this.#written.text === '') throw new InterviewerFailure('malformed')
      return null
    } catch (error) {
      this.#append(tokens.end())
      return error
    } finally {
      signal.removeEventListener('abort', passOn)
      upstream.abort()
    }
  }

  #take(chunk: InterviewChunk, tokens: TokenText): void {
    if ('about' in chunk) Object.assign(this.#written, { ...chunk.about, suggestions: [...chunk.about.suggestions] })
    else this.#append(tokens.push(chunk.text))
  }

  #append(text: string): void {
    this.#written.text += text
    this.#gatherer.add(text.length)
    if (this.#written.text.length > maxTextUnits) throw new InterviewerFailure('malformed')
  }

  #tell(): void {
    const { message, write } = this.#options
    const offset = this.#told
    this.#told = this.#written.text.length
    write({ projectId: message.projectId, messageId: message.id, offset, text: this.#written.text.slice(offset) })
    this.#quietTimer?.refresh()
  }

  #keepAlive(): void {
    const { message, write } = this.#options
    write({ projectId: message.projectId, messageId: message.id, offset: this.#told, text: '' })
  }

  async #renew(): Promise<void> {
    const { runs, runId, timing, log } = this.#options
    try {
      const kept = await runs.renew(runId, this.#written, timing.lease)
      if (kept === null) this.#wish('lost')
      else if (kept.isStopWanted) this.#wish('stopped')
    } catch (error) {
      log.warn({ err: error }, 'interview.renew_failed')
    }
  }

  /** Tries until the database answers: if it takes longer than the lease, another node may have ended the message. */
  async #end(state: EndState): Promise<MessageRow | null> {
    const { runs, runId, timing, log } = this.#options
    for (const givesUpAtMs = performance.now() + timing.whole; ;) {
      try {
        return await runs.end(runId, this.#written, state)
      } catch (error) {
        log.warn({ err: error }, 'interview.end_failed')
        if (this.#wantedEnd === 'drained' || performance.now() > givesUpAtMs) return null
        await wait(endRetryMs)
      }
    }
  }
}

/** Rejects when it takes longer, or `signal` is aborted. */
async function within<T>(promise: Promise<T>, patienceMs: number, signal: AbortSignal): Promise<T> {
  const { promise: end, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(new InterviewerFailure('cut'))
  const timer = setTimeout(() => reject(new InterviewerFailure('stalled')), Math.max(0, patienceMs))
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, end])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
