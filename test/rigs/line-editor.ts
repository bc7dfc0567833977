// An editor at the end of a line in memory: its messages take their time, and what is under way is lost when the line drops.

import * as Y from 'yjs'
import { contentKey, isInsidePair } from '../../shared/spec/plain-text.ts'
import { syncType } from '../../shared/wire/yjs-messages.ts'
import type { DocumentWorld, Joined } from './document-world.ts'
import { MemoryTransport } from './memory-transport.ts'
import { hear, step1Message, step2Message, updateMessage } from './yjs-client.ts'

export interface LineEditorOptions {
  world: DocumentWorld
  projectId: string
  name: string
  /** 0 to 1. */
  random: () => number
  /** A message takes up to so long; those of one line stay in order, those of two overtake each other. */
  maxDelayMs: number
}

const words = ['a', 'bc ', '😀', '\n', 'é', '🚀🚀', 'word ', '\u{20000}']

/** One made line; after `cut` nothing more arrives at either end. */
class Line {
  readonly #options: LineEditorOptions
  isCut = false
  #lastAtMs = { up: 0, down: 0 }

  constructor(options: LineEditorOptions) {
    this.#options = options
  }

  send(direction: 'up' | 'down', deliver: () => void): void {
    const { random, maxDelayMs } = this.#options
    const atMs = Math.max(this.#lastAtMs[direction], performance.now() + random() * maxDelayMs)
    this.#lastAtMs[direction] = atMs
    setTimeout(
      () => {
        if (!this.isCut) deliver()
      },
      Math.max(0, atMs - performance.now()),
    )
  }
}

export class LineEditor {
  readonly doc = new Y.Doc()
  /** Own updates that were acked. */
  readonly acked: Uint8Array[] = []
  readonly #options: LineEditorOptions
  /** Own updates without an ack; sent again, by the sync, over the next line. */
  readonly #waiting = new Set<Uint8Array>()
  #line: Line | undefined
  #joined: Joined | undefined
  #connecting: Promise<void> | undefined

  constructor(options: LineEditorOptions) {
    this.#options = options
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return
      this.#waiting.add(update)
      this.#say(updateMessage(update), [update])
    })
  }

  /** Own updates that no ack has come for. */
  get unsettled(): number {
    return this.#waiting.size
  }

  get isConnected(): boolean {
    return this.#joined !== undefined
  }

  /** Makes the line, if there is none, as both doors do; a drop meanwhile ends that. */
  async connect(): Promise<void> {
    if (this.#joined) return
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = undefined))
    await this.#connecting
  }

  /** The line goes, with all that is under way. */
  drop(): void {
    if (this.#line) this.#line.isCut = true
    this.#joined?.leave()
    this.#line = this.#joined = undefined
  }

  /** One change as people make it: some words in, or some out, never half a character. */
  edit(): void {
    const { random } = this.#options
    const text = this.doc.getText(contentKey)
    const content = text.toString()
    const whole = (index: number): number => (isInsidePair(content, index) ? index - 1 : index)
    const from = whole(Math.floor(random() * (content.length + 1)))
    if (random() < 0.7) text.insert(from, words[Math.floor(random() * words.length)] ?? '')
    else {
      const to = whole(Math.min(content.length, from + Math.floor(random() * 5)))
      if (to > from) text.delete(from, to - from)
    }
  }

  async #connect(): Promise<void> {
    const { world, projectId, name } = this.#options
    const line = new Line(this.#options)
    const transport = new MemoryTransport()
    transport.onMessage = (message) => line.send('down', () => this.#hear(message))
    transport.onClose = () => this.drop()
    this.#line = line
    const joined = await world.join(projectId, { transport, userId: name })
    if (line.isCut) {
      joined.leave()
      return
    }
    this.#joined = joined
    this.#say(step1Message(Y.encodeStateVector(this.doc)), [])
  }

  #hear(message: Uint8Array): void {
    const { sync, payload } = hear(message)
    if (sync === syncType.step1) this.#say(step2Message(Y.encodeStateAsUpdate(this.doc, payload)), [...this.#waiting])
    else if (sync === syncType.step2 || sync === syncType.update) {
      Y.applyUpdate(this.doc, payload, this)
      // A gap here is a message of ours that is still to come, or one that was lost: the server is asked.
      if (this.doc.store.pendingStructs) this.#say(step1Message(Y.encodeStateVector(this.doc)), [])
    }
  }

  /** Sends a message that holds `updates`; they are done when its ack arrives. */
  #say(message: Uint8Array, updates: readonly Uint8Array[]): void {
    const [line, joined] = [this.#line, this.#joined]
    if (!line || !joined) return
    line.send('up', () => {
      joined.connection.receive(message, (refusal) => {
        line.send('down', () => {
          if (refusal) throw new Error(`refused: ${refusal.code}`)
          for (const update of updates) if (this.#waiting.delete(update)) this.acked.push(update)
        })
      })
    })
  }
}
