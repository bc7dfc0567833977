// What is needed of `ws` beyond its public API: frames encoded once for many sockets, sizes for one socket, a reason before a close for size.

import * as ws from 'ws'
import type { WebSocket } from 'ws'

/** Exported by ws and left out of its types. */
const { Sender } = ws as unknown as {
  Sender: { frame(data: Buffer, options: { fin: boolean; rsv1: boolean; opcode: number; mask: boolean; readOnly: boolean }): Buffer[] }
}

interface Internals {
  _sender?: { sendFrame(frames: Buffer[], callback?: () => void): void }
  _receiver?: { _maxPayload: number; prependListener(event: 'error', listener: (error: Error & { code?: string }) => void): void }
}

/** WebSocket opcodes of RFC 6455, section 5.2. */
const opcodes = { text: 1, binary: 2 } as const

/** An unmasked, uncompressed frame as it goes to the wire, in one buffer. */
export function encodeWebSocketFrame(data: Buffer, kind: keyof typeof opcodes): Buffer {
  const parts = Sender.frame(data, { fin: true, rsv1: false, opcode: opcodes[kind], mask: false, readOnly: true })
  return Buffer.concat(parts)
}

/** Writes an encoded frame as it is; a socket that is closing drops it. */
export function sendEncodedFrame(socket: WebSocket, frame: Buffer): void {
  if (socket.readyState === socket.OPEN) (socket as unknown as Internals)._sender?.sendFrame([frame])
}

/** Sets how large a message is read from this one socket; `maxPayload` is the same for all of a server. */
export function limitMessages(socket: WebSocket, maxBytes: number): void {
  const receiver = (socket as unknown as Internals)._receiver
  if (receiver) receiver._maxPayload = maxBytes
}

/**
 * Calls `close` when a message exceeds `maxPayload`, before ws closes with 1009 and no reason: y-websocket would come back for
 * ever after that code. ws has read the length only, so nothing of the message is held.
 */
export function beforeOversizeClose(socket: WebSocket, close: () => void): void {
  const receiver = (socket as unknown as Internals)._receiver
  receiver?.prependListener('error', (error) => {
    if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') close()
  })
}

/** Time in which a client that reads again learns why it was closed; what waits for it is held so long. */
const slowCloseMs = 2_000

/** Closes a socket whose client reads too slowly. One that does not read never answers a close, and ws would wait 30 s for it. */
export function closeSlow(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason)
  const timer = setTimeout(() => socket.terminate(), slowCloseMs)
  socket.once('close', () => clearTimeout(timer))
}
