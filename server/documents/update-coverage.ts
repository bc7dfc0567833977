// Whether an update brings anything new: its structs held against the state vector, its deletions against the structs themselves.

import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'

/** An update taken apart, before anything of it touches a document. */
export interface DecodedUpdate {
  structs: (Y.Item | Y.GC | Y.Skip)[]
  deletions: Map<number, { clock: number; len: number }[]>
}

/** Takes an update apart; bytes that are none throw AppError('invalid_frame'). */
export function decodeUpdate(update: Uint8Array): DecodedUpdate {
  try {
    const { structs, ds } = Y.decodeUpdate(update)
    return { structs, deletions: ds.clients as DecodedUpdate['deletions'] }
  } catch (error) {
    throw new AppError('invalid_frame', { cause: error })
  }
}

/** Whether the update inserts anything; one that only deletes makes a document smaller. */
export function hasInsertions({ structs }: DecodedUpdate): boolean {
  return structs.some((struct) => !(struct instanceof Y.Skip))
}

/** The Yjs clients whose structs the update carries. */
export function authorsOf({ structs }: DecodedUpdate): Set<number> {
  return new Set(structs.map((struct) => struct.id.client))
}

/**
 * Whether the document already holds all of the update. Equal state vectors are not enough: an update that only
 * deletes leaves them as they are.
 */
export function isCovered(doc: Y.Doc, { structs, deletions }: DecodedUpdate): boolean {
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue
    if (Y.getState(doc.store, struct.id.client) < struct.id.clock + struct.length) return false
  }
  for (const [client, ranges] of deletions) {
    if (!ranges.every((range) => isDeleted(doc, client, range))) return false
  }
  return true
}

function isDeleted(doc: Y.Doc, client: number, { clock, len }: { clock: number; len: number }): boolean {
  const structs = doc.store.clients.get(client)
  if (!structs || Y.getState(doc.store, client) < clock + len) return false
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
    const struct = structs[index]
    if (!struct || struct.id.clock >= clock + len) break
    if (!struct.deleted) return false
  }
  return true
}
