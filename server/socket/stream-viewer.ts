// A Socket.IO client as a reader of the interview's words: told them while it reads, and in one piece when it reads again.

import type { Viewer } from '../interview/project-streams.ts'
import type { MessageDelta } from '../../shared/wire/interview.ts'
import type { ClientSocket } from './socketio-transport.ts'
import { bufferedBytesOf } from './socketio-transport.ts'

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
    this.#socket.emit('message:delta', delta)
  }
}
