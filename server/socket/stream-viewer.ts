// A Socket.IO client as a reader of the interview's words: told them while it reads, and in one piece when it reads again.

import type { Viewer } from '../interview/project-streams.ts'
import type { MessageDelta } from '../../shared/wire/interview.ts'
import type { ClientSocket } from './socketio-transport.ts'
import { bufferedBytesOf, writeFrame } from './socketio-transport.ts'
import { encodeWebSocketFrame } from './web-socket-internals.ts'

export class StreamViewer implements Viewer {
  readonly #socket: ClientSocket
  readonly #lagBytes: number

  constructor(socket: ClientSocket, lagBytes: number) {
    this.#socket = socket
    this.#lagBytes = lagBytes
  }

  get isBehind(): boolean {
    return bufferedBytesOf(this.#socket) > this.#lagBytes
  }

  tell(delta: MessageDelta): void {
    writeFrame(this.#socket, encodedDelta(delta))
  }
}

/** Readers who are at the same place are told the same object: it is encoded once for all of them. */
const encoded = new WeakMap<MessageDelta, Buffer>()

function encodedDelta(delta: MessageDelta): Buffer {
  let frame = encoded.get(delta)
  if (!frame) {
    // "4" is Engine.IO's message, "2" Socket.IO's event.
    frame = encodeWebSocketFrame(Buffer.from(`42${JSON.stringify(['message:delta', delta])}`), 'text')
    encoded.set(delta, frame)
  }
  return frame
}
