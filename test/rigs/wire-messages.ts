// The server's half of the wire in bytes, for the reference peer and the tests that speak for it.

import { encoding } from 'lib0'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { messageType } from '../../shared/wire/yjs-messages.ts'

/** A sync message, as the server frames it. */
export function sync(type: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageType.sync)
    encoding.writeVarUint(encoder, type)
    encoding.writeVarUint8Array(encoder, bytes)
  })
}

/** A chunk message, as the server frames it. */
export function chunk({ transferId, index, count }: { transferId: number; index: number; count: number }, part: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [messageType.chunk, transferId, index, count]) encoding.writeVarUint(encoder, number)
    encoding.writeUint8Array(encoder, part)
  })
}

/** The message itself, or its chunks when it is larger than `maxBytes`. */
export function framesOf(message: Uint8Array, transferId: number, maxBytes: number): Uint8Array[] {
  const count = Math.ceil(message.byteLength / maxBytes)
  if (count <= 1) return [message]
  return Array.from({ length: count }, (_, index) =>
    chunk({ transferId, index, count }, message.subarray(index * maxBytes, (index + 1) * maxBytes)),
  )
}

/** The answer that refuses by a code of the error table. */
export function refusal(code: ErrorCode): { ok: false; error: ReturnType<AppError['toBody']> } {
  return { ok: false, error: new AppError(code).toBody() }
}

/** The parts one after another. */
export function joinBytes(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.byteLength, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.byteLength
  }
  return whole
}
