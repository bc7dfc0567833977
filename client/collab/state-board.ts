// Holds the provider's snapshot, and replaces it only when something in it differs.

import { Listeners } from '../net/listeners.ts'
import type { ProviderState } from './provider-state.ts'

/** The last snapshot and those who want to hear of the next. */
export class StateBoard {
  readonly #listeners = new Listeners()
  #state: ProviderState

  constructor(first: ProviderState) {
    this.#state = first
  }

  get state(): ProviderState {
    return this.#state
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener)
  }

  /** Shows `next`; parts that are equal to the last ones keep their identity, and when all are, nobody is called. */
  show(next: ProviderState): void {
    const save = isSame(this.#state.save, next.save) ? this.#state.save : next.save
    const connection = isSame(this.#state.connection, next.connection) ? this.#state.connection : next.connection
    const merged = { ...next, save, connection }
    if (!isSame(this.#state, merged)) {
      this.#state = merged
      this.#listeners.call()
    }
  }

  clear(): void {
    this.#listeners.clear()
  }
}

/** Whether two flat objects of one shape hold the same. */
function isSame<T extends object>(a: T, b: T): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof T>
  return [...keys].every((key) => Object.is(a[key], b[key]))
}
