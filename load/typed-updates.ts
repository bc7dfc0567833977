// Yjs updates of someone who types at the end of their own paragraph, made by hand: a Y.Doc for each of a crowd would cost too much.

import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { contentKey } from '../shared/spec/plain-text.ts'

/** Struct info of yjs's update format 1: the content is a string, and (with the flag) the left neighbour is named. */
const stringContent = 4
const hasOrigin = 0x80
const words = 'the server shall keep every word that it has acknowledged and '

/** The character that a typist writes at `clock`, so that a text can be checked: words, and a line end now and then. */
export function typedCharacter(clock: number): string {
  return clock % 80 === 0 ? '\n' : (words[clock % words.length] ?? ' ')
}

/** The update that appends one character to what `clientId` has typed; `clock` counts from 0. */
export function typedUpdate(clientId: number, clock: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1) // clients
  encoding.writeVarUint(encoder, 1) // structs
  encoding.writeVarUint(encoder, clientId)
  encoding.writeVarUint(encoder, clock)
  if (clock === 0) {
    encoding.writeUint8(encoder, stringContent)
    encoding.writeVarUint(encoder, 1) // the parent is a type of the document, named by its key
    encoding.writeVarString(encoder, contentKey)
  } else {
    encoding.writeUint8(encoder, stringContent | hasOrigin)
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock - 1)
  }
  encoding.writeVarString(encoder, typedCharacter(clock))
  encoding.writeVarUint(encoder, 0) // nothing deleted
  return encoding.toUint8Array(encoder)
}

/** A stretch of characters that an update brings. */
export interface Run {
  clientId: number
  clock: number
  length: number
}

/** What `update` brings, in order; merged updates give all they contain. */
export function runsOf(update: Uint8Array): Run[] {
  return Y.decodeUpdate(update)
    .structs.filter((struct) => !(struct instanceof Y.Skip))
    .map(({ id, length }) => ({ clientId: id.client, clock: id.clock, length }))
}

/**
 * Decodes what a document's receivers get. The server encodes a window once for all of them, so equal bytes come many times in a row:
 * the last few are remembered, and compared instead of decoded.
 */
export class RunReader {
  readonly #recent: { bytes: Buffer; runs: Run[] }[] = []

  /** The runs of `update`, which may be a view that is used again. */
  read(update: Buffer): Run[] {
    const known = this.#recent.find(({ bytes }) => bytes.equals(update))
    if (known) return known.runs
    const entry = { bytes: Buffer.from(update), runs: runsOf(update) }
    this.#recent.unshift(entry)
    if (this.#recent.length > 16) this.#recent.pop()
    return entry.runs
  }
}
