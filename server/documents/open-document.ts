// A document that is open on this node: its replica, its fan-out, its presence and its connections, tied together.

import type * as Y from 'yjs'
import type { Role } from '../../shared/domain/roles.ts'
import { AppError } from '../../shared/errors.ts'
import { syncType } from '../../shared/wire/yjs-messages.ts'
import type { Log } from '../base/log.ts'
import type { Door, Metrics } from '../base/metrics.ts'
import { FanOut } from './fan-out.ts'
import { Frame, syncMessage } from './frame.ts'
import type { LiveDocument } from './live-document.ts'
import type { Participant } from './participant.ts'
import { Presence } from './presence.ts'

export interface OpenDocumentOptions {
  live: LiveDocument
  log: Log
  metrics: Metrics
  maxConnections: number
  maxAwarenessBytes: number
}

/** INVARIANT: a connection is in all of it or in none of it. */
export class OpenDocument {
  readonly live: LiveDocument
  readonly presence: Presence
  readonly log: Log
  readonly metrics: Metrics
  readonly #fanOut: FanOut
  readonly #connections = new Set<Participant>()
  readonly #maxConnections: number
  #wholeState: { update: Uint8Array; frame: Frame } | undefined

  constructor({ live, log, metrics, maxConnections, maxAwarenessBytes }: OpenDocumentOptions) {
    this.live = live
    this.log = log
    this.metrics = metrics
    this.#maxConnections = maxConnections
    this.#fanOut = new FanOut(live.projectId, metrics)
    this.presence = new Presence(live.projectId, this.#connections, maxAwarenessBytes)
    live.onUpdate((update, origin) => {
      if (origin.isOnBehalf === true) this.#tellApart(update, origin.userId)
      this.#fanOut.push(update, origin.source)
    })
  }

  get projectId(): string {
    return this.live.projectId
  }

  get connections(): ReadonlySet<Participant> {
    return this.#connections
  }

  /** Lets a connection in; it is its door that opens the conversation, by `greet`. Throws AppError('document_crowded') when there is no place. */
  enter(connection: Participant): void {
    if (this.#connections.size >= this.#maxConnections) throw new AppError('document_crowded')
    this.#connections.add(connection)
    this.#fanOut.add(connection)
    this.metrics.connections.inc({ door: connection.transport.door })
    this.presence.entered()
  }

  /** Lets a connection out; a second call does nothing. */
  leave(connection: Participant): void {
    connection.stop()
    if (!this.#connections.delete(connection)) return
    this.#fanOut.remove(connection)
    this.metrics.connections.dec({ door: connection.transport.door })
    this.presence.left(connection)
  }

  /** Another role for one of the connections, from its next message on; everyone sees it. */
  changeRole(connection: Participant, role: Role): void {
    connection.role = role
    this.presence.entered()
  }

  /** Another name for the person of one of the connections; everyone sees it. */
  rename(connection: Participant, name: string): void {
    connection.person = { ...connection.person, name }
    this.presence.renamed(connection)
  }

  /** The sync step 2 around an update; the whole state is framed once for all who join between two changes. */
  step2(update: Uint8Array): Frame {
    if (this.#wholeState?.update === update) return this.#wholeState.frame
    const frame = new Frame(this.projectId, syncMessage(syncType.step2, update))
    if (this.live.isWholeState(update)) this.#wholeState = { update, frame }
    return frame
  }

  /** Sends everyone what they have not heard yet. */
  flush(): void {
    this.#fanOut.flush()
  }

  /** What the server has changed for someone is on all of their screens before everyone hears of it, and behind what it builds on. */
  #tellApart(update: Uint8Array, userId: string | null): void {
    const screens = [...this.#connections].filter(({ person }) => person.userId === userId)
    if (screens.length > 0) this.flush()
    for (const screen of screens) screen.deliverOwnEdit(update)
  }

  /** Counts an applied update. */
  countUpdate(door: Door): void {
    this.metrics.updates.inc({ door })
  }

  /** Reports an update whose sender could not give what it builds on; it stays in the log, and shows once somebody brings that. */
  reportGap(userId: string): void {
    this.metrics.documentGaps.inc()
    this.log.warn({ projectId: this.projectId, userId, clients: missingClients(this.live.doc) }, 'document.gap')
  }

  destroy(): void {
    this.presence.stop()
    this.live.destroy()
  }
}

function missingClients(doc: Y.Doc): number[] {
  return [...(doc.store.pendingStructs?.missing.keys() ?? [])]
}
