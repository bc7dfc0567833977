// One lead-in, two values: `Database: PostgreSQL`, `Database: MySQL`.

import type { Clash } from '../finding.ts'
import { relationOf } from '../language/lexicon.ts'
import { tagText } from '../language/tagger.ts'
import type { Subject } from '../subject.ts'

/** A value is a few words; more is a description, of which there may be several. */
const maxValueWords = 5

const contentOf = (subject: Subject): string[] =>
  tagText(subject.item.text.slice(subject.item.bodyFrom))
    .filter((token) => ['NOUN', 'ADJ', 'NUM', 'VERB', 'ADV'].includes(token.pos))
    .map((token) => token.lemma)

/** A clash when two items under the same headings have one lead-in and different short values. */
export function checkSameKey(a: Subject, b: Subject): Clash | undefined {
  const isOneLead = a.item.bodyFrom > 0 && b.item.bodyFrom > 0 && a.labels[0] === b.labels[0] && a.labels[0]?.startsWith('key:') === true
  if (!isOneLead) return undefined
  const valueA = contentOf(a)
  const valueB = contentOf(b)
  if (valueA.length === 0 || valueB.length === 0 || valueA.length > maxValueWords || valueB.length > maxValueWords) return undefined
  const isSaid = (word: string, words: readonly string[]): boolean =>
    words.some((other) => ['same', 'synonym'].includes(relationOf(word, other)?.kind ?? ''))
  if (valueA.every((word) => isSaid(word, valueB)) || valueB.every((word) => isSaid(word, valueA))) return undefined
  const isClash =
    valueA.some((word) => valueB.some((other) => ['opposite', 'exclusive'].includes(relationOf(word, other)?.kind ?? ''))) ||
    (/\d/.test(valueA.join(' ')) && /\d/.test(valueB.join(' ')))
  if (!isClash) return undefined
  const wordsOf = (subject: Subject): { from: number; to: number }[] => [{ from: subject.item.bodyFrom, to: subject.item.text.length }]
  return {
    rule: 'same-key',
    kind: 'inconsistency',
    domain: a.item.category === 'tech_stack' ? 'technology' : 'requirement',
    severity: 'medium',
    wordsA: wordsOf(a),
    wordsB: wordsOf(b),
    why: `“${a.item.key}” is given two values.`,
    slots: [valueA.join(' '), valueB.join(' ')].toSorted(),
  }
}
