// Whether something was said already: texts as sets of words, asked for by the beginnings of words.

/** Texts that can be asked what they mention. */
export class SaidWords {
  readonly #texts: readonly (readonly string[])[]

  constructor(texts: Iterable<string>) {
    this.#texts = [...texts].map((text) => [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.,]\p{N}+)?/gu) ?? [])])
  }

  /** Whether one text holds, for each word of `entry`, a word that begins with it. */
  holds(entry: string): boolean {
    const wanted = entry.split(/[\s-]+/).filter((word) => word !== '')
    return this.#texts.some((words) => wanted.every((start) => words.some((word) => word.startsWith(start))))
  }

  /** Whether any of the entries is held. */
  holdsAny(entries: readonly string[]): boolean {
    return entries.some((entry) => this.holds(entry))
  }
}
