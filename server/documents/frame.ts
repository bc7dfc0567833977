// One message on its way to many: the bytes of the conversation, and each door's encoding of them, made once for all receivers.

import { encoding } from 'lib0'
import { messageType } from '../../shared/wire/yjs-messages.ts'
import type { syncType } from '../../shared/wire/yjs-messages.ts'
import type { Door } from '../base/metrics.ts'

/** A y-websocket-framed message. A door encodes it the first time one of its connections needs it. */
export class Frame {
  readonly projectId: string
  readonly message: Uint8Array
  readonly #encoded = new Map<Door, Buffer>()

  constructor(projectId: string, message: Uint8Array) {
    this.projectId = projectId
    this.message = message
  }

  /** The door's own encoding, ready to be written to a socket. */
  encodedFor(door: Door, encode: (frame: Frame) => Buffer): Buffer {
    let encoded = this.#encoded.get(door)
    if (!encoded) {
      encoded = encode(this)
      this.#encoded.set(door, encoded)
    }
    return encoded
  }
}

/** A sync message around a state vector (step 1) or an update (step 2, update). */
export function syncMessage(type: (typeof syncType)[keyof typeof syncType], bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageType.sync)
  encoding.writeVarUint(encoder, type)
  encoding.writeVarUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

/** What the server changed on behalf of its receiver, apart from everybody else's words. */
export function ownEditMessage(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageType.ownEdit)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

/** An awareness message around an awareness update. */
export function awarenessMessage(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageType.awareness)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}
