// One look at a spec: what its items, its conflicts and what is kept about it come to.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import { gapOf } from '../../shared/domain/gaps.ts'
import { gatesOf } from '../../shared/domain/gates.ts'
import { itemWords, type ItemWords } from '../../shared/domain/item-words.ts'
import { liftsOf } from '../../shared/domain/lifts.ts'
import { itemWorths, maturityOf } from '../../shared/domain/maturity.ts'
import { tablesWith } from '../../shared/domain/own-tables.ts'
import type { PathFacts } from '../../shared/domain/paths.ts'
import type { QualityTables } from '../../shared/domain/quality-tables.ts'
import { isNewEvidence, watch, type WatchNotice } from '../../shared/domain/watch.ts'
import { itemRef } from '../../shared/wire/items.ts'
import type { Quality, QualityNotice } from '../../shared/wire/quality.ts'
import type { QualityState } from '../store/quality-store.ts'
import type { SourceConflict, SourceItem } from './sources.ts'

/** What is looked at. */
export interface Evidence {
  readonly items: readonly SourceItem[]
  readonly conflicts: readonly SourceConflict[]
  readonly state: QualityState
  /** Changes before this occasion are too old to count. */
  readonly changesFrom: (tables: QualityTables) => number
}

/** What was found. */
export interface Assessment {
  /** As it crosses the wire, with the revision that was told last. */
  readonly quality: Quality
  readonly tables: QualityTables
  /** The notices that are shown, with all their evidence. */
  readonly notices: readonly WatchNotice[]
  /** What ways on are reckoned from. */
  readonly pathFacts: PathFacts
  readonly lastNumber: number
  /** Of what was told last; empty before anything was. */
  readonly toldDigest: string
}

/** Most items and conflicts that a notice brings along, and most ways to lift the maturity. */
const shownEvidence = 20
const shownLifts = 12

/** Looks; `words` keeps what the items' texts were read to between two looks. */
export function assess({ items, conflicts, state, changesFrom }: Evidence, words: WordCache): Assessment {
  const tables = tablesWith(state.own)
  const clashes = conflicts.filter(({ kind }) => kind !== 'redundancy')
  const worths = words.during(items, (read) => itemWorths(items, redundantPairs(conflicts), read))
  const { maturity, categories } = maturityOf(worths, tables.targets)
  const facts = { maturity, categories, openConflicts: clashes.length }
  const since = changesFrom(tables)
  const notices = watch(
    {
      items,
      categories,
      openConflictIds: clashes.map(({ id }) => id),
      // The first occasion is when the item was written.
      changes: new Map(state.occasions.map(({ itemId, occasions }) => [itemId, occasions.slice(1).filter((at) => at >= since)])),
      phaseFromNumber: state.phaseFromNumber,
    },
    tables.watch,
  ).filter((notice) => isShown(notice, state))
  const name = namer(items)
  const quality: Quality = {
    revision: state.revision,
    phase: state.phase,
    maturity,
    categories: categories.map((category) => ({ ...category, gap: gapOf(category.key, category.percent) })),
    gates: gatesOf(facts, tables).map((gate) => ({ ...gate, conditions: [...gate.conditions] })),
    lifts: liftsOf(worths, tables.targets)
      .slice(0, shownLifts)
      .map(({ itemIds, ...lift }) => ({ ...lift, items: name(itemIds) })),
    notices: notices.map((notice) => presentNotice(notice, name)),
    openConflicts: clashes.length,
    items: {
      total: worths.length,
      vague: worths.filter(({ isVague }) => isVague).length,
      copies: worths.filter(({ copyOf }) => copyOf !== null).length,
      unconfirmed: worths.filter(({ confidence }) => confidence < 1).length,
    },
  }
  const pathFacts = { ...facts, phase: state.phase, conflicts: pathConflicts(clashes, items) }
  return {
    quality,
    tables,
    notices,
    pathFacts,
    lastNumber: items.reduce((last, { number }) => Math.max(last, number), 0),
    toldDigest: state.digest,
  }
}

/** What items' texts were read to: only a text that changed is read again. */
export class WordCache {
  #words = new Map<string, ItemWords>()

  /** Runs `work` with a reader; afterwards only the words of `items` are kept. */
  during<Result>(items: readonly SourceItem[], work: (read: (item: { readonly text: string }) => ItemWords) => Result): Result {
    const before = this.#words
    const now = new Map<string, ItemWords>()
    for (const { text } of items) if (!now.has(text)) now.set(text, before.get(text) ?? itemWords(text))
    this.#words = now
    return work(({ text }) => now.get(text) ?? itemWords(text))
  }
}

function isShown(notice: WatchNotice, { dismissed }: QualityState): boolean {
  const seen = dismissed.find(({ noticeId }) => noticeId === notice.id)
  return seen === undefined || isNewEvidence(notice, seen.evidence)
}

type Namer = (ids: readonly string[]) => { id: string; ref: string }[]

/** Names the first of many items as people do. */
function namer(items: readonly SourceItem[]): Namer {
  const numbers = new Map(items.map(({ id, number }) => [id, number]))
  return (ids) =>
    ids.slice(0, shownEvidence).flatMap((id) => {
      const number = numbers.get(id)
      return number === undefined ? [] : [{ id, ref: itemRef(number) }]
    })
}

function presentNotice({ evidence, itemIds, conflictIds, ...notice }: WatchNotice, name: Namer): QualityNotice {
  return { ...notice, items: name(itemIds), conflictIds: conflictIds.slice(0, shownEvidence), evidenceCount: evidence.length }
}

/** Items that the rules found to say the same, both ways. */
function redundantPairs(conflicts: readonly SourceConflict[]): Map<string, Set<string>> {
  const pairs = new Map<string, Set<string>>()
  for (const { kind, items } of conflicts) {
    if (kind !== 'redundancy') continue
    for (const { id } of items) {
      const others = pairs.get(id) ?? new Set<string>()
      for (const other of items) if (other.id !== id) others.add(other.id)
      pairs.set(id, others)
    }
  }
  return pairs
}

function pathConflicts(conflicts: readonly SourceConflict[], items: readonly SourceItem[]): PathFacts['conflicts'] {
  if (conflicts.length === 0) return []
  const categoryOf = new Map<string, CategoryKey>(items.map(({ id, category }) => [id, category]))
  return conflicts.map((conflict) => ({
    id: conflict.id,
    categories: [...new Set(conflict.items.flatMap(({ id }) => categoryOf.get(id) ?? []))],
  }))
}
