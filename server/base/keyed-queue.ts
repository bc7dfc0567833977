// Runs tasks of one key one after another, tasks of different keys side by side.

/** INVARIANT: a key without tasks holds no memory. A task that fails does not stop those behind it. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>()

  /** Runs `task` after all earlier ones of `key`; gives its result or its failure. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve()
    const result = before.then(task, task)
    this.#tails.set(key, result)
    const forget = (): void => {
      if (this.#tails.get(key) === result) this.#tails.delete(key)
    }
    result.then(forget, forget)
    return result
  }
}
