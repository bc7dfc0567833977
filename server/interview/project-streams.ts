// The running messages of one project on one node: the words so far, who is told them, and what to do about those that are missing.

import type { ProjectId } from '../../shared/ids.ts'
import type { MessageDelta } from '../../shared/wire/interview.ts'
import type { HeldText } from '../store/interview-runs-store.ts'
import type { StreamWord } from './stream-word.ts'

/** Someone who reads along. `tell` must not throw. */
export interface Viewer {
  /** Whether so much waits for them that they are told nothing for now; they get it in one piece when they read again. */
  readonly isBehind: boolean
  tell(delta: MessageDelta): void
}

interface Stream {
  text: string
  isWrittenHere: boolean
  /** Whether something was heard that does not join on. */
  isLacking: boolean
  /** How far each viewer was told. */
  told: Map<Viewer, number>
}

const behindCheckMs = 50
/** Ids of messages that ended, for rows that were read before. */
const maxEnded = 50

export class ProjectStreams {
  readonly viewers = new Set<Viewer>()
  readonly #projectId: ProjectId
  readonly #publish: (word: StreamWord) => void
  readonly #streams = new Map<string, Stream>()
  readonly #ended = new Set<string>()
  #behindTimer: ReturnType<typeof setTimeout> | undefined

  constructor(projectId: ProjectId, publish: (word: StreamWord) => void) {
    this.#projectId = projectId
    this.#publish = publish
  }

  leave(viewer: Viewer): void {
    this.viewers.delete(viewer)
    for (const { told } of this.#streams.values()) told.delete(viewer)
  }

  begin(messageId: string, text: string): void {
    this.#ended.delete(messageId)
    const stream = this.#streams.get(messageId) ?? newStream()
    this.#streams.set(messageId, stream)
    stream.isWrittenHere = true
    stream.isLacking = false
    stream.text = text
  }

  /** Takes words at their offset: those that are new are told, those before which some are missing are asked for. */
  take({ messageId, offset, text }: Pick<MessageDelta, 'messageId' | 'offset' | 'text'>): void {
    // It goes on after an early end.
    if (this.#ended.has(messageId)) this.#ended.delete(messageId)
    const stream = this.#streams.get(messageId) ?? newStream()
    this.#streams.set(messageId, stream)
    if (offset > stream.text.length) {
      if (!stream.isLacking) this.#want(messageId, stream)
      stream.isLacking = true
      return
    }
    stream.isLacking = false
    const before = stream.text.length
    stream.text += text.slice(before - offset)
    this.#tellAll(messageId, stream, before, text === '')
  }

  /** Asks again for what is still missing: the answer may have been lost. */
  repeatWants(): void {
    for (const [messageId, stream] of this.#streams) if (stream.isLacking) this.#want(messageId, stream)
  }

  answerWant(messageId: string, offset: number): void {
    const stream = this.#streams.get(messageId)
    if (!stream?.isWrittenHere) return
    this.#publish({ kind: 'delta', projectId: this.#projectId, messageId, offset, text: stream.text.slice(offset) })
  }

  hasEnded(messageId: string): boolean {
    return this.#ended.has(messageId)
  }

  resume({ messageId, offset }: MessageDelta, viewer: Viewer | undefined, stored: string): string {
    const known = this.#streams.get(messageId)
    const stream = known ?? newStream()
    this.#streams.set(messageId, stream)
    if (!stream.isWrittenHere && stored.length > stream.text.length) stream.text = stored
    // What was written since then is with the writer.
    if (!known) this.#want(messageId, stream)
    if (viewer && this.viewers.has(viewer)) stream.told.set(viewer, Math.max(offset, stream.text.length))
    return stream.text.slice(offset)
  }

  end(messageId: string): void {
    this.#streams.delete(messageId)
    this.#ended.add(messageId)
    for (const oldest of this.#ended) if (this.#ended.size > maxEnded) this.#ended.delete(oldest)
  }

  /** What others write. */
  heard(): HeldText[] {
    return [...this.#streams].flatMap(([messageId, { text, isWrittenHere }]) => (isWrittenHere ? [] : [{ messageId, text }]))
  }

  close(): void {
    clearTimeout(this.#behindTimer)
    this.#streams.clear()
  }

  #want(messageId: string, { text }: Stream): void {
    this.#publish({ kind: 'want', projectId: this.#projectId, messageId, offset: text.length })
  }

  #tellAll(messageId: string, stream: Stream, before: number, isKeepAlive: boolean): void {
    let isAnyoneBehind = false
    let last: MessageDelta | undefined
    for (const viewer of this.viewers) {
      const offset = stream.told.get(viewer) ?? before
      if (offset > stream.text.length || (offset === stream.text.length && !isKeepAlive)) continue
      if (viewer.isBehind) {
        isAnyoneBehind = true
        stream.told.set(viewer, offset)
        continue
      }
      // Nearly all are at the same place.
      if (last?.offset !== offset) last = { projectId: this.#projectId, messageId, offset, text: stream.text.slice(offset) }
      stream.told.set(viewer, stream.text.length)
      viewer.tell(last)
    }
    if (isAnyoneBehind) this.#lookAgain()
  }

  #lookAgain(): void {
    this.#behindTimer ??= setTimeout(() => {
      this.#behindTimer = undefined
      for (const [messageId, stream] of this.#streams) {
        this.#tellAll(messageId, stream, stream.text.length, false)
      }
    }, behindCheckMs)
  }
}

const newStream = (): Stream => ({ text: '', isWrittenHere: false, isLacking: false, told: new Map() })
