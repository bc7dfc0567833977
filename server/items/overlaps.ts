// Who has edited which item of a document within the last seconds, and where they have met.

import type * as Y from 'yjs'
import type { UserId } from '../../shared/ids.ts'
import type { SpecItem } from '../../shared/spec/spec-item.ts'
import type { Origin } from '../documents/inbound-update.ts'
import type { ItemRow } from '../store/items-store.ts'
import { decodeAnchor } from './anchors.ts'
import type { Ledger } from './ledger.ts'
import { RecentEdits, type Edited } from './recent-edits.ts'

/** People who have edited an item at once; first who did so last, or who took it out. */
export interface Overlap {
  readonly kind: 'edited' | 'deleted'
  readonly itemId: string
  readonly userIds: readonly UserId[]
}

/** Two who edit the same item within so long do so at once. */
const atOnceMs = 5_000
/** The items that were edited last are remembered. */
const maxItems = 2_000

export class Overlaps {
  readonly #atOnceMs: number
  readonly #recent: RecentEdits
  /** When each person edited an item last; the item that was edited last stands at the end. */
  readonly #editors = new Map<string, Map<UserId, number>>()
  #touched: { index: number; userId: UserId; atMs: number }[] = []

  constructor(windowMs = atOnceMs) {
    this.#atOnceMs = windowMs
    this.#recent = new RecentEdits(windowMs)
  }

  /** Notes an update that is in the document now. */
  note(update: Uint8Array, origin: Origin): void {
    this.#recent.note(update, origin, performance.now())
  }

  /** Finds which items were edited since the last `settle`, in a text that is that of the ledger. */
  locate(ledger: Ledger, text: Y.Text): void {
    this.#touched = this.#recent.locate(text).flatMap((edited) => {
      const index = indexOf(ledger.items, edited)
      return index === null ? [] : [{ index, userId: edited.userId, atMs: edited.atMs }]
    })
  }

  /** What `locate` found is known by its ids now: gives who has met there, and over items that have left the text. */
  settle({ ids }: Ledger, text: Y.Text, gone: readonly Pick<ItemRow, 'id' | 'anchor'>[]): Overlap[] {
    const overlaps = new Map<string, Overlap>()
    for (const { index, userId, atMs } of this.#touched.splice(0).toSorted((one, other) => one.atMs - other.atMs)) {
      const itemId = ids[index] ?? null
      const others = itemId === null ? [] : this.#touch(itemId, userId, atMs)
      if (itemId !== null && others.length > 0) overlaps.set(itemId, { kind: 'edited', itemId, userIds: [userId, ...others] })
    }
    for (const row of gone) {
      const overlap = this.#deleted(row, text)
      if (overlap) overlaps.set(row.id, overlap)
    }
    this.#recent.settle()
    return [...overlaps.values()]
  }

  /** Notes that somebody edits an item; gives who else does so at once, the last first. */
  #touch(itemId: string, userId: UserId, atMs: number): UserId[] {
    const editors = this.#editors.get(itemId) ?? new Map<UserId, number>()
    editors.delete(userId)
    const others = this.#atOnce(editors, atMs)
    editors.set(userId, atMs)
    this.#editors.delete(itemId)
    this.#editors.set(itemId, editors)
    const [oldest] = this.#editors.keys()
    if (this.#editors.size > maxItems && oldest !== undefined) this.#editors.delete(oldest)
    return others
  }

  #deleted({ id, anchor }: Pick<ItemRow, 'id' | 'anchor'>, text: Y.Text): Overlap | undefined {
    const char = decodeAnchor(anchor)
    const deletion = char && this.#recent.takenBy(char)
    if (!deletion) return undefined
    for (const { userId, atMs } of this.#recent.takenWith(char, text)) this.#touch(id, userId, atMs)
    const others = this.#atOnce(this.#editors.get(id) ?? new Map<UserId, number>(), deletion.atMs).filter((one) => one !== deletion.userId)
    return others.length === 0 ? undefined : { kind: 'deleted', itemId: id, userIds: [deletion.userId, ...others] }
  }

  #atOnce(editors: Map<UserId, number>, nowMs: number): UserId[] {
    for (const [userId, atMs] of editors) if (Math.abs(nowMs - atMs) > this.#atOnceMs) editors.delete(userId)
    return [...editors.keys()].toReversed()
  }
}

/**
 * The item that an edit is in. Of what was only taken out, that in whose words it was: at their ends it may have been another line. Words that
 * bring several lines at once edit none of them.
 */
function indexOf(items: readonly SpecItem[], { from, to }: Edited): number | null {
  const index = firstEndingBehind(items, from)
  const item = items[index]
  if (!item) return null
  if (from === to) return item.from < from && from < item.to ? index : null
  const next = items[index + 1]
  return item.lines.from < to && !(next && next.lines.from < to) ? index : null
}

/** The index of the first item whose lines end behind an offset. */
function firstEndingBehind(items: readonly SpecItem[], offset: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.lines.to ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
