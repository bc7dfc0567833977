// The interview of the open project: its newest page read, then kept true by events and words, for as long as somebody looks.

import type { InterviewMessage, MessageDelta, Resumed } from '../../shared/wire/interview.ts'
import type { Provider } from '../collab/provider.ts'
import type { Outcome } from '../net/connection.ts'
import { api } from '../session/api.ts'
import { openConnection } from '../session/connection.ts'
import { isLacking } from './streamed-words.ts'
import {
  emptyTranscript,
  isUnderWay,
  withEarlierPage,
  withFailure,
  withMessage,
  withMode,
  withNewestPage,
  withResumed,
  withWords,
  type Entry,
  type Transcript,
  type TranscriptPage,
} from './transcript.ts'

export interface InterviewState {
  /** Null until it was read. */
  readonly transcript: Transcript | null
  /** Why it could not be read; what was read before is still there. */
  readonly error: Error | null
  readonly isReadingEarlier: boolean
  /** The message that somebody wants to see; another object each time it is wanted. */
  readonly revealed: { readonly id: string } | null
}

type Change = (transcript: Transcript) => Transcript

const pageSize = 50
const retryMs = 3_000
/** Several reasons to look at the queue come together. */
const lookAtQueueMs = 150
/** A message that began and has said nothing for so long may have said it before this page listened. */
const silentMs = 1_000
const askAgainMs = 1_000
const shared = new WeakMap<Provider, LiveInterview>()

/** The one interview of an open document that all who show it share. */
export function liveInterviewOf(projectId: string, provider: Provider): LiveInterview {
  const known = shared.get(provider)
  if (known) return known
  const made = new LiveInterview(projectId, provider)
  shared.set(provider, made)
  return made
}

/** The path of what belongs to a project's interview: `/messages`, `/questions` … */
export const interviewPath = (projectId: string, part: string): string => `/api/projects/${encodeURIComponent(projectId)}${part}`

/** INVARIANT: a message that is under way shows a beginning of its words without a gap; what is missing has been asked for. */
export class LiveInterview {
  readonly #projectId: string
  readonly #provider: Provider
  readonly #listeners = new Set<() => void>()
  #state: InterviewState = { transcript: null, error: null, isReadingEarlier: false, revealed: null }
  /** What was told since the reading that is under way began: the page may be older than it. */
  #told: Change[] = []
  #reading: AbortController | null = null
  #timers = new Set<ReturnType<typeof setTimeout>>()
  #queueTimer: ReturnType<typeof setTimeout> | undefined
  readonly #resuming = new Set<string>()
  #isLive = false
  #stops: (() => void)[] = []

  constructor(projectId: string, provider: Provider) {
    this.#projectId = projectId
    this.#provider = provider
  }

  get state(): InterviewState {
    return this.#state
  }

