// The live documents and what they are kept in.

import type { Bus } from '../base/bus.ts'
import { DocumentRegistry } from '../documents/document-registry.ts'
import { HistoryReplacement } from '../documents/history-replacement.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import { PeerRelay } from '../documents/peer-relay.ts'
import { Snapshots } from '../documents/snapshots.ts'
import { SpecTexts } from '../documents/spec-texts.ts'
import { UpdateLog } from '../documents/update-log.ts'
import { createDocumentsStore } from '../store/documents-store.ts'
import type { Foundation } from './foundation.ts'

export type DocumentParts = ReturnType<typeof makeDocumentParts>

/** Makes them; nothing runs yet. `updateLog`, `snapshots` and `registry` are services, in the order of their start. */
export function makeDocumentParts({ config, log, metrics, database }: Foundation, bus: Bus | undefined) {
  const store = createDocumentsStore(database)
  const commitListeners = new Set<(projectId: string) => void>()
  const openListeners = new Set<(document: OpenDocument) => void>()
  const snapshots = new Snapshots({ store, log, metrics, afterRows: config.COMPACT_AFTER_ROWS })
  const updateLog = new UpdateLog({
    store,
    log,
    metrics,
    commitWindowMs: config.COMMIT_WINDOW_MS,
    maxPendingBytes: config.LOG_PENDING_MAX_BYTES,
    onCommitted: (projectId, rows) => {
      snapshots.grew(projectId, rows)
      for (const hear of commitListeners) hear(projectId)
    },
    onRefused: (projectId, epoch) => history.retire(projectId, epoch),
  })
  const onLaterEpoch = (projectId: string, epoch: number) => history.retire(projectId, epoch)
  const relay = bus && new PeerRelay({ bus, updateLog, metrics, onLaterEpoch })
  const tellOpened = (document: OpenDocument) => {
    for (const hear of openListeners) hear(document)
  }
  const registry = new DocumentRegistry({ store, updateLog, snapshots, relay, onOpened: tellOpened, log, metrics, config })
  const history = new HistoryReplacement({ registry, store, updateLog, log })
  const specTexts = new SpecTexts({ registry, maxBytes: config.DOCUMENT_MAX_BYTES })
  /** Calls `hear` whenever updates of a document were committed by this node. */
  const onCommitted = (hear: (projectId: string) => void) => void commitListeners.add(hear)
  /** Calls `hear` with each document that this node opens. */
  const onOpened = (hear: (document: OpenDocument) => void) => void openListeners.add(hear)
  return { store, snapshots, updateLog, relay, registry, history, specTexts, onCommitted, onOpened }
}
