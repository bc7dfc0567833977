// Whom one follows in the document: the page says whom, the editor goes where they are until one moves oneself.

/** Nobody at first; shared by the editor and all that shows or changes whom it follows. */
export class Following {
  #userId: string | null = null
  readonly #listeners = new Set<() => void>()

  /** The person who is followed, or null. */
  get userId(): string | null {
    return this.#userId
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Follows a person in place of the last one. */
  follow(userId: string): void {
    this.#set(userId)
  }

  /** Stays where one is. */
  stop(): void {
    this.#set(null)
  }

  #set(userId: string | null): void {
    if (userId === this.#userId) return
    this.#userId = userId
    for (const listener of this.#listeners) listener()
  }
}
