// The way out: one write in flight, what follows is merged, and nothing is let go before it is acked.

import * as Y from 'yjs'
import type { ErrorBody } from '../../shared/errors.ts'
import { localError } from '../../shared/local-errors.ts'
import { backoffMs } from '../../shared/backoff.ts'
import type { Outcome } from '../net/connection.ts'
import { ChangeQueue } from './change-queue.ts'
import { isAheadOf } from './local-changes.ts'
import { syncMessage } from './messages.ts'
import { RefusedChanges } from './refused-changes.ts'
import type { Sender } from './sender.ts'

/** One write that waits for its answer, and how many local changes it carries. */
interface Write {
  readonly type: 'step2' | 'update' | 'refused'
  readonly update: Uint8Array
  readonly changes: number
}

export interface WriterHooks {
  onChange(): void
  /** A refusal that ends the membership or the provider; what was sent counts as unsaved. */
  onEnded(error: ErrorBody): void
  /** An answer did not come in time: whether both sides hold the same is not known any more. */
  onDoubt(): void
}

export interface WriterOptions {
  doc: Y.Doc
  sender: Sender
  random: () => number
  hooks: WriterHooks
}

const firstRetryMs = 500
const maxRetryMs = 10_000
const endingCodes: readonly string[] = ['stale_epoch', 'access_lost', 'not_found', 'unauthenticated', 'forbidden', 'not_joined']

/**
 * INVARIANTS: a change counts as unsaved from the moment it is made until a write that carries it is acked. While away,
 * and until the server's step 1 is here, changes are only counted: the step 2 that answers it carries them all.
 */
