// Messages in parts: cutting what is too large for one frame, and putting together what came so.

import { decoding, encoding } from 'lib0'
import { AppError } from '../../shared/errors.ts'
import { limits } from '../../shared/limits.ts'
import { messageType } from '../../shared/wire/yjs-messages.ts'
import { Frame } from './frame.ts'

/** Parts of one message at most: each costs more memory than its bytes. */
const maxParts = 1_024

let lastTransferId = 0

/** Parts are made once for all receivers of a frame. */
const partsOf = new WeakMap<Frame, Frame[]>()

/** The frame as it is when it fits in one message, else its parts in order. */
export function splitIntoChunks(frame: Frame): Frame[] {
  if (frame.message.byteLength <= limits.chunkBytes) return [frame]
  const known = partsOf.get(frame)
  if (known) return known
  const parts = cut(frame)
  partsOf.set(frame, parts)
  return parts
}

function cut({ message, projectId }: Frame): Frame[] {
  const transferId = ++lastTransferId
  const count = Math.ceil(message.byteLength / limits.chunkBytes)
  return Array.from({ length: count }, (_, index) => {
    const encoder = encoding.createEncoder()
    for (const value of [messageType.chunk, transferId, index, count]) encoding.writeVarUint(encoder, value)
    encoding.writeUint8Array(encoder, message.subarray(index * limits.chunkBytes, (index + 1) * limits.chunkBytes))
    return new Frame(projectId, encoding.toUint8Array(encoder))
  })
}

/** Puts the chunks of one sender together, one transfer at a time. INVARIANT: holds at most `maxBytes`. */
export class ChunkAssembly {
  readonly #maxBytes: number
  #transferId: number | undefined
  #parts: Uint8Array[] = []
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /**
   * Takes one chunk, its type already read. Gives the whole message with the last one, else null.
   * Throws AppError('invalid_frame') for a chunk out of order, AppError('too_large') past the limit; the transfer is then forgotten.
   */
  add(decoder: decoding.Decoder): Uint8Array | null {
    const { transferId, index, count } = readHeader(decoder)
    if (index === 0) {
      this.#reset()
      this.#transferId = transferId
    }
    if (transferId !== this.#transferId || index !== this.#parts.length || index >= count || count > maxParts) {
      this.#reset()
      throw new AppError('invalid_frame')
    }
    // Copied: the bytes are a view into a socket's buffer, and this chunk waits for others.
    const part = decoding.readTailAsUint8Array(decoder).slice()
    this.#bytes += part.byteLength
    if (this.#bytes > this.#maxBytes) {
      this.#reset()
      throw new AppError('too_large', { details: { maxBytes: this.#maxBytes } })
    }
    this.#parts.push(part)
    if (index + 1 < count) return null
    const whole = new Uint8Array(Buffer.concat(this.#parts))
    this.#reset()
    if (whole[0] === messageType.chunk) throw new AppError('invalid_frame')
    return whole
  }

  #reset(): void {
    this.#transferId = undefined
    this.#parts = []
    this.#bytes = 0
  }
}

function readHeader(decoder: decoding.Decoder) {
  try {
    return { transferId: decoding.readVarUint(decoder), index: decoding.readVarUint(decoder), count: decoding.readVarUint(decoder) }
  } catch (error) {
    throw new AppError('invalid_frame', { cause: error })
  }
}
