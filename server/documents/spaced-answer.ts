// An answer that costs more than its question: given at once, and when asked for again soon, once for all that was asked meanwhile.

/** Calls `answer` at most once every `intervalMs`, and always after the last `request`. */
export class SpacedAnswer {
  readonly #intervalMs: number
  readonly #answer: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #answeredAtMs: number

  constructor(intervalMs: number, answer: () => void) {
    this.#intervalMs = intervalMs
    this.#answer = answer
    this.#answeredAtMs = -intervalMs
  }

  request(): void {
    if (this.#timer) return
    const waitMs = this.#answeredAtMs + this.#intervalMs - performance.now()
    if (waitMs <= 0) this.#give()
    else this.#timer = setTimeout(() => this.#give(), waitMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #give(): void {
    this.#timer = undefined
    this.#answeredAtMs = performance.now()
    this.#answer()
  }
}
