// The Yjs conversation in bytes: what the provider sends is written here, what it receives is taken apart here.

import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageType, syncType } from '../../shared/wire/yjs-messages.ts'

/** A message taken apart. `unknown` is for types of a later version, and is to be ignored. */
export type Message =
  | { readonly type: 'step1'; readonly vector: Uint8Array }
  | { readonly type: 'step2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly update: Uint8Array }
  | { readonly type: 'queryAwareness' }
  /** What the server changed on behalf of the person here. */
  | { readonly type: 'ownEdit'; readonly update: Uint8Array }
  | { readonly type: 'chunk'; readonly transferId: number; readonly index: number; readonly count: number; readonly bytes: Uint8Array }
  | { readonly type: 'unknown' }

/** Takes one message apart; throws on bytes that end early. The parts are views into `bytes`. */
export function parseMessage(bytes: Uint8Array): Message {
  const decoder = decoding.createDecoder(bytes)
  switch (decoding.readVarUint(decoder)) {
    case messageType.sync:
      return parseSync(decoder)
    case messageType.awareness:
      return { type: 'awareness', update: decoding.readVarUint8Array(decoder) }
    case messageType.queryAwareness:
      return { type: 'queryAwareness' }
    case messageType.ownEdit:
      return { type: 'ownEdit', update: decoding.readVarUint8Array(decoder) }
    case messageType.chunk:
      return {
        type: 'chunk',
        transferId: decoding.readVarUint(decoder),
        index: decoding.readVarUint(decoder),
        count: decoding.readVarUint(decoder),
        bytes: decoding.readTailAsUint8Array(decoder),
      }
    default:
      return { type: 'unknown' }
  }
}

function parseSync(decoder: decoding.Decoder): Message {
  const type = decoding.readVarUint(decoder)
  const bytes = decoding.readVarUint8Array(decoder)
  switch (type) {
    case syncType.step1:
      return { type: 'step1', vector: bytes }
    case syncType.step2:
      return { type: 'step2', update: bytes }
    case syncType.update:
      return { type: 'update', update: bytes }
    default:
      return { type: 'unknown' }
  }
}

/** A sync message around a state vector (step 1) or an update (step 2, update). */
export function syncMessage(type: keyof typeof syncType, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageType.sync)
    encoding.writeVarUint(encoder, syncType[type])
    encoding.writeVarUint8Array(encoder, bytes)
  })
}

/** An awareness message around an awareness update. */
export function awarenessMessage(update: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageType.awareness)
    encoding.writeVarUint8Array(encoder, update)
  })
}

/** One client's state in an awareness update; `json` is `null` for one that is gone. */
export interface AwarenessEntry {
  readonly clientId: number
  readonly clock: number
  readonly json: string
}

/** Takes an awareness update apart; throws on bytes that end early. */
export function readAwareness(update: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(update)
  const entries: AwarenessEntry[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const [clientId, clock, json] = [decoding.readVarUint(decoder), decoding.readVarUint(decoder), decoding.readVarString(decoder)]
    entries.push({ clientId, clock, json })
  }
  return entries
}

/** Makes an awareness update of `entries`. */
export function writeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length)
    for (const { clientId, clock, json } of entries) {
      encoding.writeVarUint(encoder, clientId)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, json)
    }
  })
}

/** Room for a chunk's own type and numbers, four varUints at their longest. */
const chunkHeaderBytes = 32

/** Cuts a message into chunk messages of at most `maxBytes`; one that fits is left as it is. */
export function cutMessage(message: Uint8Array, transferId: number, maxBytes: number): Uint8Array[] {
  if (message.byteLength <= maxBytes) return [message]
  const partBytes = Math.max(1, maxBytes - chunkHeaderBytes)
  const count = Math.ceil(message.byteLength / partBytes)
  return Array.from({ length: count }, (_, index) =>
    encoding.encode((encoder) => {
      for (const number of [messageType.chunk, transferId, index, count]) {
        encoding.writeVarUint(encoder, number)
      }
      encoding.writeUint8Array(encoder, message.subarray(index * partBytes, (index + 1) * partBytes))
    }),
  )
}
