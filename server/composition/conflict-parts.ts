// Conflicts: found in the items of the live documents, and decided on.

import { LiveConflicts } from '../conflicts/live-conflicts.ts'
import { ModelPairReader } from '../conflicts/model-pair-reader.ts'
import { ConflictResolver } from '../conflicts/resolver.ts'
import { SecondOpinion } from '../conflicts/second-opinion.ts'
import type { AppEvents } from '../projects/app-events.ts'
import { createConflictOpinionsStore } from '../store/conflict-opinions-store.ts'
import { createConflictsStore } from '../store/conflicts-store.ts'
import type { DocumentParts } from './document-parts.ts'
import type { Foundation } from './foundation.ts'
import type { ItemParts } from './item-parts.ts'
import type { ModelParts } from './model-parts.ts'

export type ConflictParts = ReturnType<typeof makeConflictParts>

export interface ConflictGround {
  documents: DocumentParts
  items: ItemParts
  appEvents: AppEvents
  models: ModelParts
}

/** Makes them; nothing runs yet. `liveConflicts` is a service, to be stopped before the items. */
export function makeConflictParts(foundation: Foundation, { documents, items, appEvents, models }: ConflictGround) {
  const { log, metrics, database } = foundation
  const store = createConflictsStore(database)
  const { specItems } = items
  const secondOpinion = makeSecondOpinion(foundation, models)
  const liveConflicts = new LiveConflicts({ store, specItems, appEvents, secondOpinion, log, metrics })
  documents.onOpened((document) => liveConflicts.follow(document))
  return { liveConflicts, conflictResolver: new ConflictResolver({ store, specItems, liveConflicts }) }
}

function makeSecondOpinion(
  { config, log, database, rateLimits }: Foundation,
  { models, projectModels }: ModelParts,
): SecondOpinion | undefined {
  const max = config.LLM_OPINION_CALLS_PER_HOUR
  if (models.names.length === 0 || max === 0) return undefined
  return new SecondOpinion({
    reader: new ModelPairReader({ models, modelOf: (projectId) => projectModels.of(projectId) }),
    store: createConflictOpinionsStore(database),
    limit: rateLimits.of({ name: 'second_opinions', max, windowS: 3_600 }),
    log,
    pauseMs: config.LLM_OPINION_PAUSE_MS,
  })
}
