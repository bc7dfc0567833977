// The live documents of one node on a real PostgreSQL, put together as the server does, without its doors.

import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import type { Role } from '../../shared/domain/roles.ts'
import { parseConfig, type Config } from '../../server/base/config.ts'
import { createLog } from '../../server/base/log.ts'
import { createMetrics, type Metrics } from '../../server/base/metrics.ts'
import { Connection, type ConnectionLimits } from '../../server/documents/connection.ts'
import { DocumentRegistry } from '../../server/documents/document-registry.ts'
import type { Bus } from '../../server/base/bus.ts'
import { PeerRelay, type PeerTiming } from '../../server/documents/peer-relay.ts'
import { HistoryReplacement } from '../../server/documents/history-replacement.ts'
import type { OpenDocument } from '../../server/documents/open-document.ts'
import { Snapshots } from '../../server/documents/snapshots.ts'
import { UpdateLog } from '../../server/documents/update-log.ts'
import { createDatabase, type Database } from '../../server/store/database.ts'
import { createDocumentsStore, type DocumentsStore } from '../../server/store/documents-store.ts'
import { MemoryTransport } from './memory-transport.ts'

export interface WorldOptions {
  url: string
  config?: Partial<Record<keyof Config, string>>
  /** Wraps the store, for a test that delays or fails it. */
  wrapStore?: (store: DocumentsStore) => DocumentsStore
  limits?: Partial<ConnectionLimits>
  /** What it shares with other worlds: with it they are nodes of one cluster. */
  bus?: Bus
  timing?: Partial<PeerTiming>
}

/** One client in a document. */
export interface Joined {
  document: OpenDocument
  connection: Connection
  transport: MemoryTransport
  /** Sends a message; resolves with null after COMMIT, else with the code of the refusal. */
  send: (message: Uint8Array) => Promise<string | null>
  leave: () => void
}

export interface JoinOptions {
  role?: Role
  userId?: string
  transport?: MemoryTransport
}

/** Those of the server, but for the rate, which only tests of the rate care for. */
const defaultLimits = {
  updatesPerSecond: 1_000_000,
  updatesBurst: 1_000_000,
  lagBytes: 256 * 1024,
  maxBytes: 16 * 1024 * 1024,
  stallMs: 30_000,
}

/** A node's documents, and two of them on one database are two nodes. */
export class DocumentWorld {
  readonly config: Config
  readonly metrics: Metrics = createMetrics()
  readonly database: Database
  readonly store: DocumentsStore
  readonly updateLog: UpdateLog
  readonly snapshots: Snapshots
  readonly relay: PeerRelay | undefined
  readonly registry: DocumentRegistry
  readonly history: HistoryReplacement
  /** Told of each document that is opened. */
  onOpened: (document: OpenDocument) => void = () => undefined
  /** Names of the events that were logged. */
  readonly logged: string[] = []
  readonly #limits: ConnectionLimits

  constructor({ url, config = {}, wrapStore = (store) => store, limits = {}, bus, timing = {} }: WorldOptions) {
    this.config = configOf({ DOCUMENT_IDLE_MS: '60000', ...config })
    const { metrics, logged } = this
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged.push(String((JSON.parse(chunk.toString()) as { msg?: unknown }).msg))
        done()
      },
    })
    const log = createLog('info', destination)
    this.database = createDatabase({
      url,
      poolSize: 4,
      queueMax: 2_000,
      statementTimeoutMs: 10_000,
      slowStatementMs: 60_000,
      connectTimeoutMs: 1_000,
      log,
      metrics,
    })
    this.store = wrapStore(createDocumentsStore(this.database))
    this.snapshots = new Snapshots({ store: this.store, log, metrics, afterRows: this.config.COMPACT_AFTER_ROWS })
    this.updateLog = new UpdateLog({
      store: this.store,
      log,
      metrics,
      commitWindowMs: this.config.COMMIT_WINDOW_MS,
      maxPendingBytes: this.config.LOG_PENDING_MAX_BYTES,
      onCommitted: (projectId, rows) => this.snapshots.grew(projectId, rows),
      onRefused: (projectId, epoch) => this.history.retire(projectId, epoch),
      retry: { firstMs: 5, maxMs: 50 },
    })
    const onLaterEpoch = (projectId: string, epoch: number) => this.history.retire(projectId, epoch)
    this.relay = bus && new PeerRelay({ bus, updateLog: this.updateLog, metrics, onLaterEpoch, timing })
    this.relay?.start()
    this.registry = new DocumentRegistry({
      relay: this.relay,
      store: this.store,
      updateLog: this.updateLog,
      snapshots: this.snapshots,
      onOpened: (document) => this.onOpened(document),
      log,
      metrics,
      config: this.config,
    })
    this.history = new HistoryReplacement({ registry: this.registry, store: this.store, updateLog: this.updateLog, log })
    this.#limits = { ...defaultLimits, messageBytes: this.config.DOCUMENT_MAX_BYTES + 1024 * 1024, ...limits }
  }

  /** Makes a project; gives its id. */
  async newProject(name = 'Spec'): Promise<string> {
    const projectId = randomUUID()
    const userId = randomUUID()
    await this.database.query(
      'test.project',
      (sql) => sql`
        with person as (
          insert into "user" (id, name, email, "emailVerified") values (${userId}, 'Ann', ${`${userId}@example.com`}, false) returning id
        )
        insert into projects (id, name, created_by) select ${projectId}, ${name}, id from person`,
    )
    return projectId
  }

  /** Joins as a door does, the greeting included. */
  async join(projectId: string, { role = 'editor', userId = 'ann', transport = new MemoryTransport() }: JoinOptions = {}): Promise<Joined> {
    const document = await this.registry.acquire(projectId)
    const person = { userId, name: `Name of ${userId}`, color: '#4f46e5' }
    const connection = new Connection({ document, transport, person, role, limits: this.#limits })
    document.enter(connection)
    connection.greet()
    let isIn = true
    return {
      document,
      connection,
      transport,
      send: (message) => new Promise((resolve) => connection.receive(message, (refusal) => resolve(refusal?.code ?? null))),
      leave: () => {
        if (!isIn) return
        isIn = false
        document.leave(connection)
        this.registry.release(document)
      },
    }
  }

  /** Rows in the log of a document. */
  async rows(projectId: string): Promise<number> {
    return (await this.store.load(projectId))?.updates.length ?? 0
  }

  /** Stops it in the order of the server; `deadlineMs` bounds the wait for a database that is gone. */
  async close(): Promise<void> {
    await this.registry.stop()
    this.relay?.stop()
    await this.snapshots.stop()
    await this.updateLog.stop()
    await this.database.close(500)
  }
}

function configOf(environment: Record<string, string>): Config {
  const parsed = parseConfig(environment)
  if ('problems' in parsed) throw new Error(parsed.problems.join('\n'))
  return parsed.config
}
