// The worker thread of compaction: takes what the store holds of a document, gives its encoded state.

import * as Y from 'yjs'
import type { StoredDocument } from '../store/documents-store.ts'
import { loadReplica } from './replica.ts'

/** Throws when Yjs refuses any row: a row that is not in the new snapshot must not be deleted. */
export function replay(stored: Pick<StoredDocument, 'snapshot' | 'updates'>): Uint8Array {
  const doc = loadReplica(stored, (id, error) => {
    throw new Error(`row ${id} of the log cannot be applied`, { cause: error })
  })
  return Y.encodeStateAsUpdate(doc)
}

// The name by which the pool finds what to run.
export { replay as default }
