// The way into a document, the same for both doors: rights, epoch, room for one more, then the conversation.

import { personColor } from '../../shared/domain/person-colors.ts'
import type { Role } from '../../shared/domain/roles.ts'
import { AppError } from '../../shared/errors.ts'
import type { Session } from '../auth/sessions.ts'
import type { Config } from '../base/config.ts'
import { Connection, type ConnectionLimits } from '../documents/connection.ts'
import type { DocumentRegistry } from '../documents/document-registry.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { Transport } from '../documents/transport.ts'
import { documentRole, type Access } from '../projects/access.ts'

export interface EntranceOptions {
  registry: DocumentRegistry
  access: Access
  config: Pick<
    Config,
    'UPDATES_PER_SECOND' | 'UPDATES_BURST' | 'DOCUMENT_MAX_BYTES' | 'CONSUMER_LAG_BYTES' | 'CONSUMER_MAX_BYTES' | 'PERSON_CONNECTIONS_MAX'
  >
}

/** A connection that is in; `leave` takes it out and may be called more than once. */
export interface Entered {
  readonly document: OpenDocument
  readonly connection: Connection
  readonly role: Role
  leave(): void
}

export interface EntryRequest {
  session: Session
  projectId: string
  /** The epoch of the copy that the client holds. */
  epoch?: number | undefined
  transport: Transport
}

/** A client that reads nothing for so long while words wait for it is gone, or as good as. */
const consumerStallMs = 30_000

/** A sync message around a whole document is that much larger than the document, at most. */
const messageMarginBytes = 1024 * 1024

export class Entrance {
  readonly #registry: DocumentRegistry
  readonly #access: Access
  readonly #limits: ConnectionLimits
  readonly #maxPerPerson: number
  readonly #perPerson = new Map<string, number>()

  constructor({ registry, access, config }: EntranceOptions) {
    this.#registry = registry
    this.#access = access
    this.#maxPerPerson = config.PERSON_CONNECTIONS_MAX
    this.#limits = {
      updatesPerSecond: config.UPDATES_PER_SECOND,
      updatesBurst: config.UPDATES_BURST,
      messageBytes: config.DOCUMENT_MAX_BYTES + messageMarginBytes,
      lagBytes: config.CONSUMER_LAG_BYTES,
      maxBytes: config.CONSUMER_MAX_BYTES,
      stallMs: consumerStallMs,
    }
  }

  /**
   * Lets a client into a document; nothing has been said to it yet, `connection.greet` opens the conversation. Throws AppError:
   * not_found, stale_epoch (with the current one), too_many_connections, document_crowded, store_unavailable; then nothing is held.
   */
  async enter({ session, projectId, epoch, transport }: EntryRequest): Promise<Entered> {
    const granted = await this.#access.requireRole(session, projectId, 'read')
    const role = documentRole(granted)
    const document = await this.#registry.acquire(projectId)
    try {
      if (epoch !== undefined && epoch !== document.live.epoch) {
        throw new AppError('stale_epoch', { details: { epoch: document.live.epoch } })
      }
      this.#takePlace(session.userId)
    } catch (error) {
      this.#registry.release(document)
      throw error
    }
    const person = { userId: session.userId, name: granted.memberName, color: personColor(session.userId) }
    const connection = new Connection({ document, transport, person, role, limits: this.#limits })
    const entered = { document, connection, role, leave: this.#leaveOnce(document, connection) }
    try {
      document.enter(connection)
    } catch (error) {
      entered.leave()
      throw error
    }
    return entered
  }

  #leaveOnce(document: OpenDocument, connection: Connection): () => void {
    let isIn = true
    return () => {
      if (!isIn) return
      isIn = false
      document.leave(connection)
      this.#freePlace(connection.person.userId)
      this.#registry.release(document)
    }
  }

  #takePlace(userId: string): void {
    const taken = this.#perPerson.get(userId) ?? 0
    if (taken >= this.#maxPerPerson) throw new AppError('too_many_connections')
    this.#perPerson.set(userId, taken + 1)
  }

  #freePlace(userId: string): void {
    const taken = (this.#perPerson.get(userId) ?? 1) - 1
    if (taken > 0) this.#perPerson.set(userId, taken)
    else this.#perPerson.delete(userId)
  }
}
