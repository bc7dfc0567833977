// How good specs are: what reads it, tells it, and changes phases by it.

import type { Audit } from '../audit/audit.ts'
import type { AppEvents } from '../projects/app-events.ts'
import { OwnFigures } from '../quality/own-figures.ts'
import { PhaseChanges } from '../quality/phase-changes.ts'
import { Qualities } from '../quality/quality.ts'
import type { ConflictsSource, ItemsSource } from '../quality/sources.ts'
import { createQualityStore } from '../store/quality-store.ts'
import type { Foundation } from './foundation.ts'

export interface QualityGround {
  items: ItemsSource
  conflicts: ConflictsSource
  appEvents: AppEvents
  audit: Audit
}

export type QualityParts = ReturnType<typeof makeQualityParts>

/** Makes them; `qualities` is a service, to be stopped before what it listens to. */
export function makeQualityParts({ database, log, metrics }: Foundation, ground: QualityGround) {
  const store = createQualityStore(database)
  const qualities = new Qualities({ ...ground, store, log, metrics })
  return {
    qualities,
    phaseChanges: new PhaseChanges({ store, qualities, audit: ground.audit }),
    ownFigures: new OwnFigures({ store, qualities, audit: ground.audit }),
  }
}
