// Conflicts: found in the items of the live documents, and decided on.

import { LiveConflicts } from '../conflicts/live-conflicts.ts'
import { ConflictResolver } from '../conflicts/resolver.ts'
import type { AppEvents } from '../projects/app-events.ts'
import { createConflictsStore } from '../store/conflicts-store.ts'
import type { DocumentParts } from './document-parts.ts'
import type { Foundation } from './foundation.ts'
import type { ItemParts } from './item-parts.ts'

export type ConflictParts = ReturnType<typeof makeConflictParts>

export interface ConflictGround {
  documents: DocumentParts
  items: ItemParts
  appEvents: AppEvents
}

/** Makes them; nothing runs yet. `liveConflicts` is a service, to be stopped before the items. */
export function makeConflictParts({ log, metrics, database }: Foundation, { documents, items, appEvents }: ConflictGround) {
  const store = createConflictsStore(database)
  const { specItems } = items
  const liveConflicts = new LiveConflicts({ store, specItems, appEvents, log, metrics })
  documents.onOpened((document) => liveConflicts.follow(document))
  return { liveConflicts, conflictResolver: new ConflictResolver({ store, specItems, liveConflicts }) }
}
