// A wording notice: words in an item that can be read in more than one way, and what would fix it.

import type { SpecItem } from '../spec-item.ts'
import type { Span } from '../span.ts'

/** The rule families. */
export type WordingRule =
  | 'vague_term'
  | 'escape_clause'
  | 'open_end'
  | 'missing_unit'
  | 'passive_without_actor'
  | 'pronoun_without_referent'
  | 'two_in_one'
  | 'absolute'

/** Offsets count in the item's text; `sourceSpan` leads to the document. */
export interface WordingNotice extends Span {
  readonly rule: WordingRule
  /** What is unclear, as a sentence. */
  readonly message: string
  /** What would make it clear, as a sentence. */
  readonly fix: string
}

/** What the rules read of an item. */
export type WordingSubject = Pick<SpecItem, 'kind' | 'text' | 'bodyFrom' | 'modality' | 'statement'>

/** The first line of an item's text, which is its statement; its details stand behind it. */
export function statementLine(text: string): string {
  const end = text.indexOf('\n')
  return end < 0 ? text : text.slice(0, end)
}
