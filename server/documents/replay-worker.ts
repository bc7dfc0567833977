// The worker thread of compaction: takes what the store holds of a document, gives its encoded state and who brought what of the log.

import * as Y from 'yjs'
import type { StoredDocument } from '../store/documents-store.ts'
import { Authorship, type Stretch } from './authorship.ts'
import { loadReplica } from './replica.ts'

export interface Replayed {
  state: Uint8Array
  /** Of what the log adds to the snapshot. */
  stretches: Stretch[]
}

/** Throws when Yjs refuses any row: a row that is not in the new snapshot must not be deleted. */
export function replay({ snapshot, updates }: Pick<StoredDocument, 'snapshot' | 'updates'>): Replayed {
  const doc = loadReplica({ snapshot, updates }, (id, error) => {
    throw new Error(`row ${id} of the log cannot be applied`, { cause: error })
  })
  const authorship = new Authorship()
  authorship.claimLog({ snapshot, updates })
  return { state: Y.encodeStateAsUpdate(doc), stretches: authorship.all() }
}

// The name by which the pool finds what to run.
export { replay as default }
