// An item as the rules see it: its statements, and the words and labels under which an index files it.

import { linksOf } from './language/lexicon.ts'
import { readClauses } from './language/clause-reader.ts'
import type { Clause } from './language/clause.ts'
import { isTelling } from './frame.ts'
import { capacityLabels } from './rules/capacity.ts'

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

interface Word {
  readonly weight: number
  readonly links: readonly number[]
}

/** An item that was read. */
export interface Subject {
  readonly item: ConflictItem
  readonly clauses: readonly Clause[]
  /** The words that tell what it is about, each with how much it tells and what other words can be related to it by. */
  readonly words: readonly Word[]
  readonly links: ReadonlySet<number>
  /** How much the least of its statements tells. */
  readonly leastTold: number
  /** Keys by which items of one lead-in, and what there is and what it takes, meet whatever their words. */
  readonly labels: readonly string[]
}

function labelsOf(item: ConflictItem, clauses: readonly Clause[]): string[] {
  const lead = item.bodyFrom > 0 && item.key !== '' ? [`key:${item.headings.join('/')}:${item.key}`] : []
  return [...lead, ...capacityLabels(clauses)]
}

/** Reads an item. */
export function toSubject(item: ConflictItem): Subject {
  // A lead-in names what is meant; it is no part of the sentence. Blanks in its place keep the offsets.
  const clauses = readClauses(' '.repeat(item.bodyFrom) + item.text.slice(item.bodyFrom))
  const told = clauses.map((clause) => clause.terms.filter(isTelling))
  // What is to be done first or later is what another item may be about.
  const ordered = clauses.flatMap((clause) => clause.conditions).filter(({ marker }) => marker === 'before' || marker === 'after')
  const words = new Map<string, Word>()
  for (const { lemma, weight } of [...told.flat(), ...ordered.flatMap(({ terms }) => terms.filter(isTelling))]) {
    words.set(lemma, { weight: Math.max(weight, words.get(lemma)?.weight ?? 0), links: linksOf(lemma) })
  }
  return {
    item,
    clauses,
    words: [...words.values()],
    links: new Set([...words.values()].flatMap((word) => word.links)),
    leastTold: Math.min(...told.map((terms) => terms.reduce((sum, term) => sum + term.weight, 0))),
    labels: labelsOf(item, clauses),
  }
}
