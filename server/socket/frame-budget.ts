// How large a message one socket may send, so that all sockets of one person together cannot fill the memory with unfinished ones.

export interface FrameBudgetOptions {
  /** A message of any socket at most. */
  maxBytes: number
  /** Shared by a person's sockets: each new one may use its part. */
  personBytes: number
}

/** What every socket may send, however many a person has: more than any keystroke, and than a part of our own provider's. */
const leastBytes = 512 * 1024

export class FrameBudget {
  readonly #options: FrameBudgetOptions
  readonly #sockets = new Map<string, number>()

  constructor(options: FrameBudgetOptions) {
    this.#options = options
  }

  /** Counts a socket of this person and gives its limit; call `leave` once when it is closed. */
  enter(userId: string): number {
    const sockets = (this.#sockets.get(userId) ?? 0) + 1
    this.#sockets.set(userId, sockets)
    const { maxBytes, personBytes } = this.#options
    return Math.min(maxBytes, Math.max(leastBytes, Math.floor(personBytes / sockets)))
  }

  leave(userId: string): void {
    const sockets = (this.#sockets.get(userId) ?? 1) - 1
    if (sockets > 0) this.#sockets.set(userId, sockets)
    else this.#sockets.delete(userId)
  }
}
