// What the rules found in a spec, as it is stored: one conflict for the same items and rule, whatever number or word clashes in them.

import { createHash } from 'node:crypto'
import { itemRef } from '../../shared/wire/items.ts'
import type { FoundConflict } from '../store/conflicts-store.ts'
import type { Finding, Span } from './finding.ts'

/** What is needed of an item. */
interface NamedItem {
  readonly number: number
  readonly text: string
}

/** Conflicts of one spec that are stored at most, and redundancies beside them: who has more has not more to read. */
const maxStored = 500

const severities = ['critical', 'high', 'medium', 'low']

/** The gravest of the findings, redundancies last, with the words of their items. One whose item is gone is left out. */
export function foundConflicts(findings: Iterable<Finding>, items: ReadonlyMap<string, NamedItem>): FoundConflict[] {
  const all = [...findings]
  const gravest = (list: Finding[]) =>
    list.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)).slice(0, maxStored)
  const kept = [...gravest(all.filter(({ kind }) => kind !== 'redundancy')), ...gravest(all.filter(({ kind }) => kind === 'redundancy'))]
  const found = kept.flatMap((finding) => toFound(finding, items) ?? [])
  // Of one rule there is one conflict among the same items.
  return [...new Map(found.map((conflict) => [conflict.fingerprint, conflict])).values()]
}

/** One as it is stored: the same for the same items and rule. */
export function foundConflict(
  facts: Pick<FoundConflict, 'rule' | 'kind' | 'domain' | 'severity' | 'why'>,
  parts: readonly (NamedItem & { id: string; words: readonly Span[] })[],
): FoundConflict {
  const { rule, kind, domain, severity, why } = facts
  const items = parts.map(({ id, number, text, words }) => ({
    id,
    ref: itemRef(number),
    text,
    words: words.map(({ from, to }) => ({ from, to })),
  }))
  const ids = items.map(({ id }) => id).toSorted()
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([rule, ids]))
    .digest('base64url')
    .slice(0, 22)
  return { fingerprint, rule, kind, domain, severity, why, items }
}

function toFound(finding: Finding, items: ReadonlyMap<string, NamedItem>): FoundConflict | undefined {
  const parts = finding.items.flatMap(({ id, words }) => {
    const item = items.get(id)
    return item ? [{ id, number: item.number, text: item.text, words }] : []
  })
  return parts.length === finding.items.length ? foundConflict(finding, parts) : undefined
}
