// Messages of a Yjs conversation as a client writes and reads them; apart from the product's own code, so that both can be wrong only separately.

import { decoding, encoding } from 'lib0'
import * as Y from 'yjs'

/** What a client gets to hear. */
export type HeardMessage =
  | { type: 'step1'; stateVector: Uint8Array }
  | { type: 'step2' | 'update'; update: Uint8Array }
  | { type: 'awareness'; update: Uint8Array }
  | { type: 'chunk'; transferId: number; index: number; count: number; bytes: Uint8Array }
  | { type: 'ack'; n: number; code: string }
  | { type: 'other'; number: number }

const syncTypes = { step1: 0, step2: 1, update: 2 } as const

export function syncMessage(type: keyof typeof syncTypes, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, syncTypes[type])
  encoding.writeVarUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

export function step1Of(doc: Y.Doc): Uint8Array {
  return syncMessage('step1', Y.encodeStateVector(doc))
}

export function awarenessMessage(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

/** An awareness update as y-protocols encodes it, of any content. */
export function awarenessUpdate(states: readonly { clientId: number; clock: number; json: string }[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, states.length)
  for (const { clientId, clock, json } of states) {
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, json)
  }
  return encoding.toUint8Array(encoder)
}

export function chunkMessage({
  transferId,
  index,
  count,
  bytes,
}: {
  transferId: number
  index: number
  count: number
  bytes: Uint8Array
}): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const value of [110, transferId, index, count]) encoding.writeVarUint(encoder, value)
  encoding.writeUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

export function readMessage(message: Uint8Array): HeardMessage {
  const decoder = decoding.createDecoder(message)
  const number = decoding.readVarUint(decoder)
  if (number === 0) {
    const type = decoding.readVarUint(decoder)
    const bytes = decoding.readVarUint8Array(decoder)
    if (type === 0) return { type: 'step1', stateVector: bytes }
    return { type: type === 1 ? 'step2' : 'update', update: bytes }
  }
  if (number === 1) return { type: 'awareness', update: decoding.readVarUint8Array(decoder) }
  if (number === 110) {
    const [transferId = 0, index = 0, count = 0] = [1, 2, 3].map(() => decoding.readVarUint(decoder))
    return { type: 'chunk', transferId, index, count, bytes: decoding.readTailAsUint8Array(decoder).slice() }
  }
  if (number === 111) return { type: 'ack', n: decoding.readVarUint(decoder), code: decoding.readVarString(decoder) }
  return { type: 'other', number }
}
