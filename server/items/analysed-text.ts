// Which text some items are of: what a replica holds, held against what the stored ones were found in.

import * as Y from 'yjs'
import type { LiveDocument } from '../documents/live-document.ts'
import type { AnalysedText, ItemsHead } from '../store/items-store.ts'

/** The text of a replica as it is now. Equal state vectors alone say nothing of deletions: those show in the length. */
export function analysedText(live: LiveDocument): AnalysedText {
  return { stateVector: live.stateVector(), units: live.text.length }
}

/** Whether the stored items are of the text as this replica has it. */
export function isOfNow({ epoch, analysed }: ItemsHead, live: LiveDocument): boolean {
  if (analysed === null || epoch !== live.epoch || analysed.units !== live.text.length) return false
  return Buffer.compare(analysed.stateVector, live.stateVector()) === 0
}

/** Whether this replica has all the words that the stored items were found in. */
export function holdsAll({ epoch, analysed }: ItemsHead, live: LiveDocument): boolean {
  if (analysed === null || epoch !== live.epoch) return true
  for (const [client, clock] of Y.decodeStateVector(analysed.stateVector)) if (Y.getState(live.doc.store, client) < clock) return false
  return true
}
