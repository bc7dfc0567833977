// Every open socket of this node and whose it is: ended when its session ends, and told when the server stops.

import type { RevokedEvent, Session, Sessions } from '../auth/sessions.ts'
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

/** No entry takes so long: revocations are remembered for it, so that who was on the way in meanwhile does not stay. */
const longestEntryMs = 60_000

/** How soon after its end a session is gone on open sockets. */
const expiryCheckMs = 500

export class OpenSockets implements Service {
  readonly name = 'open-sockets'
  readonly #sessions: Sessions
  readonly #sockets = new Set<OpenSocket>()
  /** Sessions past the end that their sockets came with: their new end, or null while the database is asked. */
  readonly #extended = new Map<string, Date | null>()
  readonly #stopListening: () => void
  readonly #expiryTimer: ReturnType<typeof setInterval>
  #revocations: { event: RevokedEvent; atMs: number }[] = []
  #isDraining = false

  constructor(sessions: Sessions) {
    this.#sessions = sessions
    this.#stopListening = sessions.onRevoked((event) => {
      const atMs = performance.now()
      this.#revocations = [...this.#revocations.filter((revocation) => atMs - revocation.atMs < longestEntryMs), { event, atMs }]
      this.#endWhere('signed_out', ({ session }) => isMeant(event, session))
    })
    this.#expiryTimer = setInterval(() => this.#lookAtExpiries(), expiryCheckMs)
  }

  /** Whether new sockets are to be refused. */
  get isDraining(): boolean {
    return this.#isDraining
  }

  /**
   * Takes a socket in whose session was looked up from `sinceMs` on (`performance.now()`). Gives false, and has ended it, when the
   * session was ended meanwhile.
   */
  add(socket: OpenSocket, sinceMs: number): boolean {
    if (this.#revocations.some(({ event, atMs }) => atMs >= sinceMs && isMeant(event, socket.session))) {
      socket.end('signed_out')
      return false
    }
    this.#sockets.add(socket)
    return true
  }

  remove(socket: OpenSocket): void {
    this.#sockets.delete(socket)
    if (this.#extended.size > 0 && this.#sockets.size === 0) this.#extended.clear()
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

  /** A session that was used meanwhile lasts longer than its sockets know. */
  #lookAtExpiries(): void {
    const nowMs = Date.now()
    const over = new Map<string, Session>()
    for (const { session } of this.#sockets) {
      const extended = this.#extended.get(session.tokenHash)
      const expiresAt = extended ?? session.expiresAt
      if (extended !== null && expiresAt.getTime() <= nowMs) over.set(session.tokenHash, session)
    }
    for (const session of over.values()) void this.#askForExpiry(session)
  }

  async #askForExpiry(session: Session): Promise<void> {
    const { tokenHash } = session
    this.#extended.set(tokenHash, null)
    // A database that cannot say so extends nothing.
    const expiresAt = await this.#sessions.expiryOf(session).catch(() => null)
    if (expiresAt !== null && expiresAt.getTime() > Date.now()) {
      this.#extended.set(tokenHash, expiresAt)
      return
    }
    this.#extended.delete(tokenHash)
    this.#endWhere('session_expired', (socket) => socket.session.tokenHash === tokenHash)
  }

  #endWhere(reason: 'signed_out' | 'session_expired', isOver: (socket: OpenSocket) => boolean): void {
    for (const socket of [...this.#sockets]) if (isOver(socket)) socket.end(reason)
  }
}

function isMeant(event: RevokedEvent, session: Session): boolean {
  return 'tokenHash' in event ? session.tokenHash === event.tokenHash : session.userId === event.userId
}
