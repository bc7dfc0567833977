// An item as the rules see it: its statements, and the keys under which an index files it.

import { slotsOf, conceptKeys } from './language/lexicon.ts'
import { readClauses } from './language/clause-reader.ts'
import type { Clause, Term } from './language/clause.ts'
import { isTelling } from './frame.ts'

/** What the engine needs of an item; `text` is without Markdown, and offsets of findings count in it. */
export interface ConflictItem {
  /** Its id for life. */
  readonly id: string
  readonly text: string
  /** Where a lead-in (`Database: `) ends in the text; 0 without one. */
  readonly bodyFrom: number
  readonly key: string
  readonly category: string
  readonly headings: readonly string[]
}

/** An item that was read. */
export interface Subject {
  readonly item: ConflictItem
  readonly clauses: readonly Clause[]
  /** Keys of the words that tell what it is about. */
  readonly keys: ReadonlySet<string>
  /** Keys by which items of one lead-in, and items about money, meet whatever their words. */
  readonly labels: readonly string[]
}

const keysOf = (term: Term): string[] => [...conceptKeys(term.lemma), ...slotsOf(term.lemma).map((slot) => `slot:${slot}`)]

function labelsOf(item: ConflictItem, clauses: readonly Clause[]): string[] {
  const lead = item.bodyFrom > 0 && item.key !== '' ? [`key:${item.headings.join('/')}:${item.key}`] : []
  // What money there is and what things cost share no word: they meet by the currency.
  const money = clauses.flatMap((clause) =>
    clause.quantities.map((quantity) => quantity.dimension).filter((dimension) => dimension.startsWith('money')),
  )
  return [...lead, ...new Set(money)]
}

/** Reads an item. */
export function toSubject(item: ConflictItem): Subject {
  // A lead-in names what is meant; it is no part of the sentence. Blanks in its place keep the offsets.
  const clauses = readClauses(' '.repeat(item.bodyFrom) + item.text.slice(item.bodyFrom))
  const keys = new Set(clauses.flatMap((clause) => clause.terms.filter(isTelling).flatMap(keysOf)))
  return { item, clauses, keys, labels: labelsOf(item, clauses) }
}
