// What a typing connection is, whatever its door, and the parts of the Yjs conversation that both doors share.

import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageType, syncType } from '../shared/wire/yjs-messages.ts'

export interface ConnectionHandlers {
  /** A sync step 2 or update from the server; the view is only valid during the call. */
  onUpdate(update: Buffer): void
  /** The answer to the update that was sent as number `index` (from 0); `code` is empty when it is committed. */
  onAnswer(index: number, code: string): void
  /** Called once when the connection goes, unless it was closed from here. */
  onLost(code: number, reason: string): void
}

/** A connection that has joined its document and is in step with it. */
export interface TypingConnection {
  /** Sends one update. */
  send(update: Uint8Array): void
  close(): void
}

export interface ConnectionTarget {
  /** The server's address, `http://host:port`. */
  serverUrl: string
  projectId: string
  token: string
}

/** An update without content: what someone who holds nothing answers to a state vector. */
export const emptyUpdate = new Uint8Array([0, 0])
const emptyStateVector = new Uint8Array([0])

/** A sync message as y-websocket frames it. */
export function syncMessage(type: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageType.sync)
  encoding.writeVarUint(encoder, type)
  encoding.writeVarUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

/** Asks for everything the server holds. */
export const firstStep = syncMessage(syncType.step1, emptyStateVector)
/** Answers the server's first step: nothing that it lacks. */
export const emptySecondStep = syncMessage(syncType.step2, emptyUpdate)

/** The sync part of a message as a view into it; undefined for any other kind. */
export function readSync(message: Buffer): { type: number; bytes: Buffer } | undefined {
  if (message[0] !== messageType.sync) return undefined
  const decoder = decoding.createDecoder(message)
  decoder.pos = 1
  const type = decoding.readVarUint(decoder)
  const length = decoding.readVarUint(decoder)
  return { type, bytes: message.subarray(decoder.pos, decoder.pos + length) }
}
