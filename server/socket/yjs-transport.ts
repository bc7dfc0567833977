// One client of `/yjs` as its document sees it: plain WebSocket frames, and acks where they were asked for.

import { encoding } from 'lib0'
import type { WebSocket } from 'ws'
import type { AppError, ErrorCode } from '../../shared/errors.ts'
import { closeCodes, type CloseReason } from '../../shared/wire/protocol.ts'
import { messageType } from '../../shared/wire/yjs-messages.ts'
import { Frame } from '../documents/frame.ts'
import type { Transport } from '../documents/transport.ts'
import { ReadPause } from './read-pause.ts'
import { closeSlow, encodeWebSocketFrame, sendEncodedFrame } from './web-socket-internals.ts'

/** Refusals that an editor without acks must learn by a close, since it would otherwise believe its words to be saved. */
const closeReasonOf: Partial<Record<ErrorCode, CloseReason>> = {
  invalid_frame: 'invalid_frame',
  stale_epoch: 'stale_epoch',
  too_large: 'too_large',
}
const closeReasonWithoutAcks: Partial<Record<ErrorCode, CloseReason>> = {
  document_full: 'too_large',
  overloaded: 'store_unavailable',
  store_unavailable: 'store_unavailable',
  internal: 'internal',
}

export class YjsTransport implements Transport {
  readonly door = 'yjs'
  readonly takesChunks: boolean
  /** Only those who ask for acks know messages of ours. */
  readonly takesOwnEdits: boolean
  readonly #socket: WebSocket
  readonly #takesAcks: boolean
  readonly #pause: ReadPause
  #sentAtMs = performance.now()

  constructor(socket: WebSocket, { takesChunks, takesAcks }: { takesChunks: boolean; takesAcks: boolean }) {
    this.#socket = socket
    this.takesChunks = takesChunks
    this.takesOwnEdits = takesAcks
    this.#takesAcks = takesAcks
    this.#pause = new ReadPause(socket)
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount
  }

  /** How long nothing has been sent, in ms. */
  quietMs(nowMs: number): number {
    return nowMs - this.#sentAtMs
  }

  send(frame: Frame): void {
    this.#sentAtMs = performance.now()
    sendEncodedFrame(this.#socket, frame.encodedFor(this.door, encodeFrame))
  }

  sendEvent(): void {
    // This door speaks the y-websocket protocol, which has no app events.
  }

  /** Answers the n-th sync step 2 or update of this connection, where the client asked for acks. */
  acknowledge(n: number, refusal: AppError | null): void {
    if (!this.#takesAcks) return
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, messageType.ack)
    encoding.writeVarUint(encoder, n)
    encoding.writeVarString(encoder, refusal?.code ?? '')
    this.send(new Frame('', encoding.toUint8Array(encoder)))
  }

  pauseReading(durationMs: number): void {
    this.#pause.extend(durationMs)
  }

  refuse(error: AppError): void {
    const reason = closeReasonOf[error.code] ?? (this.#takesAcks ? undefined : closeReasonWithoutAcks[error.code])
    if (reason) this.close(reason)
  }

  close(reason: CloseReason): void {
    if (reason === 'slow_consumer') closeSlow(this.#socket, closeCodes[reason], reason)
    else this.#socket.close(closeCodes[reason], reason)
  }
}

function encodeFrame({ message }: Frame): Buffer {
  return encodeWebSocketFrame(Buffer.from(message.buffer, message.byteOffset, message.byteLength), 'binary')
}
