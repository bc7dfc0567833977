// What an analysis has stored or learned of others', until listeners are told.

import type { UserId } from '../../shared/ids.ts'
import type { ItemRow } from '../store/items-store.ts'

/** What was stored. */
export interface StoredChange {
  readonly revision: number
  /** Ids of items that are new or say something else. */
  readonly changed: ReadonlySet<string>
  /** Ids of items that only stand on another character. */
  readonly moved: ReadonlySet<string>
  readonly gone: ReadonlySet<string>
  /** Who made the edits. */
  readonly authorIds: ReadonlySet<UserId>
}

export class UntoldChanges {
  readonly authorIds = new Set<UserId>()
  readonly #changed = new Set<string>()
  readonly #moved = new Set<string>()
  readonly #gone = new Set<string>()

  /** Notes that a row was written, perhaps with nothing but another anchor. */
  note({ id, status }: Pick<ItemRow, 'id' | 'status'>, isOnlyMoved = false): void {
    if (status === 'superseded') {
      this.#gone.add(id)
      this.#changed.delete(id)
      this.#moved.delete(id)
      return
    }
    this.#gone.delete(id)
    ;(isOnlyMoved ? this.#moved : this.#changed).add(id)
  }

  /** All since the last time; undefined when no row was written. */
  take(revision: number): StoredChange | undefined {
    const taken = {
      revision,
      changed: new Set(this.#changed),
      moved: new Set(this.#moved),
      gone: new Set(this.#gone),
      authorIds: new Set(this.authorIds),
    }
    for (const set of [this.#changed, this.#moved, this.#gone, this.authorIds]) set.clear()
    return taken.changed.size + taken.moved.size + taken.gone.size === 0 ? undefined : taken
  }
}
