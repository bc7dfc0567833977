// Keeps refs of items that there are not out of an answer, while its words come in pieces.

const ref = /\bSPEC-(\d+)\b/gi
/** What may become a ref, or go on with its number, with the next piece. */
const begun = /(?:^|\W)(S(?:P(?:E(?:C(?:-\d*)?)?)?)?)$/i
const unknown = '(no such item)'

export class KnownRefs {
  readonly #known: ReadonlySet<number>
  #heldBack = ''
  #last = ''

  constructor(known: Iterable<number>) {
    this.#known = new Set(known)
  }

  /** The part that is complete. */
  push(piece: string): string {
    const whole = this.#heldBack + piece
    // What came before decides whether a word begins here.
    const start = begun.exec(this.#last + whole)?.[1] ?? ''
    this.#heldBack = start.length <= whole.length ? start : ''
    const complete = whole.slice(0, whole.length - this.#heldBack.length)
    this.#last = complete.at(-1) ?? this.#last
    return this.#checked(complete)
  }

  /** What waited for more. */
  end(): string {
    const rest = this.#heldBack
    this.#heldBack = ''
    return this.#checked(rest)
  }

  #checked(text: string): string {
    return text.replace(ref, (whole, number: string) => (this.#known.has(Number(number)) ? whole : unknown))
  }
}
