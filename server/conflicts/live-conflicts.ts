// The conflicts of every spec: found as its items change, stored once whatever nodes look, told to everyone in the project.

import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { toAppError } from '../../shared/errors.ts'
import type { Conflict, ConflictStatus } from '../../shared/wire/conflicts.ts'
import type { Log } from '../base/log.ts'
import { observeMs, type Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { SpecItems } from '../items/spec-items.ts'
import type { AppEvents } from '../projects/app-events.ts'
import type { ConflictRow, ConflictsStore, ConflictWritten, FoundConflict } from '../store/conflicts-store.ts'
import { ConflictChecker } from './conflict-checker.ts'
import type { Finding } from './finding.ts'
import { presentConflict } from './present-conflict.ts'
import { stillSaid } from './said-conflicts.ts'
import type { SecondOpinion } from './second-opinion.ts'
import { SpecCheck, type CheckedSpec } from './spec-check.ts'
import type { ConflictItem } from './subject.ts'

export interface LiveConflictsOptions {
  store: ConflictsStore
  specItems: SpecItems
  appEvents: AppEvents
  /** Undefined where nobody gives one. */
  secondOpinion?: SecondOpinion | undefined
  log: Log
  metrics: Metrics
}

/** What is open in a project, redundancies too. */
export interface ConflictsChange {
  readonly projectId: string
  readonly open: readonly Conflict[]
}

/** Must not throw. */
export type ConflictsListener = (change: ConflictsChange) => void

interface Checked {
  readonly check: SpecCheck
  looking: Promise<void> | undefined
  isAsked: boolean
  /** Whether there was a decision whose edit did not follow in time. */
  hasUnfinished: boolean
}

/** A look that failed is made again after so long. */
const retryMs = 1_000
/** Decisions whose edit did not follow are looked for this often, in the projects that are open here. */
const sweepEveryMs = 2_000
/** More are listed in pages. */
const maxOpen = 1_000

/**
 * INVARIANTS: what is told was stored, by the one node whose write it was. The stored conflicts are those of the latest analysis that a node
 * looked at; one that is older changes none.
 */
export class LiveConflicts implements Service {
  readonly name = 'live-conflicts'
  readonly #options: LiveConflictsOptions
  readonly #listeners = new Set<ConflictsListener>()
  readonly #checked = new Map<string, Checked>()
  readonly #unlisten: () => void
  readonly #stopping = new AbortController()
  readonly #sweepTimer: ReturnType<typeof setInterval>
  #checker: ConflictChecker | undefined

  constructor(options: LiveConflictsOptions) {
    this.#options = options
    this.#unlisten = options.specItems.onChange(({ projectId, revision, statements, changed, gone }) => {
      const checked = this.#checked.get(projectId)
      if (!checked) return
      checked.check.note({ revision, items: statements, changed, gone })
      this.#ask(projectId, checked)
    })
    this.#sweepTimer = setInterval(() => void this.#sweep(), sweepEveryMs).unref()
    options.secondOpinion?.onOpinion((projectId) => {
      const checked = this.#checked.get(projectId)
      if (checked) this.#ask(projectId, checked)
    })
  }

  /** Calls `listener` after what is open in a project has changed by this node's doing, until the returned function is called. */
  onChange(listener: ConflictsListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Follows the items of a document that was opened, until it is closed. What was stored and no longer holds is put right. */
  follow({ live }: OpenDocument): void {
    const { projectId } = live
    if (this.#stopping.signal.aborted) return
    const read = async () => {
      const { revision, statements } = await this.#options.specItems.statements(projectId)
      return { revision, items: statements }
    }
    const checked: Checked = {
      check: new SpecCheck({ projectId, checker: () => (this.#checker ??= new ConflictChecker()), read }),
      looking: undefined,
      isAsked: false,
      hasUnfinished: false,
    }
    this.#checked.set(projectId, checked)
    live.doc.on('destroy', () => {
      if (this.#checked.get(projectId) !== checked) return
      this.#checked.delete(projectId)
      this.#options.secondOpinion?.forget(projectId)
      void this.#forget(projectId)
    })
    this.#ask(projectId, checked)
  }

  /** Resolves when what has changed in a project on this node is being looked at no more. */
  async settled(projectId: string): Promise<void> {
    await this.#checked.get(projectId)?.looking
  }

  /** What an item that stands in no spec would clash with among others. Rejects when the thread that knows is lost. */
  async tryOut(item: ConflictItem, others: readonly ConflictItem[]): Promise<readonly Finding[]> {
    const checker = (this.#checker ??= new ConflictChecker())
    const trial = `trial:${randomUUID()}`
    try {
      await checker.begin(trial, others)
      return (await checker.check(trial, { changed: [item], removed: [] })).added
    } finally {
      await checker.forget(trial)
    }
  }

  /** Those of a status, newest first. Errors: store_unavailable, overloaded. */
  async list(projectId: string, status: ConflictStatus): Promise<readonly Conflict[]> {
    const rows = await this.#options.store.list({ projectId, status, before: null, limit: maxOpen })
    return rows.map(presentConflict)
  }

  /** Tells everyone in the project what was stored. */
  tell(projectId: string, written: readonly ConflictWritten[]): void {
    for (const { event } of written) this.#options.metrics.conflictEvents.inc({ event: event.event })
    this.#options.appEvents.tell(
      projectId,
      written.map(({ event }) => event),
    )
  }

  /** Tells listeners on this node what is open now. */
  async announceOpen(projectId: string): Promise<void> {
    if (this.#listeners.size === 0) return
    const open = await this.list(projectId, 'open')
    for (const listener of this.#listeners) listener({ projectId, open })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    clearInterval(this.#sweepTimer)
    this.#unlisten()
    await this.#options.secondOpinion?.stop()
    await this.#checker?.stop()
    await Promise.allSettled([...this.#checked.values()].flatMap(({ looking }) => looking ?? []))
  }

  /** Looks at the specs in which somebody decided and no edit followed: what still clashes there is open again. */
  async #sweep(): Promise<void> {
    const { store, log } = this.#options
    if (this.#checked.size === 0) return
    try {
      for (const projectId of await store.withUnfinished([...this.#checked.keys()])) {
        const checked = this.#checked.get(projectId)
        if (!checked) continue
        checked.hasUnfinished = true
        this.#ask(projectId, checked)
      }
    } catch (error) {
      log.warn({ err: error }, 'conflicts.sweep_failed')
    }
  }

  async #forget(projectId: string): Promise<void> {
    try {
      await this.#checker?.forget(projectId)
    } catch (error) {
      // The thread has ended, and what it knew with it.
      this.#options.log.debug({ err: error, projectId }, 'conflicts.not_forgotten')
    }
  }

  #ask(projectId: string, checked: Checked): void {
    checked.isAsked = true
    checked.looking ??= this.#lookWhileAsked(projectId, checked).finally(() => {
      checked.looking = undefined
    })
  }

  async #lookWhileAsked(projectId: string, checked: Checked): Promise<void> {
    const { log, metrics, secondOpinion } = this.#options
    while (checked.isAsked && this.#checked.get(projectId) === checked && !this.#stopping.signal.aborted) {
      checked.isAsked = false
      const startedMs = performance.now()
      try {
        const spec = await checked.check.look()
        const { hasUnfinished } = checked
        await this.#reconcile(projectId, spec)
        if (hasUnfinished) {
          this.tell(projectId, await this.#options.store.settleUnfinished(projectId))
          checked.hasUnfinished = false
        }
        observeMs(metrics.conflictSeconds, performance.now() - startedMs)
        if (this.#checked.get(projectId) === checked) secondOpinion?.note(projectId, spec)
      } catch (error) {
        // A project or a document that is gone is no failure.
        if (this.#stopping.signal.aborted || toAppError(error).code === 'not_found') return
        metrics.conflictFailures.inc()
        log.warn({ err: error, projectId }, 'conflicts.check_failed')
        checked.isAsked = true
        await wait(retryMs, undefined, { ref: false })
      }
    }
  }

  /** Makes the stored conflicts those that were found, and tells what that changed. */
  async #reconcile(projectId: string, spec: CheckedSpec): Promise<void> {
    const { store, secondOpinion } = this.#options
    const { revision } = spec
    const known = [...spec.found, ...(secondOpinion?.found(projectId, spec) ?? [])]
    const rows = await store.read(
      projectId,
      known.map(({ fingerprint }) => fingerprint),
    )
    const found = [...new Map([...stillSaid(rows, spec), ...known].map((conflict) => [conflict.fingerprint, conflict])).values()]
    const stored = new Map(rows.map((row) => [row.fingerprint, row]))
    const unknown = found.filter(({ fingerprint }) => !stored.has(fingerprint))
    const opened = unknown.length === 0 ? [] : await store.open(projectId, unknown, revision)
    this.tell(projectId, opened)
    let changes = opened.length
    for (const conflict of found) {
      const row = stored.get(conflict.fingerprint)
      if (!row || isAsStored(row, conflict)) continue
      const again = await store.reopen({
        projectId,
        id: row.id,
        revision: row.revision,
        found: conflict,
        itemsRevision: revision,
        wasOpen: row.status === 'open',
      })
      if (!again) continue
      changes += 1
      this.tell(projectId, [again])
    }
    const fingerprints = new Set(found.map(({ fingerprint }) => fingerprint))
    for (const row of rows) {
      if (row.status === 'resolved' || fingerprints.has(row.fingerprint)) continue
      const closed = await store.closeByText({ projectId, id: row.id, revision: row.revision, itemsRevision: revision })
      if (!closed) continue
      changes += 1
      this.tell(projectId, [closed])
    }
    if (changes > 0) await this.announceOpen(projectId)
  }
}

/** Whether what was found adds nothing to the row: of an ignored one, that its items still say what they said. */
function isAsStored(row: ConflictRow, { kind, severity, why, items }: FoundConflict): boolean {
  if (row.status === 'resolved') return false
  const texts = (list: FoundConflict['items']) => JSON.stringify(list.map(({ id, text }) => [id, text]))
  if (row.status === 'ignored') return texts(row.items) === texts(items)
  const words = (list: FoundConflict['items']) =>
    JSON.stringify(list.map(({ id, text, words: spans }) => [id, text, spans.map(({ from, to }) => [from, to])]))
  return row.kind === kind && row.severity === severity && row.why === why && words(row.items) === words(items)
}
