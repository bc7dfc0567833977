// Inline Markdown as plain words, with the way back: which place in the source each word stands at.

import type { Span } from '../span.ts'
import { markupOf } from './inline-markup.ts'

/** Plain words of a part of a document; `runs` as in `SpecItem`, but counted from the start of the document that was given. */
export interface PlainText {
  readonly text: string
  readonly runs: readonly number[]
}

/** Gathers plain words, and joins what it is given: lines of a paragraph by a space, details by a line end. */
export class PlainBuilder {
  readonly #chunks: string[] = []
  readonly #runs: number[] = []
  #length = 0
  #expected = -1
  #gap = ''

  get isEmpty(): boolean {
    return this.#length === 0
  }

  endsWith(unit: string): boolean {
    return this.#chunks.at(-1)?.endsWith(unit) ?? false
  }

  /** Adds words that stand nowhere in the source; `near` is where they are shown to stand. */
  addWords(words: string, near: number): this {
    for (const [word] of words.matchAll(/\s+|\S+/g)) this.#put(word, near)
    this.#expected = -1
    return this
  }

  /** Sets what goes between what was added and what comes next, if anything comes. */
  breakBy(separator: ' ' | '\n' | ': '): this {
    if (this.#length > 0 && this.#gap !== ': ') this.#gap = separator
    return this
  }

  /** Adds the words of inline Markdown that stands in `source` at `spans`, each a line or the rest of one. */
  addInline(source: string, spans: readonly Span[]): this {
    const places: number[] = []
    let raw = ''
    for (const span of spans) {
      if (raw !== '') raw += '\n'
      places.push(raw.length, span.from)
      raw += source.slice(span.from, span.to)
    }
    let piece = 0
    const placeOf = (at: number): number => {
      while (piece + 2 < places.length && (places[piece + 2] ?? Infinity) <= at) piece += 2
      return (places[piece + 1] ?? 0) + at - (places[piece] ?? 0)
    }
    for (const part of wordsOf(raw)) {
      if (part.words === '\n') this.breakBy('\n')
      else this.#put(part.words, placeOf(part.at))
    }
    return this
  }

  build(): PlainText {
    return { text: this.#chunks.join(''), runs: this.#runs }
  }

  /** Adds a word, or the blank between two, which counts once however long it is. */
  #put(word: string, place: number): void {
    if (/^\s/.test(word)) {
      if (this.#length > 0 && this.#gap === '') this.#gap = ' '
      return
    }
    if (this.#gap !== '') {
      this.#push(this.#gap, this.#expected < 0 ? place : this.#expected)
      this.#gap = ''
    }
    this.#push(word, place)
  }

  #push(unit: string, place: number): void {
    if (place !== this.#expected) this.#runs.push(this.#length, place)
    this.#chunks.push(unit)
    this.#length += unit.length
    this.#expected = place + unit.length
  }
}

/** Plain words of the inline Markdown at `spans` of `source`. */
export const plainInline = (source: string, spans: readonly Span[]): PlainText => new PlainBuilder().addInline(source, spans).build()

/** Words and blanks of `raw` in turn, without its markup; a forced line break as a lone line end. */
function* wordsOf(raw: string): Generator<{ readonly words: string; readonly at: number }> {
  const marks = markupOf(raw)
  let at = 0
  for (const [from, mark] of [...marks].sort((a, b) => a[0] - b[0])) {
    yield* piecesOf(raw, at, from)
    if (mark.words !== '') yield { words: mark.words, at: from }
    at = from + mark.length
  }
  yield* piecesOf(raw, at, raw.length)
}

function* piecesOf(raw: string, from: number, to: number): Generator<{ readonly words: string; readonly at: number }> {
  const pattern = /\s+|\S+/g
  const part = raw.slice(from, to)
  for (const match of part.matchAll(pattern)) yield { words: match[0] === '\n' ? ' ' : match[0], at: from + match.index }
}
