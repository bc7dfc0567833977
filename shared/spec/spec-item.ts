// What the grammar gives: the items of a spec, what was left out and why, and the gaps someone marked.

import type { CategoryKey } from '../domain/categories.ts'
import type { Span } from './span.ts'
import type { Modality } from './statement/modality.ts'
import type { Statement } from './statement/statement.ts'

/** How an item stands in the text. */
export type ItemKind = 'bullet' | 'row' | 'requirement' | 'scenario' | 'story' | 'pair'

/** One requirement, with where it stands. Offsets count in the document; those of `statement` count in `text`. */
export interface SpecItem extends Span {
  readonly kind: ItemKind
  /** The whole lines it takes up, with the line end of the last: what goes when it is removed. */
  readonly lines: Span
  /** What it says, without Markdown: words single-spaced, details each behind a line end. Its id is not in it, a bold or `Key:` lead-in is. */
  readonly text: string
  /** Pairs of an offset in `text` and where that unit stands, counted from `from`; between two pairs both grow alike. */
  readonly runs: readonly number[]
  /** Where the lead-in (`Database: `) ends in `text`; 0 without one. */
  readonly bodyFrom: number
  readonly category: CategoryKey
  /** A short slug: from the lead-in or the heading that names it, else from what it is about. */
  readonly key: string
  /** An id the text itself gives (`FR-001`), as written. */
  readonly externalId: string | null
  readonly modality: Modality
  /** The headings above it, outermost first, and then the list items that are only titles. */
  readonly headings: readonly string[]
  /** Whether its task box is ticked; null without one. */
  readonly checked: boolean | null
  /** What its words say. Equal texts may share it, and it stays the same object as long as the text does. */
  readonly statement: Statement
}

/** Why a part of the text is read for no items. */
export type LeftOutReason =
  | 'code'
  | 'quote'
  | 'front_matter'
  | 'comment'
  | 'html'
  | 'links'
  | 'clarifications'
  | 'about_the_document'
  | 'example'
  | 'empty'

/** A part of the text that gives no items although it has the form of one, or is a block of another kind. */
export interface LeftOut extends Span {
  readonly reason: LeftOutReason
}

/** A place where someone wrote `[NEEDS CLARIFICATION: …]`. */
export interface Gap extends Span {
  readonly question: string
  readonly category: CategoryKey
}

/** All that the grammar reads out of a document, each list in the order of the text. */
export interface ParsedSpec {
  readonly items: readonly SpecItem[]
  readonly leftOut: readonly LeftOut[]
  readonly gaps: readonly Gap[]
}

/** The place in the document of `span`, which counts in the item's text. An empty span is the place before the unit it starts at. */
export function sourceSpan(item: SpecItem, span: Span): Span {
  const from = item.from + sourceOffset(item.runs, span.from)
  if (span.to <= span.from) return { from, to: from }
  return { from, to: Math.max(from, item.from + sourceOffset(item.runs, span.to - 1) + 1) }
}

function sourceOffset(runs: readonly number[], offset: number): number {
  let low = 0
  let high = runs.length / 2 - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((runs[2 * middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return (runs[2 * low + 1] ?? 0) + offset - (runs[2 * low] ?? 0)
}
