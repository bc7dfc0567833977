// The storage port: where a local copy of a document is kept between visits. Its IndexedDB half lives in client/session.

import type * as Y from 'yjs'

/**
 * The copy of one person's document of one project; each epoch has a place of its own, and the storage remembers the epoch
 * it keeps. Over y-indexeddb: `load` and `keep` make an `IndexeddbPersistence(name(epoch), doc)` and await `whenSynced`,
 * `clear` is `clearData`, `destroy` is `destroy`. Any promise may reject: the provider then goes on without a copy.
 */
export interface CopyStorage {
  /**
   * Fills `doc` with the kept copy (by transactions that are not `local`, as y-indexeddb does) and from then on keeps each
   * change of it. Gives the copy's epoch; null when there is none (`doc` is left alone then, and not kept yet).
   */
  load(doc: Y.Doc): Promise<{ epoch: number } | null>
  /** Keeps `doc`, with all that is in it, as a copy of `epoch`; called once, after the first join, when `load` gave null. */
  keep(doc: Y.Doc, epoch: number): Promise<void>
  /** Stops keeping and deletes this person's copies of this project, of whatever epoch. */
  clear(): Promise<void>
  /** Stops keeping, leaves the copy; nothing is put into `doc` any more, also by a `load` under way. */
  destroy(): Promise<void>
}
