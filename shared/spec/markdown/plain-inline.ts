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

  /** Adds words that stand nowhere in the source; `near` is where they are shown to stand. */
  addWords(words: string, near: number): this {
    for (const unit of words) this.#put(unit, near)
    this.#expected = -1
    return this
  }

  /** Sets what goes between what was added and what comes next, if anything comes. */
  breakBy(separator: ' ' | '\n'): this {
    if (this.#length > 0) this.#gap = separator
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
    stripInline(raw, (words, at) => {
      if (words === '\n') this.breakBy('\n')
      else this.#put(words, placeOf(at))
    })
    return this
  }

  build(): PlainText {
    return { text: this.#chunks.join(''), runs: this.#runs }
  }

  #put(unit: string, place: number): void {
    if (/\s/.test(unit)) {
      if (this.#length > 0 && this.#gap === '') this.#gap = ' '
      return
    }
    if (this.#gap !== '') {
      this.#push(this.#gap, this.#expected < 0 ? place : this.#expected)
      this.#gap = ''
    }
    this.#push(unit, place)
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

type Emit = (words: string, at: number) => void

/** Goes over `raw` once and gives what is no markup, unit by unit; a forced line break as a lone line end. */
function stripInline(raw: string, emit: Emit): void {
  const dropped = markupOf(raw)
  for (let at = 0; at < raw.length;) {
    const skip = dropped.get(at)
    if (skip === undefined) {
      const unit = raw[at] ?? ''
      emit(unit === '\n' ? ' ' : unit, at)
      at += 1
    } else {
      if (skip.words !== '') emit(skip.words, at)
      at += skip.length
    }
  }
}
