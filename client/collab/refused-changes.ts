// Changes the server refuses (the document is full, a change is too large): kept in the document, tried again only when the person deletes.

import type * as Y from 'yjs'
import { deletesMissing, encodeMissing, partsOf, withRefused, type MissingFrom } from './local-changes.ts'

/** Tried again at most this often, so that a held Backspace is not a flood of large writes. */
const retryMs = 500

/** What the server lacks because it refused it. */
export class RefusedChanges {
  readonly #onDue: () => void
  #missing: MissingFrom | null = null
  #isDue = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `onDue` is called when it is time to try again: take the update then. */
  constructor(onDue: () => void) {
    this.#onDue = onDue
  }

  get isEmpty(): boolean {
    return this.#missing === null
  }

  get isDue(): boolean {
    return this.#missing !== null && this.#isDue
  }

  /** Takes what was refused; what was made after it builds on it, and is missing as well. */
  add(update: Uint8Array): void {
    this.#missing = withRefused(this.#missing, update)
  }

  /**
   * Takes a change made while others are refused. True when it can be sent by itself: it only deletes, and only what the
   * server has; such a change is never refused for its size.
   */
  isApart(update: Uint8Array): boolean {
    const { inserts, deletes } = partsOf(update)
    if (deletes) this.#tryAgainSoon()
    return this.#missing !== null && deletes && !inserts && !deletesMissing(update, this.#missing)
  }

  /** All that is missing, as it is now. */
  take(doc: Y.Doc): Uint8Array {
    this.#isDue = false
    return encodeMissing(doc, this.#missing ?? new Map())
  }

  /** What was taken did not arrive: it stays due. */
  putBack(): void {
    this.#isDue = true
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#missing = null
    this.#isDue = false
  }

  #tryAgainSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#isDue = true
      this.#onDue()
    }, retryMs)
  }
}
