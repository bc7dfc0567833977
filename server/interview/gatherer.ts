// How often what was written is sent: the first words at once, then what gathered in a window that follows the stream's pace.

const shortestMs = 40
const longestMs = 150
/** A frame of fewer units is mostly envelope. */
const fullFrameUnits = 64
const growth = 1.6

/** Calls `send` while there is something that `add` announced; never more often than once a window. */
export class Gatherer {
  readonly #send: () => void
  #units = 0
  #windowMs = shortestMs
  #timer: ReturnType<typeof setTimeout> | undefined
  #hasSent = false

  constructor(send: () => void) {
    this.#send = send
  }

  /** So many units more are there to be sent. */
  add(units: number): void {
    this.#units += units
    if (this.#units === 0 || this.#timer) return
    if (this.#hasSent) this.#timer = setTimeout(() => this.flush(), this.#windowMs)
    else this.flush()
  }

  /** Sends what is there now. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#units === 0) return
    const isFull = this.#units >= fullFrameUnits
    if (this.#hasSent)
      this.#windowMs = isFull ? Math.max(shortestMs, this.#windowMs / growth) : Math.min(longestMs, this.#windowMs * growth)
    this.#hasSent = true
    this.#units = 0
    this.#send()
  }
}
