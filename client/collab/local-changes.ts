// What a local change consists of, and what of the document a server lacks: questions about Yjs updates, without any state.

import * as Y from 'yjs'

/** The clocks from which on a client's structs are known to be missing at the server. */
export type MissingFrom = ReadonlyMap<number, number>

export interface ChangeParts {
  readonly inserts: boolean
  readonly deletes: boolean
}

/** Whether an update inserts, and whether it deletes. */
export function partsOf(update: Uint8Array): ChangeParts {
  const { structs, ds } = Y.decodeUpdate(update)
  return { inserts: structs.some((struct) => !(struct instanceof Y.Skip)), deletes: ds.clients.size > 0 }
}

/** Whether an update deletes something that `missing` says the server has never had. */
export function deletesMissing(update: Uint8Array, missing: MissingFrom): boolean {
  const { ds } = Y.decodeUpdate(update)
  for (const [client, ranges] of ds.clients) {
    const from = missing.get(client)
    if (from !== undefined && ranges.some(({ clock, len }) => clock + len > from)) return true
  }
  return false
}

/** `missing` and all that a refused update brought. */
export function withRefused(missing: MissingFrom | null, refused: Uint8Array): MissingFrom {
  const merged = new Map(missing)
  for (const [client, clock] of Y.parseUpdateMeta(refused).from) {
    merged.set(client, Math.min(clock, merged.get(client) ?? clock))
  }
  return merged
}

/**
 * Everything from `missing` on, as one update, without the content of what was deleted meanwhile. An undo manager keeps
 * deleted content in the document; a passing copy of the document lets go of it, so that undoing a huge paste really makes
 * the update small.
 */
export function encodeMissing(doc: Y.Doc, missing: MissingFrom): Uint8Array {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const vector = Y.decodeStateVector(Y.encodeStateVector(copy))
  for (const [client, clock] of missing) vector.set(client, Math.min(clock, vector.get(client) ?? 0))
  const update = Y.encodeStateAsUpdate(copy, encodeVector(vector))
  copy.destroy()
  return update
}

/** Whether the document holds structs that a peer with `vector` has not. Deletions do not show in a vector. */
export function isAheadOf(doc: Y.Doc, vector: Uint8Array): boolean {
  const theirs = Y.decodeStateVector(vector)
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    if (clock > (theirs.get(client) ?? 0)) return true
  }
  return false
}

function encodeVector(vector: Map<number, number>): Uint8Array {
  const present = new Map([...vector].filter(([, clock]) => clock > 0))
  return Y.encodeStateVector(present)
}
