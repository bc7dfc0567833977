// One project that a Socket.IO client has joined, as those see it who watch over its rights.

import type { Role } from '../../shared/domain/roles.ts'
import type { Session } from '../auth/sessions.ts'
import type { AccessReason, Seat } from './access-review.ts'
import type { Entered } from './entrance.ts'
import type { ClientSocket } from './socketio-transport.ts'

export interface SocketioSeatOptions {
  socket: ClientSocket
  session: Session
  entered: Entered
  /** Takes the client out of the project. */
  onLost: () => void
}

export class SocketioSeat implements Seat {
  readonly session: Session
  readonly #options: SocketioSeatOptions

  constructor(options: SocketioSeatOptions) {
    this.session = options.session
    this.#options = options
  }

  get projectId(): string {
    return this.#options.entered.document.projectId
  }

  get role(): Role {
    return this.#options.entered.connection.role
  }

  get memberName(): string {
    return this.#options.entered.connection.person.name
  }

  rename(name: string): void {
    const { document, connection } = this.#options.entered
    document.rename(connection, name)
  }

  changeRole(role: Role, reason: AccessReason): void {
    const { socket, entered } = this.#options
    entered.document.changeRole(entered.connection, role)
    socket.emit('access', { projectId: this.projectId, role, reason })
  }

  loseAccess(): void {
    this.#options.socket.emit('access', { projectId: this.projectId, role: null, reason: 'removed' })
    this.#options.onLost()
  }
}
