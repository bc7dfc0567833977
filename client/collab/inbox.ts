// The way in: what the server sends is taken apart, put into the document, and missed when it does not fit.

import * as Y from 'yjs'
import { limits } from '../../shared/limits.ts'
import { GapWatch } from './gap-watch.ts'
import { InboxChunks } from './inbox-chunks.ts'
import { parseMessage, type Message } from './messages.ts'

export interface InboxHooks {
  /** The server's state vector: it wants to be told what it lacks. */
  onStep1(vector: Uint8Array): void
  /** All that the server had when it was asked is in the document. */
  onSynced(): void
  onAwareness(update: Uint8Array): void
  onQueryAwareness(): void
  /** Asks the server for what is missing here. */
  ask(): void
  onGap(): void
  onFault(fault: unknown): void
}

export interface InboxOptions {
  doc: Y.Doc
  /** What changes from the server are tagged with in the document. */
  origin: object
  /** What those are tagged with that the server made on behalf of the person here. */
  ownEditOrigin: object
  random: () => number
  hooks: InboxHooks
}

/** Twice the document: its deletions and its history may take as much again as its text. */
const maxTransferBytes = limits.documentBytes * 2

/** Receives the messages of one project. Nothing in here throws, whatever the bytes. */
export class Inbox {
  readonly #options: InboxOptions
  readonly #chunks = new InboxChunks(maxTransferBytes)
  readonly #gaps: GapWatch

  constructor(options: InboxOptions) {
    this.#options = options
    const { doc, random, hooks } = options
    this.#gaps = new GapWatch({
      hasGap: () => doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
      ask: () => hooks.ask(),
      onGap: () => hooks.onGap(),
      random,
    })
  }

  /** Takes one message as it came. */
  receive(bytes: Uint8Array): void {
    try {
      this.#handle(parseMessage(bytes))
    } catch (fault) {
      this.#options.hooks.onFault(fault)
      this.#gaps.doubt()
    }
  }

  /** A question to the server was not answered: it is asked again, within bounds. */
  doubt(): void {
    this.#gaps.doubt()
  }

  /** The connection is gone; a half transfer with it. */
  suspend(): void {
    this.#chunks.reset()
    this.#gaps.stop()
  }

  #handle(message: Message): void {
    const { hooks } = this.#options
    switch (message.type) {
      case 'step1':
        hooks.onStep1(message.vector)
        break
      case 'step2':
        this.#apply(message.update)
        this.#gaps.check(true)
        hooks.onSynced()
        break
      case 'update':
        this.#apply(message.update)
        this.#gaps.check(false)
        break
      case 'ownEdit':
        this.#applyOwnEdit(message.update)
        break
      case 'awareness':
        hooks.onAwareness(message.update)
        break
      case 'queryAwareness':
        hooks.onQueryAwareness()
        break
      case 'chunk':
        this.#gather(message)
        break
      case 'unknown':
        break
    }
  }

  /** With something missing others' words could come along in the one step of undo: the update that follows brings it then. */
  #applyOwnEdit(update: Uint8Array): void {
    const { doc, ownEditOrigin } = this.#options
    if (doc.store.pendingStructs === null && doc.store.pendingDs === null) Y.applyUpdate(doc, update, ownEditOrigin)
  }

  #apply(update: Uint8Array): void {
    Y.applyUpdate(this.#options.doc, update, this.#options.origin)
  }

  #gather(chunk: Extract<Message, { type: 'chunk' }>): void {
    const result = this.#chunks.add(chunk)
    if (result.type === 'bad') {
      this.#gaps.doubt()
    } else if (result.type === 'whole') {
      const message = parseMessage(result.message)
      if (message.type !== 'chunk') this.#handle(message)
    }
  }
}
