// Puts the server's chunks together again: one transfer at a time, in order, within a bound.

interface Chunk {
  readonly transferId: number
  readonly index: number
  readonly count: number
  readonly bytes: Uint8Array
}

/** `bad`: not what had to come next, or past the bound; what was gathered is dropped, and the sender has to be asked again. */
export type ChunkResult = { readonly type: 'more' } | { readonly type: 'whole'; readonly message: Uint8Array } | { readonly type: 'bad' }

interface Transfer {
  readonly transferId: number
  readonly count: number
  readonly parts: Uint8Array[]
  bytes: number
}

/** Gathers the chunks of one conversation. */
export class InboxChunks {
  readonly #maxBytes: number
  #transfer: Transfer | null = null

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Takes the next chunk. A chunk of index 0 begins a transfer, and ends one that was left unfinished. */
  add({ transferId, index, count, bytes }: Chunk): ChunkResult {
    if (index === 0 && count > 0) this.#transfer = { transferId, count, parts: [], bytes: 0 }
    const transfer = this.#transfer
    if (transfer === null || !isNext(transfer, { transferId, index, count }) || transfer.bytes + bytes.byteLength > this.#maxBytes) {
      this.reset()
      return { type: 'bad' }
    }
    // Copied: the bytes may be a view into a frame that would be kept alive, or written over.
    transfer.parts.push(bytes.slice())
    transfer.bytes += bytes.byteLength
    if (transfer.parts.length < transfer.count) {
      return { type: 'more' }
    }
    this.reset()
    return { type: 'whole', message: joinParts(transfer) }
  }

  /** Forgets what was gathered: the connection it came by is gone. */
  reset(): void {
    this.#transfer = null
  }
}

function isNext(transfer: Transfer, { transferId, index, count }: Omit<Chunk, 'bytes'>): boolean {
  return transfer.transferId === transferId && transfer.count === count && transfer.parts.length === index
}

function joinParts({ parts, bytes }: Transfer): Uint8Array {
  const message = new Uint8Array(bytes)
  let offset = 0
  for (const part of parts) {
    message.set(part, offset)
    offset += part.byteLength
  }
  return message
}
