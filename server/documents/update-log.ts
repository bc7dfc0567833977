// The durable log: gathers all documents' updates of a few ms into one INSERT and settles each writer after its COMMIT.

import { AppError } from '../../shared/errors.ts'
import { backoffMs } from '../../shared/backoff.ts'
import type { Log } from '../base/log.ts'
import { observeMs, type Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'
import type { DocumentsStore, LogRow, WrittenRows } from '../store/documents-store.ts'

/** Called once: with null after the COMMIT, or with why the update will never be in the log. */
export type Settle = (refusal: AppError | null) => void

interface PendingRow extends LogRow {
  settlers: Settle[]
  /** What it holds in memory. */
  bytes: number
  sinceMs: number
}

export interface UpdateLogOptions {
  store: Pick<DocumentsStore, 'append'>
  log: Log
  metrics: Metrics
  /** How long updates are gathered before an INSERT, in ms. */
  commitWindowMs: number
  /** Bytes that may wait in memory while PostgreSQL is away, what carries them included. */
  maxPendingBytes: number
  /** Told how many rows each document's log has grown by. */
  onCommitted?: (projectId: string, rows: number) => void
  /** Told when PostgreSQL refused a document's rows because its epoch is over or it is gone. */
  onRefused?: (projectId: string, epoch: number) => void
  retry?: { firstMs: number; maxMs: number }
}

/** What a waiting row takes beside its payload, and what one more who waits for it takes: millions of single letters are not small. */
const rowBytes = 300
const settlerBytes = 100

const maxBatchRows = 1_000
const maxBatchBytes = 8 * 1024 * 1024

/**
 * INVARIANTS: rows are written in the order in which they were appended; at most one INSERT is under way. A row leaves
 * memory only once it is committed or refused for good, and each of its settlers is called exactly once, unless the
 * process ends first. An INSERT whose answer was lost is sent again: a doubled update is nothing to Yjs.
 */
export class UpdateLog implements Service {
  readonly name = 'update-log'
  readonly #options: UpdateLogOptions
  #queue: PendingRow[] = []
  #pendingBytes = 0
  /** The last row of each document that is not settled yet: who asks after it has asked after all before it. */
  readonly #lastOf = new Map<string, PendingRow>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #isWriting = false
  #attempt = 0
  #idleWaiters: (() => void)[] = []

  constructor(options: UpdateLogOptions) {
    this.#options = options
  }

  /** False while the last INSERT has failed and is being tried again. */
  get isHealthy(): boolean {
    return this.#attempt === 0
  }

  /** Whether `bytes` more may wait; ask before applying, since what is applied must be logged. */
  hasRoomFor(bytes: number): boolean {
    return this.#pendingBytes + bytes <= this.#options.maxPendingBytes
  }

  /** Whether any update of the document is not settled yet. */
  hasPending(projectId: string): boolean {
    return this.#lastOf.has(projectId)
  }

  /** Takes an update; `settle` is called after its COMMIT. The payload is kept, so it must not be a view that others write to. */
  append(row: LogRow, settle: Settle): void {
    const bytes = rowBytes + row.payload.byteLength
    const pending: PendingRow = { ...row, settlers: [settle], bytes, sinceMs: performance.now() }
    this.#queue.push(pending)
    this.#lastOf.set(row.projectId, pending)
    this.#grow(1, bytes)
    this.#schedule(this.#options.commitWindowMs)
  }

  /** Calls `settle` once everything appended for the document so far is settled; at once when nothing waits. */
  afterPending(projectId: string, settle: Settle): void {
    const last = this.#lastOf.get(projectId)
    if (!last) {
      settle(null)
      return
    }
    last.settlers.push(settle)
    last.bytes += settlerBytes
    this.#grow(0, settlerBytes)
  }

  /** Resolves when nothing waits any more. While PostgreSQL is away that may take as long as it is; callers set their own deadline. */
  flushed(): Promise<void> {
    if (this.#queue.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idleWaiters.push(resolve))
  }

  stop(): Promise<void> {
    return this.flushed()
  }

  #schedule(delayMs: number): void {
    if (this.#timer || this.#isWriting) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#write()
    }, delayMs)
  }

  async #write(): Promise<void> {
    this.#isWriting = true
    const batch = this.#nextBatch()
    const delayMs = (await this.#tryBatch(batch)) ? 0 : this.#nextRetryMs()
    this.#isWriting = false
    if (this.#queue.length > 0) this.#schedule(delayMs)
    else for (const resolve of this.#idleWaiters.splice(0)) resolve()
  }

  #nextBatch(): PendingRow[] {
    let bytes = 0
    let rows = 0
    while (rows < this.#queue.length && rows < maxBatchRows) {
      bytes += this.#queue[rows]?.payload.byteLength ?? 0
      if (rows > 0 && bytes > maxBatchBytes) break
      rows++
    }
    return this.#queue.slice(0, rows)
  }

  /** Gives whether the batch has left the queue. */
  async #tryBatch(batch: PendingRow[]): Promise<boolean> {
    try {
      const written = await this.#options.store.append(batch)
      this.#attempt = 0
      this.#options.metrics.commitRows.observe(batch.length)
      this.#settle(batch, written)
      return true
    } catch (error) {
      if (error instanceof AppError && error.retryable) {
        this.#options.metrics.commitFailures.inc()
        if (this.#attempt === 0) this.#options.log.warn({ err: error, waiting: this.#queue.length }, 'update_log.commit_failed')
        return false
      }
      return this.#isolate(batch, error)
    }
  }

  /** PostgreSQL will not take this batch whatever the wait: halves it until the row that it refuses stands alone. */
  async #isolate(batch: PendingRow[], error: unknown): Promise<boolean> {
    if (batch.length === 1) {
      this.#options.log.error({ err: error, projectId: batch[0]?.projectId }, 'update_log.row_refused')
      this.#settle(batch, [], new AppError('internal', { cause: error }))
      return true
    }
    const middle = batch.length >> 1
    return (await this.#tryBatch(batch.slice(0, middle))) && (await this.#tryBatch(batch.slice(middle)))
  }

  #settle(batch: PendingRow[], written: readonly WrittenRows[], failure?: AppError): void {
    const nowMs = performance.now()
    const writtenKeys = new Set(written.map(keyOf))
    const refused = new Map<string, LogRow>()
    this.#queue.splice(0, batch.length)
    for (const row of batch) {
      if (this.#lastOf.get(row.projectId) === row) this.#lastOf.delete(row.projectId)
      this.#grow(-1, -row.bytes)
      const isWritten = writtenKeys.has(keyOf(row))
      if (isWritten) observeMs(this.#options.metrics.commitSeconds, nowMs - row.sinceMs)
      else if (!failure) refused.set(keyOf(row), row)
      const refusal = isWritten ? null : (failure ?? new AppError('stale_epoch'))
      for (const settle of row.settlers) this.#tell(() => settle(refusal))
    }
    for (const { projectId, rows } of written) this.#tell(() => this.#options.onCommitted?.(projectId, rows))
    for (const { projectId, epoch } of refused.values()) this.#tell(() => this.#options.onRefused?.(projectId, epoch))
  }

  /** A writer that fails to hear must not keep the others from hearing, nor end the loop that commits for all. */
  #tell(call: () => void): void {
    try {
      call()
    } catch (error) {
      this.#options.log.error({ err: error }, 'update_log.settler_failed')
    }
  }

  #nextRetryMs(): number {
    const { firstMs, maxMs } = this.#options.retry ?? { firstMs: 50, maxMs: 2_000 }
    return backoffMs(++this.#attempt, { firstMs, maxMs })
  }

  #grow(rows: number, bytes: number): void {
    this.#pendingBytes += bytes
    this.#options.metrics.logPendingUpdates.inc(rows)
    this.#options.metrics.logPendingBytes.inc(bytes)
  }
}

function keyOf({ projectId, epoch }: { projectId: string; epoch: number }): string {
  return `${projectId}/${epoch}`
}
