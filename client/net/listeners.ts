// A set of listeners that survives one of them throwing, leaving or joining while they are called.

/** Calls everyone who asked to be called. */
export class Listeners<Args extends unknown[] = []> {
  readonly #listeners = new Set<(...args: Args) => void>()

  /** Gives the way to stop. The same function added twice is called once, until the first stop. */
  add(listener: (...args: Args) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** A listener that throws does not keep the others from hearing; its error surfaces as an uncaught one, where it belongs. */
  call(...args: Args): void {
    for (const listener of this.#listeners) {
      try {
        listener(...args)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  clear(): void {
    this.#listeners.clear()
  }
}
