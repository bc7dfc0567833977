// Automatic versions: notes work as it is committed, makes a version once it pauses, and thins what has become old.

import { AppError } from '../../shared/errors.ts'
import type { ProjectId } from '../../shared/ids.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import type { Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'
import type { VersionWorkStore } from '../store/version-work-store.ts'
import type { VersionMaker } from './version-maker.ts'

export interface AutomaticVersionsOptions {
  work: VersionWorkStore
  maker: Pick<VersionMaker, 'make'>
  log: Log
  metrics: Metrics
  config: Pick<Config, 'VERSION_PAUSE_MS' | 'VERSION_INTERVAL_MS'>
}

/** Work that never pauses is kept after that many intervals all the same. */
const longestIntervals = 3
/** A node that dies while making a version holds it up for that long. */
const leaseMs = 60_000
const claimedAtOnce = 20
const thinEveryMs = 10 * 60_000
const thinnedAtOnce = 1_000

/**
 * INVARIANTS: that there is work without a version stands in PostgreSQL, so that any node makes it, and one does after a crash; two nodes are
 * never given the same document within the lease, and past it the second finds that nothing has changed.
 */
export class AutomaticVersions implements Service {
  readonly name = 'automatic-versions'
  readonly #options: AutomaticVersionsOptions
  readonly #beatMs: number
  #touched = new Set<ProjectId>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #thinTimer: ReturnType<typeof setTimeout> | undefined
  #underWay: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(options: AutomaticVersionsOptions) {
    this.#options = options
    this.#beatMs = Math.min(10_000, Math.max(100, options.config.VERSION_PAUSE_MS / 6))
  }

  /** Notes that updates of a document were committed. */
  touch(projectId: ProjectId): void {
    this.#touched.add(projectId)
  }

  start(): void {
    this.#beatLater()
    this.#thinLater(Math.random() * thinEveryMs)
  }

  /** Makes no more versions; waits for the one under way. */
  async drain(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    clearTimeout(this.#thinTimer)
    await this.#underWay
  }

  /** The documents are closed by then: of what came in the last moments the next start, or another node, makes a version. */
  async stop(): Promise<void> {
    await this.drain()
    await this.#attempt('versions.note_failed', () => this.#note())
  }

  #beatLater(): void {
    if (this.#isStopped) return
    // Nodes that started together do not ask together.
    this.#timer = setTimeout(() => this.#run(() => this.beat().then(() => this.#beatLater())), this.#beatMs * (0.75 + Math.random() / 2))
  }

  #thinLater(waitMs: number): void {
    if (this.#isStopped) return
    this.#thinTimer = setTimeout(() => {
      this.#run(() => this.#attempt('versions.thin_failed', () => this.thin()))
      this.#thinLater(thinEveryMs)
    }, waitMs)
    this.#thinTimer.unref()
  }

  /** One thing after another, so that stopping waits for one promise. */
  #run(task: () => Promise<void>): void {
    this.#underWay = this.#underWay.then(task)
  }

  /** Notes the work since the last time, and makes the versions that are due. Never rejects. */
  async beat(): Promise<void> {
    await this.#attempt('versions.note_failed', () => this.#note())
    await this.#attempt('versions.claim_failed', () => this.#makeDue())
  }

  async #note(): Promise<void> {
    if (this.#touched.size === 0) return
    const touched = this.#touched
    this.#touched = new Set()
    try {
      await this.#options.work.note([...touched])
    } catch (error) {
      for (const projectId of touched) this.#touched.add(projectId)
      throw error
    }
  }

  async #makeDue(): Promise<void> {
    const { work, config } = this.#options
    const due = await work.claim({
      pauseMs: config.VERSION_PAUSE_MS,
      intervalMs: config.VERSION_INTERVAL_MS,
      longestMs: config.VERSION_INTERVAL_MS * longestIntervals,
      leaseMs,
      limit: claimedAtOnce,
    })
    for (const projectId of due) if (!this.#isStopped) await this.#attempt('versions.make_failed', () => this.#make(projectId))
  }

  async #make(projectId: ProjectId): Promise<void> {
    const { maker, work } = this.#options
    const { isNew, takenAt } = await maker.make({ projectId, kind: 'automatic', authorId: null })
    // What was typed and taken back again needs no version.
    if (!isNew) await work.finish(projectId, takenAt)
  }

  /** Thins now, as much as is due. */
  async thin(): Promise<void> {
    for (;;) {
      const { deleted, isMoreDue } = await this.#options.work.thin(thinnedAtOnce)
      this.#options.metrics.versionsThinned.inc(deleted)
      if (deleted > 0) this.#options.log.info({ deleted }, 'versions.thinned')
      if (!isMoreDue || this.#isStopped) return
    }
  }

  /** What fails is tried again at the next beat; the lease keeps a document that cannot be loaded from being tried at each. */
  async #attempt(event: string, task: () => Promise<void>): Promise<void> {
    try {
      await task()
    } catch (error) {
      const isExpected = error instanceof AppError && error.retryable
      this.#options.log[isExpected ? 'warn' : 'error']({ err: error }, event)
    }
  }
}
