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

/** Takes a state vector apart; bytes that are none throw AppError('invalid_frame'). */
export function decodeStateVector(stateVector: Uint8Array): Map<number, number> {
  try {
    return Y.decodeStateVector(stateVector)
  } catch (error) {
    throw new AppError('invalid_frame', { cause: error })
  }
}

/**
 * Whether the update may make the document larger: it inserts, or deletes what is not here, which must be remembered until it
 * comes. One that only deletes what is here makes it smaller.
 */
export function mayGrow(doc: Y.Doc, { structs, deletions }: DecodedUpdate): boolean {
  if (structs.some((struct) => !(struct instanceof Y.Skip))) return true
  for (const [client, ranges] of deletions) {
    const known = Y.getState(doc.store, client)
    if (ranges.some(({ clock, len }) => clock + len > known)) return true
  }
  return false
}

/** The Yjs clients that the update is about: whose structs it carries, whose it builds on, whose it deletes. */
export function clientsIn({ structs, deletions }: DecodedUpdate): Set<number> {
  const clients = new Set(deletions.keys())
  for (const struct of structs) {
    clients.add(struct.id.client)
    if (!(struct instanceof Y.Item)) continue
    for (const id of [struct.origin, struct.rightOrigin, struct.parent]) if (id instanceof Y.ID) clients.add(id.client)
  }
  return clients
}

/** How often an update may name the same deleted words; no encoder does it twice. */
const maxRepeats = 8

/**
 * Throws AppError('invalid_frame') for an update that deletes the same words over and over: Yjs walks through them each time,
 * so that a frame of 64 KB took seconds.
 */
export function refuseRepeats(doc: Y.Doc, { deletions }: DecodedUpdate): void {
  for (const [client, ranges] of deletions) {
    const known = Y.getState(doc.store, client)
    let named = 0
    for (const { clock, len } of ranges) named += Math.max(0, Math.min(clock + len, known) - clock)
    if (named > maxRepeats * known) throw new AppError('invalid_frame')
  }
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

interface Range {
  clock: number
  len: number
}

/** What some updates hold, to be asked whether another has any of it. */
export class UpdateContents {
  readonly #structs = new Map<number, Range[]>()
  readonly #deletions = new Map<number, Range[]>()

  constructor(updates: readonly DecodedUpdate[]) {
    for (const { structs, deletions } of updates) {
      for (const struct of structs) {
        if (!(struct instanceof Y.Skip)) add(this.#structs, struct.id.client, { clock: struct.id.clock, len: struct.length })
      }
      for (const [client, ranges] of deletions) for (const range of ranges) add(this.#deletions, client, range)
    }
  }

  /** Whether a struct or a deletion of the update is in them. */
  overlaps({ structs, deletions }: DecodedUpdate): boolean {
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue
      if (hasPartOf(this.#structs.get(struct.id.client), { clock: struct.id.clock, len: struct.length })) return true
    }
    for (const [client, ranges] of deletions) {
      const held = this.#deletions.get(client)
      if (ranges.some((range) => hasPartOf(held, range))) return true
    }
    return false
  }
}

function add(ranges: Map<number, Range[]>, client: number, range: Range): void {
  const known = ranges.get(client)
  if (known) known.push(range)
  else ranges.set(client, [range])
}

function hasPartOf(held: readonly Range[] | undefined, { clock, len }: Range): boolean {
  return held?.some((range) => range.clock < clock + len && clock < range.clock + range.len) ?? false
}
