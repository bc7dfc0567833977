// One project on one Socket.IO client as its document sees it; several share the client's one WebSocket.

import type { Socket } from 'socket.io'
import type { WebSocket } from 'ws'
import type { ClientEvents, ServerEvents } from '../../shared/wire/events.ts'
import { closeCodes, type CloseReason } from '../../shared/wire/protocol.ts'
import type { Frame } from '../documents/frame.ts'
import type { Transport } from '../documents/transport.ts'
import type { ReadPause } from './read-pause.ts'
import { closeSlow, encodeWebSocketFrame } from './web-socket-internals.ts'

export type ClientSocket = Socket<ClientEvents, ServerEvents>

/** What Engine.IO's types leave out: the packets that wait, the socket below, and frames encoded beforehand. */
interface EngineInternals {
  readonly writeBuffer: readonly { data?: string | Buffer; options?: { wsPreEncodedFrame?: Buffer[] } }[]
  readonly transport: {
    readonly socket: WebSocket
    prependListener(event: 'packet', listener: (packet: { type: string }) => void): void
  }
  write(data: string, options: { wsPreEncodedFrame: Buffer[] }): void
}

/** The WebSocket under a Socket.IO client; there is no other transport. */
export function webSocketOf(socket: ClientSocket): WebSocket {
  return engineOf(socket).transport.socket
}

/** Calls `close` for what is no packet of Engine.IO or of Socket.IO, before they close without a code. */
export function beforeParseErrorClose(socket: ClientSocket, close: () => void): void {
  socket.on('error', close)
  engineOf(socket).transport.prependListener('packet', ({ type }) => {
    if (type === 'error') close()
  })
}

/** What waits for a client; Engine.IO holds packets back while its last write is not out, so those count too. */
export function bufferedBytesOf(socket: ClientSocket): number {
  const engine = engineOf(socket)
  let bytes = engine.transport.socket.bufferedAmount
  for (const { data, options } of engine.writeBuffer) bytes += options?.wsPreEncodedFrame?.[0]?.byteLength ?? data?.length ?? 0
  return bytes
}

/** Writes a WebSocket frame that was encoded beforehand, through Engine.IO's own queue, so that it overtakes nothing. */
export function writeFrame(socket: ClientSocket, frame: Buffer): void {
  if (socket.connected) engineOf(socket).write('', { wsPreEncodedFrame: [frame] })
}

/** Reasons that end one project's conversation and leave the client connected. */
const projectReasons: readonly CloseReason[] = ['stale_epoch', 'access_lost', 'not_found', 'document_crowded']

export class SocketioTransport implements Transport {
  readonly door = 'socketio'
  readonly takesChunks: boolean
  readonly takesOwnEdits = true
  readonly #socket: ClientSocket
  readonly #pause: ReadPause
  readonly #onProjectClosed: () => void

  /** `onProjectClosed` takes the client out of this project. */
  constructor(
    socket: ClientSocket,
    { takesChunks, pause, onProjectClosed }: { takesChunks: boolean; pause: ReadPause; onProjectClosed: () => void },
  ) {
    this.#socket = socket
    this.takesChunks = takesChunks
    this.#pause = pause
    this.#onProjectClosed = onProjectClosed
  }

  get bufferedBytes(): number {
    return bufferedBytesOf(this.#socket)
  }

  /** A document's frames never overtake the ack of its join. */
  send(frame: Frame): void {
    if (this.#socket.connected) writeFrame(this.#socket, frame.encodedFor(this.door, encodeEvent))
  }

  sendEvent<Name extends keyof ServerEvents>(name: Name, event: Parameters<ServerEvents[Name]>[0]): void {
    // The name and its event belong together by the signature above, which Socket.IO's own types cannot follow.
    ;(this.#socket as unknown as Socket).emit(name, event)
  }

  pauseReading(durationMs: number): void {
    this.#pause.extend(durationMs)
  }

  refuse(): void {
    // Every event of this door is acked, so its sender knows already.
  }

  close(reason: CloseReason): void {
    if (projectReasons.includes(reason)) {
      this.#onProjectClosed()
      return
    }
    const socket = webSocketOf(this.#socket)
    if (reason === 'slow_consumer') closeSlow(socket, closeCodes[reason], reason)
    else socket.close(closeCodes[reason], reason)
  }
}

/**
 * A Socket.IO binary event is two WebSocket frames, a text one with a placeholder and the bytes themselves. Both go into one buffer, so that
 * one write serves a receiver and nothing can come between them.
 */
function encodeEvent({ projectId, message }: Frame): Buffer {
  // "4" is Engine.IO's message, "51-" Socket.IO's binary event with one attachment.
  const event = Buffer.from(`451-["yjs",${JSON.stringify(projectId)},{"_placeholder":true,"num":0}]`)
  const attachment = Buffer.from(message.buffer, message.byteOffset, message.byteLength)
  return Buffer.concat([encodeWebSocketFrame(event, 'text'), encodeWebSocketFrame(attachment, 'binary')])
}

function engineOf(socket: ClientSocket): EngineInternals {
  return socket.conn as unknown as EngineInternals
}