export class Writer {
  readonly #options: WriterOptions
  readonly #queue = new ChangeQueue()
  readonly #refused = new RefusedChanges(() => this.#pump())
  #unsavedCount = 0
  #isUncertain = false
  #refusal: ErrorBody | null = null
  #isWritable = false
  #serverVector: Uint8Array | null = null
  #isVectorDue = false
  #inFlight: Write | null = null
  #attempt = 0
  #retryTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: WriterOptions) {
    this.#options = options
  }

  /** Local changes that are not acked. */
  get unsavedCount(): number {
    return this.#unsavedCount
  }

  /** Whether something may exist only here. */
  get hasUnsaved(): boolean {
    return this.#unsavedCount > 0 || this.#isUncertain
  }

  /** The refusal that still stands. */
  get refusal(): ErrorBody | null {
    return this.#refusal
  }

  /** The document came from elsewhere (a kept copy): what of it the server has is not known until a step 2 is acked. */
  distrust(): void {
    this.#isUncertain = true
  }

  /** Takes a local change. */
  record(update: Uint8Array): void {
    this.#unsavedCount++
    if (this.#serverVector !== null) {
      if (!this.#isWritable) {
        this.#refusal = readOnly()
      } else if (this.#refused.isEmpty || this.#refused.isApart(update)) {
        this.#queue.add(update)
      }
    }
    this.#pump()
    this.#options.hooks.onChange()
  }

  /** A session begins. */
  open(isWritable: boolean): void {
    this.#isWritable = isWritable
    this.#refusal = isWritable ? null : this.#refusal
  }

  /** The server's step 1 is here: what it lacks goes out, before anything else. */
  answer(vector: Uint8Array): void {
    this.#serverVector = vector
    if (this.#isWritable) {
      this.#isVectorDue = true
      this.#pump()
    } else {
      const isAhead = this.#unsavedCount > 0 || isAheadOf(this.#options.doc, vector)
      this.#isUncertain = isAhead
      this.#refusal = isAhead ? readOnly() : null
    }
    this.#options.hooks.onChange()
  }

  /** The right to write came or went. */
  setWritable(isWritable: boolean): void {
    const isRegained = isWritable && !this.#isWritable
    this.#isWritable = isWritable
    if (isRegained && this.#serverVector !== null) {
      this.#refusal = null
      // An older vector than the server's own now: that only sends more than would be needed.
      this.#isVectorDue = true
      this.#pump()
    }
    this.#options.hooks.onChange()
  }

  /** The session is over: whatever is unsaved goes with the answer to the next step 1. */
  suspend(): void {
    clearTimeout(this.#retryTimer)
    this.#retryTimer = undefined
    this.#queue.clear()
    this.#refused.clear()
    this.#inFlight = null
    this.#serverVector = null
    this.#isVectorDue = false
    this.#attempt = 0
    this.#refusal = this.#refusal?.retryable === true ? null : this.#refusal
  }

  /** Does not wait any longer for the next try of what was refused for the moment. */
  retryNow(): void {
    clearTimeout(this.#retryTimer)
    this.#retryTimer = undefined
    this.#pump()
  }

  #pump(): void {
    if (this.#inFlight !== null || this.#retryTimer !== undefined || !this.#isWritable || this.#serverVector === null) {
      return
    }
    const write = this.#nextWrite(this.#serverVector)
    if (write !== null) {
      this.#inFlight = write
      const message = syncMessage(write.type === 'step2' ? 'step2' : 'update', write.update)
      this.#options.sender.send(message, (outcome) => this.#settle(write, outcome))
    }
  }

  #nextWrite(serverVector: Uint8Array): Write | null {
    const { doc } = this.#options
    if (this.#isVectorDue) {
      this.#isVectorDue = false
      this.#queue.clear()
      return { type: 'step2', update: Y.encodeStateAsUpdate(doc, serverVector), changes: this.#unsavedCount }
    }
    if (!this.#queue.isEmpty) {
      return { type: 'update', ...this.#queue.take() }
    }
    if (this.#refused.isDue) {
      return { type: 'refused', update: this.#refused.take(doc), changes: this.#unsavedCount }
    }
    return null
  }

  #settle(write: Write, outcome: Outcome): void {
    this.#inFlight = null
    switch (outcome.type) {
      case 'ok':
        this.#onAcked(write)
        break
      case 'refused':
        this.#onRefused(write, outcome.error)
        break
      case 'timeout':
        this.#refusal = localError('timeout')
        this.#retryLater(write)
        this.#options.hooks.onDoubt()
        break
      case 'lost':
        this.#retryLater(write)
        break
    }
    this.#pump()
    this.#options.hooks.onChange()
  }

  #onAcked(write: Write): void {
    this.#attempt = 0
    this.#unsavedCount -= write.changes
    if (write.type !== 'update') {
      this.#refused.clear()
      this.#isUncertain = false
    }
    if (this.#refused.isEmpty) this.#refusal = !this.#isWritable && this.hasUnsaved ? readOnly() : null
  }

  #onRefused(write: Write, error: ErrorBody): void {
    this.#refusal = error
    if (endingCodes.includes(error.code)) {
      this.#options.hooks.onEnded(error)
    } else if (error.retryable) {
      this.#retryLater(write)
    } else if (error.code === 'read_only') {
      this.#isWritable = false
      this.#queue.clear()
    } else {
      this.#keepRefused(write.update)
    }
  }

  #keepRefused(refused: Uint8Array): void {
    this.#refused.add(refused)
    if (!this.#queue.isEmpty) {
      const { update } = this.#queue.take()
      this.#refused.isApart(update)
      this.#refused.add(update)
    }
  }

  #retryLater(write: Write): void {
    if (write.type === 'step2') {
      this.#isVectorDue = true
    } else if (write.type === 'refused') {
      this.#refused.putBack()
    } else {
      this.#queue.putBack(write)
    }
    this.#attempt++
    const waitMs = backoffMs(this.#attempt, { firstMs: firstRetryMs, maxMs: maxRetryMs, random: this.#options.random })
    this.#retryTimer = setTimeout(() => this.retryNow(), waitMs)
  }
}

function readOnly(): ErrorBody {
  return localError('read_only')
}
