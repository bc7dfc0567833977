// The conversation about one document, from join to loss and again: what goes out, what comes in, and who is seen.

import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { ErrorBody } from '../../shared/errors.ts'
import type { Connection, Outcome } from '../net/connection.ts'
import { AwarenessChannel } from './awareness-channel.ts'
import { Inbox } from './inbox.ts'
import { syncMessage } from './messages.ts'
import { reasonOf } from './save-state.ts'
import { Sender } from './sender.ts'
import { Writer } from './writer.ts'

export interface ConversationHooks {
  /** What is unsaved, refused or synced may have changed. */
  onChange(): void
  /** A refusal that ends the membership or the provider. */
  onRefused(error: ErrorBody): void
  onGap(): void
  onFault(fault: unknown): void
}

export interface ConversationOptions {
  projectId: string
  connection: Connection
  doc: Y.Doc
  awareness: Awareness
  /** What changes from the server are tagged with, in the document and in awareness. */
  origin: object
  /** What those are tagged with that the server made on behalf of the person here. */
  ownEditOrigin: object
  ackTimeoutMs: number
  random: () => number
  hooks: ConversationHooks
}

/** Open while the project is joined; nothing is sent or heard otherwise. */
export class Conversation {
  readonly writer: Writer
  readonly #options: ConversationOptions
  readonly #sender: Sender
  readonly #inbox: Inbox
  readonly #channel: AwarenessChannel
  #isOpen = false
  #isSynced = false

  constructor(options: ConversationOptions) {
    const { awareness, origin } = options
    this.#options = options
    this.#sender = new Sender(options)
    this.writer = this.#makeWriter()
    this.#inbox = this.#makeInbox()
    this.#channel = new AwarenessChannel({ awareness, origin, send: (message) => this.#sender.send(message) })
  }

  /** Whether the document has held all that the server had, at least once. */
  get isSynced(): boolean {
    return this.#isSynced
  }

  open(epoch: number, isWritable: boolean): void {
    this.#isOpen = true
    this.#sender.open(epoch)
    this.writer.open(isWritable)
    this.#ask()
    this.#channel.open()
  }

  close(): void {
    if (this.#isOpen) {
      this.#isOpen = false
      this.#sender.close()
      this.writer.suspend()
      this.#inbox.suspend()
      this.#channel.close()
    }
  }

  /** Takes one message. Before the join nothing may merge, since the epoch is not compared yet; the answer to step 1 brings it later. */
  receive(bytes: Uint8Array): void {
    if (this.#isOpen) this.#inbox.receive(bytes)
  }

  destroy(): void {
    this.close()
    this.#channel.destroy()
  }

  #makeWriter(): Writer {
    const { doc, random, hooks } = this.#options
    return new Writer({
      doc,
      sender: this.#sender,
      random,
      hooks: { onChange: () => hooks.onChange(), onEnded: (error) => hooks.onRefused(error), onDoubt: () => this.#ask() },
    })
  }

  #makeInbox(): Inbox {
    const { doc, origin, ownEditOrigin, random, hooks } = this.#options
    return new Inbox({
      doc,
      origin,
      ownEditOrigin,
      random,
      hooks: {
        onStep1: (vector) => this.writer.answer(vector),
        onSynced: () => {
          this.#isSynced = true
          hooks.onChange()
        },
        onAwareness: (update) => this.#channel.receive(update),
        onQueryAwareness: () => this.#channel.sendSoon(),
        ask: () => this.#ask(),
        onGap: () => hooks.onGap(),
        onFault: (fault) => hooks.onFault(fault),
      },
    })
  }

  /** Step 1: asks for what is missing here. */
  #ask(): void {
    this.#sender.send(syncMessage('step1', Y.encodeStateVector(this.#options.doc)), (outcome) => this.#onAsked(outcome))
  }

  #onAsked(outcome: Outcome): void {
    if (outcome.type === 'refused' && reasonOf(outcome.error) !== 'refused') {
      this.#options.hooks.onRefused(outcome.error)
    } else if (outcome.type === 'refused' || outcome.type === 'timeout') {
      this.#inbox.doubt()
    }
  }
}
