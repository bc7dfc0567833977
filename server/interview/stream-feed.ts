// The words of messages that are being written, as they reach everyone who has joined their project on this node, whichever node writes them.

import type { ProjectId } from '../../shared/ids.ts'
import type { MessageDelta } from '../../shared/wire/interview.ts'
import type { Bus } from '../base/bus.ts'
import type { HeldText } from '../store/interview-runs-store.ts'
import { ProjectStreams, type Viewer } from './project-streams.ts'
import { parseStreamWord, type StreamWord } from './stream-word.ts'

export interface StreamFeedOptions {
  bus?: Bus | undefined
  /** Another node's person wants a message of this node to end. */
  onStop: (messageId: string) => void
}

interface Open {
  streams: ProjectStreams
  unsubscribe: () => void
  writers: number
}

/** INVARIANT: what a node holds of a message begins at its first unit and has no gap; memory goes with the last viewer and writer of a project. */
export class StreamFeed {
  readonly #options: StreamFeedOptions
  readonly #open = new Map<ProjectId, Open>()

  constructor(options: StreamFeedOptions) {
    this.#options = options
  }

  /** Tells a viewer what is written from now on, until the returned function is called. */
  watch(projectId: ProjectId, viewer: Viewer): () => void {
    const open = this.#opened(projectId)
    open.streams.viewers.add(viewer)
    return () => {
      open.streams.leave(viewer)
      this.#closeWhenIdle(projectId, open)
    }
  }

  /** Whether this node knows that a message has ended, which a row that was read before may not. */
  hasEnded(projectId: ProjectId, messageId: string): boolean {
    return this.#open.get(projectId)?.streams.hasEnded(messageId) ?? false
  }

  /**
   * Words of a running message from `offset` on; what the viewer is told goes on behind them. `stored` is what PostgreSQL had of it
   * a moment ago.
   */
  resume(delta: MessageDelta, viewer: Viewer | undefined, stored: string): string {
    return this.#open.get(delta.projectId)?.streams.resume(delta, viewer, stored) ?? stored.slice(delta.offset)
  }

  /** Begins to write a message on this node; `text` is what it says so far. */
  begin(projectId: ProjectId, messageId: string, text: string): void {
    const open = this.#opened(projectId)
    open.writers += 1
    open.streams.begin(messageId, text)
  }

  /** Tells words that this node writes. */
  write(delta: MessageDelta): void {
    this.#open.get(delta.projectId)?.streams.take(delta)
    this.#publish(delta.projectId, { kind: 'delta', ...delta })
  }

  /** A message has ended; its last state comes as an event. */
  end(projectId: ProjectId, messageId: string, { isWriter }: { isWriter: boolean }): void {
    const open = this.#open.get(projectId)
    open?.streams.end(messageId)
    this.#publish(projectId, { kind: 'end', projectId, messageId })
    if (!open || !isWriter) return
    open.writers -= 1
    this.#closeWhenIdle(projectId, open)
  }

  /** Another node may be the one that writes it. */
  askToStop(projectId: ProjectId, messageId: string): void {
    this.#publish(projectId, { kind: 'stop', projectId, messageId })
  }

  /** What is being written elsewhere, as far as it was heard here. */
  heard(): (HeldText & { projectId: ProjectId })[] {
    return [...this.#open].flatMap(([projectId, { streams }]) => streams.heard().map((held) => ({ projectId, ...held })))
  }

  /** Sends what the nodes that lack something want to have, once more. */
  repeatWants(): void {
    for (const { streams } of this.#open.values()) streams.repeatWants()
  }

  #opened(projectId: ProjectId): Open {
    const known = this.#open.get(projectId)
    if (known) return known
    const streams = new ProjectStreams(projectId, (word) => this.#publish(projectId, word))
    const subscription = this.#options.bus?.subscribe(channelOf(projectId), (bytes) => {
      const word = parseStreamWord(bytes)
      if (word?.projectId === projectId) this.#hear(streams, word)
    })
    const open = { streams, unsubscribe: () => subscription?.unsubscribe(), writers: 0 }
    this.#open.set(projectId, open)
    return open
  }

  #hear(streams: ProjectStreams, word: StreamWord): void {
    if (word.kind === 'delta') streams.take(word)
    else if (word.kind === 'want') streams.answerWant(word.messageId, word.offset)
    else if (word.kind === 'end') streams.end(word.messageId)
    else this.#options.onStop(word.messageId)
  }

  #publish(projectId: ProjectId, word: StreamWord): void {
    this.#options.bus?.publish(channelOf(projectId), Buffer.from(JSON.stringify(word)))
  }

  #closeWhenIdle(projectId: ProjectId, open: Open): void {
    if (open.writers > 0 || open.streams.viewers.size > 0 || this.#open.get(projectId) !== open) return
    open.unsubscribe()
    open.streams.close()
    this.#open.delete(projectId)
  }
}

const channelOf = (projectId: ProjectId): string => `interview:${projectId}`
