// A Yjs document made from what the store holds: snapshot and log replayed in one transaction.

import * as Y from 'yjs'

/**
 * Replays in one transaction, which keeps a long log linear (`Y.mergeUpdates` is quadratic). A snapshot that Yjs refuses
 * throws: an empty document in its place would be saved over the real one. A row that it refuses goes to `onBadRow`.
 */
export function loadReplica(
  { snapshot, updates }: { snapshot: Uint8Array | null; updates: readonly { id: string; payload: Uint8Array }[] },
  onBadRow: (id: string, error: unknown) => void,
): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot)
    for (const { id, payload } of updates) {
      try {
        Y.applyUpdate(doc, payload)
      } catch (error) {
        onBadRow(id, error)
      }
    }
  })
  return doc
}

/** Bytes of what a replica holds that waits for structs it has never seen; 0 when it has no gap. */
export function waitingBytes({ store }: Y.Doc): number {
  return (store.pendingStructs?.update.byteLength ?? 0) + (store.pendingDs?.byteLength ?? 0)
}
