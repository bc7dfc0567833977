// One open client of `/yjs`: its messages in, its acks out, its life kept and ended.

import type { WebSocket } from 'ws'
import { closeCodes } from '../../shared/wire/protocol.ts'
import { messageType, syncType } from '../../shared/wire/yjs-messages.ts'
import type { Session } from '../auth/sessions.ts'
import { emptyAwareness } from '../documents/connection.ts'
import { Frame } from '../documents/frame.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { Seat } from './access-review.ts'
import type { Entered } from './entrance.ts'
import type { OpenSocket } from './open-sockets.ts'
import type { YjsTransport } from './yjs-transport.ts'

/** y-websocket gives a connection up after 30 s without a message, and ping frames are none. */
const keepAliveMs = 15_000

/** A peer that answers no ping for so long is gone, though its socket does not know. */
const pongTimeoutMs = 30_000

export interface YjsConversationOptions {
  client: WebSocket
  session: Session
  transport: YjsTransport
  entered: Entered
}

export class YjsConversation implements OpenSocket, Seat {
  readonly session: Session
  readonly #client: WebSocket
  readonly #transport: YjsTransport
  readonly #entered: Entered
  readonly #keepAlive: Frame
  #aliveAtMs = performance.now()
  #writes = 0

  constructor({ client, session, transport, entered }: YjsConversationOptions) {
    this.session = session
    this.#client = client
    this.#transport = transport
    this.#entered = entered
    this.#keepAlive = new Frame('', emptyAwareness)
  }

  get projectId(): string {
    return this.#entered.document.projectId
  }

  get role(): Role {
    return this.#entered.connection.role
  }

  get memberName(): string {
    return this.#entered.connection.person.name
  }

  rename(name: string): void {
    this.#entered.document.rename(this.#entered.connection, name)
  }

  /** This door has no words for it: what is written against it is refused. */
  changeRole(role: Role): void {
    this.#entered.document.changeRole(this.#entered.connection, role)
  }

  loseAccess(): void {
    this.leave()
    this.#client.close(closeCodes.access_lost, 'access_lost')
  }

  /** Takes messages from now on and says ours first. */
  start(): void {
    this.#client.on('message', (data: Buffer) => this.#receive(data))
    this.#client.on('pong', () => {
      this.#aliveAtMs = performance.now()
    })
    this.#entered.connection.greet()
  }

  /** Keeps a quiet connection open, and ends a dead one. */
  sweep(): void {
    const nowMs = performance.now()
    if (nowMs - this.#aliveAtMs > pongTimeoutMs) {
      this.#client.terminate()
      return
    }
    this.#client.ping()
    if (this.#transport.quietMs(nowMs) >= keepAliveMs) this.#transport.send(this.#keepAlive)
  }

  /** Takes it out of the document; its socket is closed or about to be. */
  leave(): void {
    this.#entered.leave()
  }

  end(): void {
    this.leave()
    this.#client.close(closeCodes.unauthenticated, 'unauthenticated')
  }

  announceDraining(): void {
    // The close that follows is all that this door can say.
  }

  closeDraining(): void {
    this.#client.close(closeCodes.draining, 'draining')
  }

  #receive(message: Buffer): void {
    // A client may go on writing after our close frame, for as long as it does not answer it.
    if (this.#client.readyState !== this.#client.OPEN) return
    this.#aliveAtMs = performance.now()
    if (!isWrite(message)) {
      this.#entered.connection.receive(message, () => undefined)
      return
    }
    const n = ++this.#writes
    this.#entered.connection.receive(message, (refusal) => this.#transport.acknowledge(n, refusal))
  }
}

/** Whether a message is one that acks count; the type numbers are small, so each is one byte. */
function isWrite(message: Buffer): boolean {
  if (message[0] === messageType.chunk) return true
  return message[0] === messageType.sync && (message[1] === syncType.step2 || message[1] === syncType.update)
}
