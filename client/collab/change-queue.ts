// Local changes on their way out, merged as they wait.

import * as Y from 'yjs'

/** Changes merged into one update, and how many there were. */
export interface MergedChanges {
  readonly update: Uint8Array
  readonly changes: number
}

/** Waiting changes are merged this many at a time: merging a long list at once takes quadratic time. */
const mergeEvery = 64

/** The changes that wait while a write is in flight. */
export class ChangeQueue {
  #updates: Uint8Array[] = []
  #changes = 0

  get isEmpty(): boolean {
    return this.#updates.length === 0
  }

  add(update: Uint8Array): void {
    this.#updates.push(update)
    this.#changes++
    if (this.#updates.length >= mergeEvery) this.#updates = [Y.mergeUpdates(this.#updates)]
  }

  /** Gives all that waits as one update, and forgets it. Only when it is not empty. */
  take(): MergedChanges {
    const merged = { update: Y.mergeUpdates(this.#updates), changes: this.#changes }
    this.clear()
    return merged
  }

  /** Puts back what was taken; in which order updates are merged makes no difference. */
  putBack({ update, changes }: MergedChanges): void {
    this.#updates.push(update)
    this.#changes += changes
  }

  clear(): void {
    this.#updates = []
    this.#changes = 0
  }
}
