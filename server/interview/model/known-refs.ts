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
    return this.#checked(whole.slice(0, whole.length - this.#heldBack.length))
  }

  /** What waited for more. */
  end(): string {
    const rest = this.#heldBack
    this.#heldBack = ''
    return this.#checked(rest)
  }

  #checked(text: string): string {
    // A word that was cut is no ref at its second half.
    const isInWord = /\w$/.test(this.#last)
    this.#last = text.at(-1) ?? this.#last
    return text.replace(ref, (whole, number: string, at: number) =>
      this.#known.has(Number(number)) || (at === 0 && isInWord) ? whole : unknown,
    )
  }
}
