// One look at a spec: what its items, its conflicts and what is kept about it come to.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import { gapOf } from '../../shared/domain/gaps.ts'
import { gatesOf } from '../../shared/domain/gates.ts'
import { itemWords, type ItemWords } from '../../shared/domain/item-words.ts'
import { liftsOf } from '../../shared/domain/lifts.ts'
import { itemWorthsInSteps, maturityOf, type CategoryScore, type ItemWorth } from '../../shared/domain/maturity.ts'
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

/** Looks, a step at a time, since a spec may be large; `words` keeps what the items' texts were read to between two looks. */
export function* assess({ items, conflicts, state, changesFrom }: Evidence, words: WordCache): Generator<void, Assessment> {
  const tables = tablesWith(state.own)
  const clashes = conflicts.filter(({ kind }) => kind !== 'redundancy')
  const worths = yield* itemWorthsInSteps(items, redundantPairs(conflicts), words.beginLook())
  words.endLook()
  const { maturity, categories } = maturityOf(worths, tables.targets)
  yield
  const facts = { maturity, categories, openConflicts: clashes.length }
  const notices = noticesOf({ items, state, tables, categories, openConflictIds: clashes.map(({ id }) => id), since: changesFrom(tables) })
  yield
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
    items: countsOf(worths),
  }
  yield
  const pathFacts = { ...facts, phase: state.phase, conflicts: pathConflicts(clashes, items) }
  const lastNumber = items.reduce((last, { number }) => Math.max(last, number), 0)
  return { quality, tables, notices, pathFacts, lastNumber, toldDigest: state.digest }
}

/** What items' texts were read to: only a text that changed is read again. */
export class WordCache {
  #words = new Map<string, ItemWords>()
  #now = new Map<string, ItemWords>()

  /** A reader that remembers; two looks at once only read more than they must. */
  beginLook(): (item: { readonly text: string }) => ItemWords {
    const now = new Map<string, ItemWords>()
    this.#now = now
    return ({ text }) => {
      const known = now.get(text)
      if (known) return known
      const words = this.#words.get(text) ?? itemWords(text)
      now.set(text, words)
      return words
    }
  }

  /** Keeps what was read since the look began, and nothing else. */
  endLook(): void {
    this.#words = this.#now
  }
}

interface WatchedState {
  items: readonly SourceItem[]
  state: QualityState
  tables: QualityTables
  categories: readonly CategoryScore[]
  openConflictIds: readonly string[]
  /** The first occasion that counts. */
  since: number
}

function noticesOf({ items, state, tables, categories, openConflictIds, since }: WatchedState): WatchNotice[] {
  // The first occasion is when the item was written.
  const changes = new Map(state.occasions.map(({ itemId, occasions }) => [itemId, occasions.slice(1).filter((at) => at >= since)]))
  const facts = { items, categories, openConflictIds, changes, phaseFromNumber: state.phaseFromNumber }
  return watch(facts, tables.watch).filter((notice) => isShown(notice, state))
}

function countsOf(worths: readonly ItemWorth[]): Quality['items'] {
  return {
    total: worths.length,
    vague: worths.filter(({ isVague }) => isVague).length,
    copies: worths.filter(({ copyOf }) => copyOf !== null).length,
    unconfirmed: worths.filter(({ confidence }) => confidence < 1).length,
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
