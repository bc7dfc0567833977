// A stored conflict as it crosses the wire.

import type { Conflict } from '../../shared/wire/conflicts.ts'
import type { ConflictRow } from '../store/conflicts-store.ts'

/** Without what only the store needs. */
export function presentConflict(row: ConflictRow): Conflict {
  const { number: _number, fingerprint: _fingerprint, itemsRevision: _itemsRevision, openedAt, closedAt, ...shown } = row
  return { ...shown, openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null }
}
