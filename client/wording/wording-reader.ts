// The wording notices of a text that changes: an edit costs what it touches.

import type { Span } from '../../shared/spec/span.ts'
import { SpecOutline, type TextChange } from '../../shared/spec/outline.ts'
import { sourceSpan, type SpecItem } from '../../shared/spec/spec-item.ts'
import { checkWording } from '../../shared/spec/wording/check-wording.ts'
import { earsOffer } from '../../shared/spec/wording/ears.ts'

/** A notice at its place in the document. */
export interface PlacedNotice extends Span {
  readonly message: string
  readonly fix: string
  /** The EARS pattern that its item nearly follows; null where there is none. */
  readonly offer: EarsOffer | null
}

/** Words that could stand in place of the item's own, which take up `span`; null where there are Markdown marks between them, which would be lost. */
export interface EarsOffer {
  readonly text: string
  readonly span: Span | null
}

/** What there is to be marked in `span` from now on. */
export interface WordingChange {
  readonly span: Span
  readonly notices: readonly PlacedNotice[]
}

/** INVARIANT: what it gave, whole at first and then change by change, are the notices of the text as it is. */
export class WordingReader {
  readonly #outline: SpecOutline

  private constructor(outline: SpecOutline) {
    this.#outline = outline
  }

  /** Reads a whole text in steps. */
  static *read(markdown: string): Generator<void, WordingReader> {
    return new WordingReader(yield* SpecOutline.read(markdown))
  }

  /** Units of the longest stretch that an edit may have to read in one go. */
  get longestStretch(): number {
    return this.#outline.longestPiece
  }

  /** All notices in steps, between which no edit may be taken. */
  *all(): Generator<void, PlacedNotice[]> {
    const notices: PlacedNotice[] = []
    for (const item of yield* this.#outline.itemsInSteps()) {
      notices.push(...noticesOf(item))
      yield
    }
    return notices
  }

  /** Takes edits that follow one another, each behind the one before in the text. */
  take(changes: readonly TextChange[]): WordingChange {
    let span: Span | null = null
    for (const change of changes) {
      const grown = change.insert.length - (change.to - change.from)
      const { reread } = this.#outline.update(change)
      // What was read again before may have been moved by this edit.
      if (span && change.from < span.to) span = { from: span.from, to: span.to + grown }
      span = span ? { from: Math.min(span.from, reread.from), to: Math.max(span.to, reread.to) } : reread
    }
    if (span === null) return { span: { from: 0, to: 0 }, notices: [] }
    const { from, to } = span
    // No item reaches over the edge of what is read again.
    return {
      span,
      notices: this.#outline
        .itemsIn(span)
        .filter((item) => item.from >= from && item.to <= to)
        .flatMap(noticesOf),
    }
  }

  /** Where an offer that was made earlier can be taken up now; null when its words are not there any more. */
  placeOf({ text, span }: EarsOffer): Span | null {
    const distance = (place: Span) => Math.abs(place.from - (span?.from ?? 0))
    const places = this.#outline.items.flatMap((item) => {
      const offer = offerOf(item)
      return offer?.text === text && offer.span ? [offer.span] : []
    })
    return places.toSorted((a, b) => distance(a) - distance(b))[0] ?? null
  }

  /** The pattern that the item at `position` nearly follows. */
  offerAt(position: number): EarsOffer | null {
    const item = this.#outline.itemsIn({ from: position, to: position }).find(({ from, to }) => from <= position && position <= to)
    return item ? offerOf(item) : null
  }
}

function noticesOf(item: SpecItem): PlacedNotice[] {
  const notices = checkWording(item)
  if (notices.length === 0) return []
  const offer = offerOf(item)
  return notices.map(({ message, fix, ...words }) => ({ ...sourceSpan(item, words), message, fix, offer }))
}

function offerOf(item: SpecItem): EarsOffer | null {
  const text = earsOffer(item)
  if (text === null) return null
  const span = sourceSpan(item, { from: 0, to: item.text.length })
  return { text, span: span.to - span.from === item.text.length ? span : null }
}
