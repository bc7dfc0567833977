// The items of each document that is open on this node, for as long as it is.

import { AppError } from '../../shared/errors.ts'
import type { ProjectId } from '../../shared/ids.ts'
import type { Log } from '../base/log.ts'
import { observeMs, type Metrics } from '../base/metrics.ts'
import type { DocumentRegistry } from '../documents/document-registry.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { DocumentsStore } from '../store/documents-store.ts'
import type { ItemsStore } from '../store/items-store.ts'
import { AnalysisSchedule, usualTiming, type AnalysisTiming } from './analysis-schedule.ts'
import { AnalysisSlots } from './analysis-slots.ts'
import { DocumentItems, type MetOverItem } from './document-items.ts'
import { OutlineWorkers } from './outline-workers.ts'
import type { StoredChange } from './untold-changes.ts'

export interface FollowedDocumentsOptions {
  registry: DocumentRegistry
  documents: Pick<DocumentsStore, 'load'>
  store: ItemsStore
  log: Log
  metrics: Metrics
  timing: Partial<AnalysisTiming>
  /** Told what was stored; asks for the items only before it returns. */
  onStored: (followed: Followed, stored: StoredChange) => void
  onOverlap: (followed: Followed, overlap: MetOverItem) => void
}

/** A document with its items. */
export interface Followed {
  readonly document: OpenDocument
  readonly items: DocumentItems
}

export class FollowedDocuments {
  readonly #options: FollowedDocumentsOptions
  readonly #timing: AnalysisTiming
  readonly #slots = new AnalysisSlots()
  readonly #outlines = new OutlineWorkers()
  readonly #followed = new Map<OpenDocument, Followed & { schedule: AnalysisSchedule }>()
  #isStopped = false

  constructor(options: FollowedDocumentsOptions) {
    this.#options = options
    this.#timing = { ...usualTiming, ...options.timing }
  }

  /** Follows a document that was opened, until it is closed. */
  follow(document: OpenDocument): void {
    if (this.#isStopped) return
    const { live } = document
    const { store, onStored, onOverlap } = this.#options
    const items: DocumentItems = new DocumentItems({
      live,
      store,
      outlines: this.#outlines,
      absorb: () => this.#absorb(document),
      onStored: (stored) => onStored({ document, items }, stored),
      onOverlap: (overlap) => onOverlap({ document, items }, overlap),
    })
    const hold = new Hold(this.#options.registry, document)
    const schedule = new AnalysisSchedule(this.#timing, {
      analyse: () => this.#slots.run(() => this.#analyse(document, items, hold)),
      isLeftOver: () => items.isLeftOver(),
      restMs: () => items.restMs,
      onFailure: (error) => this.#report(document, error),
    })
    this.#followed.set(document, { document, items, schedule })
    live.onUpdate((update, origin) => {
      items.note(update, origin)
      if (origin.isFromPeer === true) schedule.changedElsewhere()
      else {
        hold.take()
        schedule.changedHere()
      }
    })
    live.doc.on('destroy', () => {
      this.#followed.delete(document)
      items.stop()
      void schedule.stop()
    })
    // What came while nobody analysed it: before a crash, or before there were items.
    schedule.changedElsewhere()
  }

  /** Works with the items of a project's document, which is opened for that. Errors: not_found, store_unavailable, draining. */
  async with<T>(projectId: ProjectId, work: (followed: Followed) => Promise<T>): Promise<T> {
    const { registry } = this.#options
    const document = await registry.acquire(projectId)
    try {
      const followed = this.#followed.get(document)
      if (followed === undefined) throw new AppError('draining')
      return await work(followed)
    } finally {
      registry.release(document)
    }
  }

  /** Follows nothing more; waits for what is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#slots.stop()
    await Promise.all([...this.#followed.values()].map(({ schedule }) => schedule.stop()))
    await this.#outlines.stop()
  }

  async #analyse(document: OpenDocument, items: DocumentItems, hold: Hold): Promise<void> {
    if (this.#isStopped || this.#options.registry.peek(document.projectId) !== document) return
    const startedMs = performance.now()
    hold.take()
    // What comes during it holds the document anew.
    const release = hold.pass()
    try {
      await items.analyse()
      observeMs(this.#options.metrics.itemAnalysisSeconds, performance.now() - startedMs)
    } catch (error) {
      // It is tried again, for which the document stays.
      hold.take()
      throw error
    } finally {
      release()
    }
  }

  async #absorb({ live }: OpenDocument): Promise<void> {
    const stored = await this.#options.documents.load(live.projectId)
    if (stored?.epoch === live.epoch) live.absorb(stored)
  }

  #report({ projectId }: OpenDocument, error: unknown): void {
    // A document whose history was replaced is closed; the new one is analysed.
    if (error instanceof AppError && (error.code === 'stale_epoch' || error.code === 'draining')) return
    this.#options.metrics.itemAnalysisFailures.inc()
    const isExpected = error instanceof AppError && error.retryable
    this.#options.log[isExpected ? 'warn' : 'error']({ err: error, projectId }, 'items.analysis_failed')
  }
}

/** Keeps a document open while it has changes that are not analysed: nobody else may have it open. */
class Hold {
  readonly #registry: DocumentRegistry
  readonly #document: OpenDocument
  #isHeld = false

  constructor(registry: DocumentRegistry, document: OpenDocument) {
    this.#registry = registry
    this.#document = document
  }

  take(): void {
    if (this.#isHeld || this.#registry.peek(this.#document.projectId) !== this.#document) return
    this.#isHeld = true
    // It is open, so it is given at once.
    void this.#registry.acquire(this.#document.projectId)
  }

  /** Hands it to whoever calls what is returned, once. */
  pass(): () => void {
    const isHeld = this.#isHeld
    this.#isHeld = false
    return () => {
      if (isHeld) this.#registry.release(this.#document)
    }
  }
}
