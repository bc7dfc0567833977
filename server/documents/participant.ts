// What the parts of an open document need of a connection in it.

import type { Role } from '../../shared/domain/roles.ts'
import type { AwarenessBearer } from './awareness-states.ts'
import type { Receiver } from './fan-out.ts'
import type { Frame } from './frame.ts'
import type { Transport } from './transport.ts'

/** Someone in the document, through one socket. */
export interface Participant extends AwarenessBearer, Receiver {
  readonly transport: Transport
  /** Bytes that its client has not taken yet. */
  readonly waitingBytes: number
  role: Role
  person: AwarenessBearer['person']
  /** Opens the conversation: our state vector, and who else is here. */
  greet(): void
  /** What was changed on this person's own behalf, before everyone hears of it; who is behind, or does not know such messages, hears of it with everyone. */
  deliverOwnEdit(update: Uint8Array): void
  /** Cursors: of these only the last matter, so a client that is behind does without. */
  deliverPresence(frame: Frame): void
  /** Ends the conversation from this side; the socket is its door's. */
  stop(): void
}
