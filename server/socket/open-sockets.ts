// Every open socket of this node and whose it is: ended when its session ends, and told when the server stops.

import type { Session, Sessions } from '../auth/sessions.ts'
import type { Service } from '../base/service.ts'

/** A socket of either door. */
export interface OpenSocket {
  readonly session: Session
  /** Ends it for good, with the reason told. */
  end(reason: 'signed_out' | 'session_expired'): void
  /** Says that the server stops and that a new connection may be made after `reconnectInMs`. */
  announceDraining(reconnectInMs: number): void
  /** Closes it with the reason that the server stops. */
  closeDraining(): void
}

/** Clients are asked to come back spread over this time, so that another node is not asked for everything at once. */
const reconnectSpreadMs = 2_000

/** Time for the announcement to reach clients before their sockets close. */
const announcementMs = 100

/** How soon after its end a session is gone on open sockets. */
const expiryCheckMs = 500

export class OpenSockets implements Service {
  readonly name = 'open-sockets'
  readonly #sockets = new Set<OpenSocket>()
  readonly #stopListening: () => void
  readonly #expiryTimer: ReturnType<typeof setInterval>
  #isDraining = false

  constructor(sessions: Sessions) {
    this.#stopListening = sessions.onRevoked((event) => {
      this.#endWhere('signed_out', ({ session }) => ('tokenHash' in event ? session.tokenHash === event.tokenHash : session.userId === event.userId))
    })
    this.#expiryTimer = setInterval(() => {
      const nowMs = Date.now()
      this.#endWhere('session_expired', ({ session }) => session.expiresAt.getTime() <= nowMs)
    }, expiryCheckMs)
  }

  /** Whether new sockets are to be refused. */
  get isDraining(): boolean {
    return this.#isDraining
  }

  add(socket: OpenSocket): void {
    this.#sockets.add(socket)
  }

  remove(socket: OpenSocket): void {
    this.#sockets.delete(socket)
  }

  async drain(): Promise<void> {
    this.#isDraining = true
    for (const socket of this.#sockets) socket.announceDraining(Math.round(Math.random() * reconnectSpreadMs))
    await new Promise((resolve) => setTimeout(resolve, this.#sockets.size > 0 ? announcementMs : 0))
    for (const socket of [...this.#sockets]) socket.closeDraining()
  }

  stop(): void {
    clearInterval(this.#expiryTimer)
    this.#stopListening()
  }

  #endWhere(reason: 'signed_out' | 'session_expired', isMeant: (socket: OpenSocket) => boolean): void {
    for (const socket of [...this.#sockets]) if (isMeant(socket)) socket.end(reason)
  }
}
