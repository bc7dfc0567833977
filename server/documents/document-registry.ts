// The documents open on this node: each opened once however many ask, shared, and closed when idle and saved.

import { setImmediate } from 'node:timers/promises'
import { AppError } from '../../shared/errors.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import type { Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'
import type { DocumentsStore, StoredDocument } from '../store/documents-store.ts'
import { LiveDocument } from './live-document.ts'
import { OpenDocument } from './open-document.ts'
import { startingText, stateOfText } from './seed.ts'
import type { PeerRelay } from './peer-relay.ts'
import type { Snapshots } from './snapshots.ts'
import type { UpdateLog } from './update-log.ts'

export interface DocumentRegistryOptions {
  store: DocumentsStore
  updateLog: UpdateLog
  snapshots: Snapshots
  /** Shares what is open with other nodes, where there are any. */
  relay?: PeerRelay | undefined
  /** Told of each document that was opened, before anyone is in it. */
  onOpened?: (document: OpenDocument) => void
  log: Log
  metrics: Metrics
  config: Pick<Config, 'DOCUMENT_MAX_BYTES' | 'AWARENESS_MAX_BYTES' | 'DOCUMENT_CONNECTIONS_MAX' | 'DOCUMENT_IDLE_MS'>
}

type Entry =
  | { state: 'opening'; opened: Promise<OpenDocument> }
  | { state: 'open'; document: OpenDocument; users: number; idleTimer: ReturnType<typeof setTimeout> | undefined }

/**
 * INVARIANTS: there is never more than one replica of a document on a node. A document is closed only when nobody uses it
 * and its log is settled. A failed load leaves nothing behind.
 */
export class DocumentRegistry implements Service {
  readonly name = 'documents'
  readonly #options: DocumentRegistryOptions
  readonly #entries = new Map<string, Entry>()

  constructor(options: DocumentRegistryOptions) {
    this.#options = options
    options.metrics.fanOutBuffered.measureBy(() => this.#waitingBytes())
  }

  /** Documents in memory. */
  get size(): number {
    return this.#entries.size
  }

  /**
   * Gives the document, kept open until `release` is called once for it. Throws AppError('store_unavailable') when it cannot be
   * loaded now, AppError('not_found') when there is none.
   */
  async acquire(projectId: string): Promise<OpenDocument> {
    for (;;) {
      const entry = this.#entries.get(projectId)
      if (entry?.state === 'open') {
        clearTimeout(entry.idleTimer)
        entry.idleTimer = undefined
        entry.users++
        return entry.document
      }
      // After the wait the entry is looked at anew: whoever waited beside us may have come first, and may have left again.
      await (entry?.opened ?? this.#open(projectId))
    }
  }

  /** Gives back what `acquire` gave; the last one starts the idle time. */
  release(document: OpenDocument): void {
    const { projectId } = document
    const entry = this.#entries.get(projectId)
    if (entry?.state !== 'open' || entry.document !== document) return
    entry.users--
    if (entry.users === 0) this.#closeWhenIdle(projectId, entry)
  }

  /** The document, if it is open here. */
  peek(projectId: string): OpenDocument | undefined {
    const entry = this.#entries.get(projectId)
    return entry?.state === 'open' ? entry.document : undefined
  }

  /** All open documents. */
  *openDocuments(): IterableIterator<OpenDocument> {
    for (const entry of this.#entries.values()) if (entry.state === 'open') yield entry.document
  }

  /**
   * Drops a replica whose history was replaced, after telling its connections; the next `acquire` loads the new one.
   * What it still had to log belongs to the old epoch and is refused by PostgreSQL.
   */
  drop(projectId: string): void {
    const entry = this.#entries.get(projectId)
    if (entry?.state !== 'open') return
    clearTimeout(entry.idleTimer)
    entry.document.live.retire()
    this.#forget(projectId, entry.document)
  }

  /** Waits for the log, then lets go of everything. The doors are closed by then. */
  async stop(): Promise<void> {
    // What came in last is applied, and thereby in the log, at the end of its turn.
    await setImmediate()
    await this.#options.updateLog.flushed()
    for (const document of this.openDocuments()) document.destroy()
    this.#entries.clear()
    this.#options.metrics.openDocuments.set(0)
  }

  #waitingBytes(): number {
    let bytes = 0
    for (const { connections } of this.openDocuments()) for (const connection of connections) bytes += connection.waitingBytes
    return bytes
  }

  async #open(projectId: string): Promise<OpenDocument> {
    const opened = this.#load(projectId)
    const entry: Entry = { state: 'opening', opened }
    this.#entries.set(projectId, entry)
    try {
      const document = await opened
      this.#entries.set(projectId, { state: 'open', document, users: 0, idleTimer: undefined })
      this.#options.onOpened?.(document)
      this.#options.metrics.openDocuments.set(this.#entries.size)
      return document
    } catch (error) {
      this.#entries.delete(projectId)
      this.#options.relay?.close(projectId)
      throw error
    }
  }

  async #load(projectId: string): Promise<OpenDocument> {
    const { config, updateLog, log, metrics, snapshots, relay } = this.#options
    // Before it is read: what others commit behind the reading is heard then.
    await relay?.open(projectId)
    const stored = await this.#read(projectId)
    const live = new LiveDocument({
      projectId,
      stored,
      log: updateLog,
      maxBytes: config.DOCUMENT_MAX_BYTES,
      onBadRow: (id, error) => log.error({ err: error, projectId, row: id }, 'document.bad_row'),
    })
    snapshots.grew(projectId, stored.updates.length)
    const document = new OpenDocument({
      live,
      log,
      metrics,
      maxConnections: config.DOCUMENT_CONNECTIONS_MAX,
      maxAwarenessBytes: config.AWARENESS_MAX_BYTES,
    })
    relay?.attach(document)
    await relay?.untilWhole(document)
    return document
  }

  /** Reads the document; a project that has no snapshot yet is seeded first, which PostgreSQL lets happen once. */
  async #read(projectId: string): Promise<StoredDocument> {
    const { store } = this.#options
    let stored = await store.load(projectId)
    if (stored && stored.snapshot === null) {
      const heading = await store.heading(projectId)
      if (heading) await store.seed(projectId, stateOfText(startingText(heading)))
      stored = await store.load(projectId)
    }
    if (!stored || stored.snapshot === null) throw new AppError('not_found')
    return stored
  }

  /**
   * Closing is one step with nothing to wait for in it, so a join comes before or after it, never during. While the log is not
   * settled the document stays: it is the only place where those updates can be seen.
   */
  #closeWhenIdle(projectId: string, entry: Entry & { state: 'open' }): void {
    entry.idleTimer = setTimeout(() => {
      if (!entry.document.live.isSettled) this.#closeWhenIdle(projectId, entry)
      else {
        void this.#options.snapshots.foldIfWorthwhile(projectId)
        this.#forget(projectId, entry.document)
      }
    }, this.#options.config.DOCUMENT_IDLE_MS)
  }

  #forget(projectId: string, document: OpenDocument): void {
    this.#options.relay?.close(projectId)
    document.destroy()
    this.#entries.delete(projectId)
    this.#options.snapshots.forget(projectId)
    this.#options.metrics.openDocuments.set(this.#entries.size)
  }
}