  /** Calls `listener` after each change; the first one starts the reading, and after the last nothing is heard any more. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#stop()
    }
  }

  /** Reads the newest page anew. */
  readonly readAnew = (): void => {
    this.#reading?.abort()
    const reading = new AbortController()
    this.#reading = reading
    this.#told = []
    this.#readPage(null, reading.signal).then(
      (page) => {
        if (reading === this.#reading) this.#onRead(page)
      },
      (error: unknown) => {
        if (reading === this.#reading) this.#onFailure(error)
      },
    )
  }

  /** Shows a message, whichever page it is on. */
  reveal(id: string): void {
    this.#show({ ...this.#state, revealed: { id } })
    this.#readTowardsRevealed()
  }

  /** It is in sight. */
  revealedIsShown(): void {
    if (this.#state.revealed) this.#show({ ...this.#state, revealed: null })
  }

  /** Reads the page before what is here. */
  readEarlier(): void {
    const cursor = this.#state.transcript?.nextCursor ?? null
    if (cursor === null || this.#state.isReadingEarlier) return
    this.#show({ ...this.#state, isReadingEarlier: true })
    this.#readPage(cursor, null).then(
      (page) => {
        // Another beginning may have been read meanwhile.
        const isNext = this.#state.transcript?.nextCursor === cursor
        this.#show({ ...this.#state, isReadingEarlier: false })
        if (isNext) this.#apply((transcript) => withEarlierPage(transcript, page))
        this.#readTowardsRevealed()
      },
      (error: unknown) => this.#show({ ...this.#state, isReadingEarlier: false, error: asError(error) }),
    )
  }

  /** Takes what an action answered, before the server tells everyone. */
  take(message: InterviewMessage): void {
    this.#apply((transcript) => withMessage(transcript, message))
  }

  /** Looks at who waits for what, once for all who ask for it now. */
  lookAtQueue(): void {
    if (this.#listeners.size === 0) return
    clearTimeout(this.#queueTimer)
    this.#queueTimer = setTimeout(this.readAnew, lookAtQueueMs)
  }

  #start(): void {
    const { events } = this.#provider
    this.#isLive = this.#provider.state.connection.state === 'live'
    this.#stops = [
      openConnection().on('message:delta', (delta) => {
        if (delta.projectId === this.#projectId) this.#hear(delta)
      }),
      events.on('message:started', ({ message }) => this.#onStarted(message)),
      events.on('message:finished', ({ message }) => this.#onFinished(message)),
      events.on('message:failed', ({ messageId, error }) => this.#onEvent((transcript) => withFailure(transcript, messageId, error))),
      events.on('interview', ({ mode }) => this.#apply((transcript) => withMode(transcript, mode))),
      events.onReset(this.readAnew),
      this.#provider.subscribe(() => this.#onProvider()),
    ]
    this.readAnew()
  }

  #stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    clearTimeout(this.#queueTimer)
    this.#reading?.abort()
    this.#reading = null
    this.#resuming.clear()
  }

  /** Words that were said while the line was down were said to nobody here. */
  #onProvider(): void {
    const wasLive = this.#isLive
    this.#isLive = this.#provider.state.connection.state === 'live'
    if (!this.#isLive || wasLive) return
    if (this.#state.transcript === null) this.readAnew()
    this.#resumeAll()
  }

  #readPage(before: string | null, signal: AbortSignal | null): Promise<TranscriptPage> {
    const query = new URLSearchParams({ limit: String(pageSize), ...(before === null ? {} : { before }) }).toString()
    return api.request('GET', `${interviewPath(this.#projectId, '/messages')}?${query}`, signal === null ? {} : { signal })
  }

  #onRead(page: TranscriptPage): void {
    this.#reading = null
    let transcript = withNewestPage(this.#state.transcript ?? emptyTranscript, page)
    for (const change of this.#told.splice(0)) transcript = change(transcript)
    this.#show({ ...this.#state, transcript, error: null })
    this.#resumeAll()
    this.#readTowardsRevealed()
  }

  #readTowardsRevealed(): void {
    const { revealed } = this.#state
    if (revealed && !this.#entry(revealed.id)) this.readEarlier()
  }

  #onFailure(error: unknown): void {
    this.#reading = null
    this.#later(retryMs, this.readAnew)
    this.#show({ ...this.#state, error: asError(error) })
  }

  #hear({ messageId, offset, text }: MessageDelta): void {
    this.#apply((transcript) => withWords(transcript, messageId, { offset, text }))
    const entry = this.#entry(messageId)
    if (entry && entry.message.state === 'running' && isLacking(entry.words)) this.#resume(messageId)
  }

  #onStarted(message: InterviewMessage): void {
    this.#onEvent((transcript) => withMessage(transcript, message))
    const length = this.#entry(message.id)?.words.text.length
    this.#later(silentMs, () => {
      const entry = this.#entry(message.id)
      if (entry?.message.state === 'running' && entry.words.text.length === length) this.#resume(message.id)
    })
  }

  #onFinished(message: InterviewMessage): void {
    this.#onEvent((transcript) => withMessage(transcript, message))
    // What follows somebody's words waits in the queue while something else is written, and nothing tells of it.
    const isBusy = this.#state.transcript?.entries.some((entry) => isUnderWay(entry.message.state)) === true
    if (message.role === 'person' && isBusy) this.lookAtQueue()
  }

  /** Each beginning and each end changes who is next. */
  #onEvent(change: Change): void {
    this.#apply(change)
    if (this.#state.transcript?.entries.some(({ message }) => message.state === 'queued') === true) this.lookAtQueue()
  }

  #resumeAll(): void {
    if (!this.#isLive) return
    for (const { message } of this.#state.transcript?.entries ?? []) if (message.state === 'running') this.#resume(message.id)
  }

  /** Asks for the words that are lacking; the line tells the rest behind the answer. */
  #resume(messageId: string): void {
    const offset = this.#entry(messageId)?.words.text.length
    if (!this.#isLive || offset === undefined || this.#resuming.has(messageId)) return
    this.#resuming.add(messageId)
    openConnection().ask('interview:resume', { projectId: this.#projectId, messageId, offset }, (outcome: Outcome<Resumed>) => {
      this.#resuming.delete(messageId)
      if (outcome.type === 'ok') {
        const { message, text } = outcome.value
        this.#apply((transcript) => withResumed(transcript, message, { offset, text }))
      } else if (outcome.type !== 'lost') {
        this.#later(askAgainMs, () => this.#resumeIfRunning(messageId))
      }
    })
  }

  #resumeIfRunning(messageId: string): void {
    if (this.#entry(messageId)?.message.state === 'running') this.#resume(messageId)
  }

  #entry(messageId: string): Entry | undefined {
    return this.#state.transcript?.entries.find(({ message }) => message.id === messageId)
  }

  #apply(change: Change): void {
    if (this.#reading) this.#told.push(change)
    const { transcript } = this.#state
    if (transcript === null) return
    const next = change(transcript)
    if (next !== transcript) this.#show({ ...this.#state, transcript: next })
  }

  #later(afterMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, afterMs)
    this.#timers.add(timer)
  }

  #show(state: InterviewState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
