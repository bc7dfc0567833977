// An item as the rules see it: its statements, and the keys under which an index files it.

import { conceptKeys, linksOf, slotsOf } from './language/lexicon.ts'
import { readClauses } from './language/clause-reader.ts'
import type { Clause, Term } from './language/clause.ts'
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
  /** Keys of the words that tell what it is about. */
  readonly keys: ReadonlySet<string>
  /** Those words, each with how much it tells and what other words can be related to it by. */
  readonly words: readonly Word[]
  readonly links: ReadonlySet<number>
  /** How much the least of its statements tells. */
  readonly leastTold: number
  /** Keys by which items of one lead-in, and what there is and what it takes, meet whatever their words. */
  readonly labels: readonly string[]
}

const keysOf = (term: Term): string[] => [...conceptKeys(term.lemma), ...slotsOf(term.lemma).map((slot) => `slot:${slot}`)]

function labelsOf(item: ConflictItem, clauses: readonly Clause[]): string[] {
  const lead = item.bodyFrom > 0 && item.key !== '' ? [`key:${item.headings.join('/')}:${item.key}`] : []
  return [...lead, ...capacityLabels(clauses)]
}

/** How much of what `a` is about has to do with `b`. */
function weightOf(a: Subject, b: Subject): number {
  let sum = 0
  for (const { weight, links } of a.words) if (links.some((link) => b.links.has(link))) sum += weight
  return sum
}

/** Hardly a rule finds anything where less is shared. */
const leastShared = 0.3

/** Whether two items share enough to be compared. */
export function areNear(a: Subject, b: Subject): boolean {
  const least = leastShared * Math.min(a.leastTold, b.leastTold)
  return weightOf(a, b) >= least || weightOf(b, a) >= least
}

/** Reads an item. */
export function toSubject(item: ConflictItem): Subject {
  // A lead-in names what is meant; it is no part of the sentence. Blanks in its place keep the offsets.
  const clauses = readClauses(' '.repeat(item.bodyFrom) + item.text.slice(item.bodyFrom))
  const told = clauses.map((clause) => clause.terms.filter(isTelling))
  const words = new Map<string, Word>()
  for (const { lemma, weight } of told.flat()) {
    words.set(lemma, { weight: Math.max(weight, words.get(lemma)?.weight ?? 0), links: linksOf(lemma) })
  }
  return {
    item,
    clauses,
    keys: new Set(told.flat().flatMap(keysOf)),
    words: [...words.values()],
    links: new Set([...words.values()].flatMap((word) => word.links)),
    leastTold: Math.min(...told.map((terms) => terms.reduce((sum, term) => sum + term.weight, 0))),
    labels: labelsOf(item, clauses),
  }
}
