// What a model said of two items, as a conflict like those that the rules find.

import type { StoredClash } from '../store/conflict-opinions-store.ts'
import type { ConflictRow, FoundConflict } from '../store/conflicts-store.ts'
import { foundConflict } from './found-conflicts.ts'
import type { CheckedItem, CheckedSpec } from './spec-check.ts'

/** The rule of these conflicts. */
export const modelRule = 'model'

/** The words are those it named, or all where it named none that are there. */
export function saidConflict(a: CheckedItem, b: CheckedItem, { words: [wordsA, wordsB], ...clash }: StoredClash): FoundConflict {
  const part = ({ id, number, text }: CheckedItem, named: string) => ({ id, number, text, words: [spanOf(text, named)] })
  return foundConflict({ ...clash, rule: modelRule }, [part(a, wordsA), part(b, wordsB)])
}

function spanOf(text: string, named: string) {
  const from = named === '' ? -1 : text.indexOf(named)
  return from === -1 ? { from: 0, to: text.length } : { from, to: from + named.length }
}

/** Stored ones that hold as long as their items say what they said, whichever node asked and whether it still runs. */
export function stillSaid(rows: readonly ConflictRow[], { items, found }: CheckedSpec): FoundConflict[] {
  const decided = pairsOf(found)
  return rows.filter(
    ({ rule, status, items: parts }) =>
      rule === modelRule &&
      status !== 'resolved' &&
      parts.every(({ id, text }) => items.get(id)?.text === text) &&
      !decided.has(idsOf(parts.map(({ id }) => id))),
  )
}

/** Two items, whichever comes first. */
export const idsOf = (ids: readonly string[]): string => ids.toSorted().join()

/** The pairs among the items of conflicts. */
export const pairsOf = (found: readonly FoundConflict[]): Set<string> =>
  new Set(found.flatMap(({ items }) => items.flatMap((one, index) => items.slice(index + 1).map((other) => idsOf([one.id, other.id])))))
