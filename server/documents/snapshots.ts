// Compaction: folds a document's log into its snapshot, off the event loop, and swaps it in one statement.

import { Piscina } from 'piscina'
import type { Log } from '../base/log.ts'
import type { Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'
import type { DocumentsStore, StoredDocument } from '../store/documents-store.ts'
import type { Replayed } from './replay-worker.ts'

export interface SnapshotsOptions {
  store: Pick<DocumentsStore, 'load' | 'compact'>
  log: Log
  metrics: Metrics
  /** Rows in a document's log after which it is folded. */
  afterRows: number
}

/** A document is not folded again sooner, however fast its log grows: folding reads and writes the whole of it. */
const minIntervalMs = 5_000

/** A log this short is replayed in less time than the snapshot takes to be written. */
const worthwhileRows = 50

/**
 * INVARIANT: reads snapshot and rows in one statement, and replaces that revision and deletes those rows, or nothing. So two
 * nodes may compact one document at once, and rows that are written meanwhile stay.
 */
export class Snapshots implements Service {
  readonly name = 'snapshots'
  readonly #options: SnapshotsOptions
  readonly #workers = new Piscina({
    filename: new URL('./replay-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 30_000,
  })
  readonly #rows = new Map<string, { rows: number; compactedAtMs: number }>()
  readonly #underWay = new Map<string, Promise<void>>()
  #isStopping = false

  constructor(options: SnapshotsOptions) {
    this.#options = options
  }

  /** Counts rows that a document's log has grown by, and folds it when there are many. */
  grew(projectId: string, rows: number): void {
    const known = this.#rows.get(projectId) ?? { rows: 0, compactedAtMs: -minIntervalMs }
    known.rows += rows
    this.#rows.set(projectId, known)
    const isDue = known.rows >= this.#options.afterRows && performance.now() - known.compactedAtMs >= minIntervalMs
    if (isDue && !this.#isStopping) void this.compact(projectId)
  }

  /** Folds the log of a document that is about to be closed, so that opening it again is quick; a short log is left as it is. */
  async foldIfWorthwhile(projectId: string): Promise<void> {
    if ((this.#rows.get(projectId)?.rows ?? 0) >= worthwhileRows && !this.#isStopping) await this.compact(projectId)
  }

  /** Forgets a document that is closed. */
  forget(projectId: string): void {
    this.#rows.delete(projectId)
  }

  /** Folds the log now; joins a fold that is under way. Never rejects: a log that was not folded is only longer. */
  compact(projectId: string): Promise<void> {
    const running = this.#underWay.get(projectId)
    if (running) return running
    const started = this.#fold(projectId).finally(() => this.#underWay.delete(projectId))
    this.#underWay.set(projectId, started)
    return started
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.all(this.#underWay.values())
    await this.#workers.destroy()
  }

  async #fold(projectId: string): Promise<void> {
    const known = this.#rows.get(projectId)
    if (known) {
      known.rows = 0
      known.compactedAtMs = performance.now()
    }
    try {
      const stored = await this.#options.store.load(projectId)
      if (!stored || stored.updates.length === 0) return
      const { state, stretches } = await this.#replay(stored)
      const isSwapped = await this.#options.store.compact({
        projectId,
        epoch: stored.epoch,
        revision: stored.revision,
        state,
        stretches,
        ids: stored.updates.map((update) => update.id),
      })
      this.#options.metrics.compactions.inc({ outcome: isSwapped ? 'swapped' : 'overtaken' })
    } catch (error) {
      this.#options.metrics.compactions.inc({ outcome: 'failed' })
      this.#options.log.warn({ err: error, projectId }, 'snapshots.compaction_failed')
    }
  }

  async #replay(stored: StoredDocument): Promise<Replayed> {
    // A worker gets copies: what postgres.js gives may be views into one receive buffer.
    return (await this.#workers.run({ snapshot: stored.snapshot, updates: stored.updates })) as Replayed
  }
}
