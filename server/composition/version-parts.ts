// Versions: what makes them, by itself and when asked, and what brings one back.

import type { Audit } from '../audit/audit.ts'
import { createAuthorshipStore } from '../store/authorship-store.ts'
import { createVersionsStore } from '../store/versions-store.ts'
import { createVersionWorkStore } from '../store/version-work-store.ts'
import { AutomaticVersions } from '../versions/automatic-versions.ts'
import { Blames } from '../versions/blame.ts'
import { Restorer } from '../versions/restore.ts'
import { TextWorkers } from '../versions/text-workers.ts'
import { VersionMaker } from '../versions/version-maker.ts'
import { Versions } from '../versions/versions.ts'
import type { DocumentParts } from './document-parts.ts'
import type { Foundation } from './foundation.ts'

export type VersionParts = ReturnType<typeof makeVersionParts>

/** Makes them; nothing runs yet. `automaticVersions`, which is stopped after the documents, and `textWorkers` are services. */
export function makeVersionParts(
  { config, log, metrics, database }: Foundation,
  { store: documents, registry, updateLog, specTexts, onCommitted }: DocumentParts,
  audit: Audit,
) {
  const store = createVersionsStore(database)
  const textWorkers = new TextWorkers()
  const maker = new VersionMaker({ store, documents, workers: textWorkers, registry, updateLog, log, metrics })
  const restorer = new Restorer({ store, maker, registry, workers: textWorkers, log })
  const automaticVersions = new AutomaticVersions({ work: createVersionWorkStore(database), maker, log, metrics, config })
  onCommitted((projectId) => automaticVersions.touch(projectId))
  const versions = new Versions({ store, maker, restorer, specTexts, workers: textWorkers, audit, namedMax: config.NAMED_VERSIONS_MAX })
  const blames = new Blames({ store: createAuthorshipStore(database), registry, updateLog, workers: textWorkers })
  return { versions, blames, textWorkers, automaticVersions }
}
