// How many analyses run at once on this node, and for how much of its time: a thousand busy documents are analysed less often, not all at the cost of typing.

/** At once; one that is long does not hold up the others. */
const usuallyAtOnce = 3
/** A slot rests for so many times what its last analysis took, */
const restFactor = 4
/** but no longer. */
const maxRestMs = 250

/** First come, first served. While few are asked for, nothing waits. */
export class AnalysisSlots {
  readonly #waiting: (() => void)[] = []
  #free: number
  #isStopped = false

  constructor(atOnce = usuallyAtOnce) {
    this.#free = atOnce
  }

  /** Runs `task` when there is a slot, and gives its result or its failure. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else if (!this.#isStopped) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    const startedMs = performance.now()
    try {
      return await task()
    } finally {
      const restMs = Math.min(maxRestMs, restFactor * (performance.now() - startedMs))
      setTimeout(() => this.#leave(), restMs).unref()
    }
  }

  /** Lets all who wait in, and whoever comes. */
  stop(): void {
    this.#isStopped = true
    for (const enter of this.#waiting.splice(0)) enter()
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
  }
}
