// One connected Socket.IO client: the projects it has joined, and its end.

import type { Session } from '../auth/sessions.ts'
import { KeyedQueue } from '../base/keyed-queue.ts'
import type { CloseReason } from '../../shared/wire/protocol.ts'
import { closeCodes } from '../../shared/wire/protocol.ts'
import type { Entered } from './entrance.ts'
import type { OpenSocket } from './open-sockets.ts'
import { ReadPause } from './read-pause.ts'
import { StreamViewer } from './stream-viewer.ts'
import { webSocketOf, type ClientSocket } from './socketio-transport.ts'

/** INVARIANT: after `leaveAll` nothing is joined and nothing can be. */
export class SocketioClient implements OpenSocket {
  readonly session: Session
  readonly socket: ClientSocket
  readonly pause: ReadPause
  /** As a reader of the interview's words. */
  readonly viewer: StreamViewer
  /** Joins and leaves of one project happen one after another, in the order they were asked for. */
  readonly turns = new KeyedQueue()
  readonly #joined = new Map<string, Entered>()
  readonly #onLeave = new Map<string, (() => void)[]>()
  #isGone = false

  /** Past `lagBytes` that wait for it the interview's words are held back. */
  constructor(socket: ClientSocket, session: Session, lagBytes: number) {
    this.socket = socket
    this.session = session
    this.viewer = new StreamViewer(socket, lagBytes)
    this.pause = new ReadPause(webSocketOf(socket))
  }

  /** The project's conversation, if it is joined. */
  joined(projectId: string): Entered | undefined {
    return this.#joined.get(projectId)
  }

  /** Keeps what a join gave, in place of an earlier one; gives false, and leaves at once, when the client is gone meanwhile. */
  keep(projectId: string, entered: Entered): boolean {
    if (this.#isGone) {
      entered.leave()
      return false
    }
    this.leave(projectId)
    this.#joined.set(projectId, entered)
    return true
  }

  /** What else ends with this membership. */
  onLeave(projectId: string, end: () => void): void {
    this.#onLeave.set(projectId, [...(this.#onLeave.get(projectId) ?? []), end])
  }

  leave(projectId: string): void {
    this.#joined.get(projectId)?.leave()
    this.#joined.delete(projectId)
    for (const end of this.#onLeave.get(projectId) ?? []) end()
    this.#onLeave.delete(projectId)
  }

  leaveAll(): void {
    this.#isGone = true
    for (const projectId of [...this.#joined.keys()]) this.leave(projectId)
  }

  /** Sends an app event under its own name. */
  tell(event: string, told: object): void {
    // Names and shapes are those of whoever emitted it.
    ;(this.socket as unknown as { emit(name: string, told: object): void }).emit(event, told)
  }

  end(reason: 'signed_out' | 'session_expired'): void {
    for (const projectId of this.#joined.keys()) this.socket.emit('access', { projectId, role: null, reason })
    this.leaveAll()
    // Socket.IO's own disconnect packet: its clients do not come back by themselves after that.
    this.socket.disconnect(true)
  }

  announceDraining(reconnectInMs: number): void {
    this.socket.emit('server:draining', { reconnectInMs })
  }

  closeDraining(): void {
    this.closeSocket('draining')
  }

  /** Closes the WebSocket with a code and a reason, which Socket.IO itself has no way to give. */
  closeSocket(reason: CloseReason): void {
    webSocketOf(this.socket).close(closeCodes[reason], reason)
  }
}
