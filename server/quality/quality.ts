// The quality of specs: read at any time, told to everyone in the project whenever it changes.

import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { comparePaths, type Goal } from '../../shared/domain/paths.ts'
import { isScored } from '../../shared/domain/quality-tables.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { UserId } from '../../shared/ids.ts'
import type { PathsGoal, QualityPaths, QualityReport } from '../../shared/wire/quality.ts'
import type { Audit } from '../audit/audit.ts'
import type { Log } from '../base/log.ts'
import { observeMs, type Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'
import { inSlices } from '../items/in-slices.ts'
import type { AppEvents } from '../projects/app-events.ts'
import type { PhaseChangeRow, QualityStore } from '../store/quality-store.ts'
import { assess, WordCache, type Assessment } from './assessment.ts'
import { ItemChanges } from './item-changes.ts'
import type { ConflictsSource, ItemsSource, SourceItem } from './sources.ts'

export interface QualityOptions {
  store: QualityStore
  items: ItemsSource
  /** Without it no conflict is known. */
  conflicts?: ConflictsSource | undefined
  appEvents: AppEvents
  audit: Audit
  log: Log
  metrics: Pick<Metrics, 'qualitySeconds' | 'qualityFailures'>
  /** The time, in ms since 1970. */
  now?: () => number
}

/** Projects of which something is kept; the one that was looked at longest ago goes first. */
const keptProjects = 100
const shownPhaseChanges = 20

/** After a look a project rests for so many times what it took, but no longer than this. */
const restFactor = 4
const maxRestMs = 250
/** A look is repeated when another node told something meanwhile; so often at most. */
const maxLooks = 5

/** Callers have checked the right. Errors of all: not_found, store_unavailable, overloaded. */
export class Qualities implements Service {
  readonly name = 'quality'
  readonly #options: QualityOptions
  readonly #words = new Map<string, WordCache>()
  /** Projects to be looked at, each with its items where they are known; null where they have to be asked for. */
  readonly #waiting = new Map<string, readonly SourceItem[] | null>()
  /** The revision that was told last when a project was looked at here. */
  readonly #seen = new Map<string, number>()
  readonly #looking = new Map<string, Promise<void>>()
  readonly #itemChanges: ItemChanges
  readonly #leave: (() => void)[]

  constructor(options: QualityOptions) {
    this.#options = options
    this.#itemChanges = new ItemChanges(options)
    this.#leave = [
      options.items.onChange(({ projectId, items, changed }) => {
        this.#itemChanges.note(projectId, items, changed)
        this.#look(projectId, items)
      }),
      ...(options.conflicts ? [options.conflicts.onChange(({ projectId }) => this.#look(projectId, null))] : []),
    ]
  }

  /** Resolves when nothing of a project is being looked at or noted any more. */
  async settled(projectId: string): Promise<void> {
    await this.#itemChanges.settled(projectId)
    await this.#looking.get(projectId)
  }

  /** Hears no more; what is under way ends first. */
  async stop(): Promise<void> {
    for (const leave of this.#leave) leave()
    this.#waiting.clear()
    await Promise.all(this.#looking.values())
  }

  /** How good the spec is now. */
  async of(projectId: string): Promise<QualityReport> {
    const [{ quality }, changes] = await Promise.all([
      this.assess(projectId),
      this.#options.store.phaseChanges(projectId, shownPhaseChanges),
    ])
    return { ...quality, phaseChanges: changes.map(presentPhaseChange) }
  }

  /** The ways to a goal, compared. */
  async paths(projectId: string, goal: PathsGoal): Promise<QualityPaths> {
    const { pathFacts, tables } = await this.assess(projectId)
    return { goal, ...mutable(comparePaths(toGoal(goal), pathFacts, tables)) }
  }

  /**
   * All there is to know, with the items as they are in the live text. Items that are `known` already save asking for them, which may
   * open the document; they are used only while nobody has told anything since the last look here.
   */
  async assess(projectId: string, known?: readonly SourceItem[]): Promise<Assessment> {
    const { store, items, conflicts } = this.#options
    // Written once, and changed again at least once. Read before the items: with items from before it, what another node told
    // meanwhile would be taken for older than they are, and be told over.
    const state = await store.read(projectId, 2)
    if (!state) throw new AppError('not_found')
    const isStillKnown = known !== undefined && this.#seen.get(projectId) === state.revision
    const [current, open] = await Promise.all([isStillKnown ? known : items.current(projectId), conflicts?.list(projectId, 'open') ?? []])
    const changesFrom = ({ watch }: Assessment['tables']) => this.#itemChanges.since(watch.volatileDays)
    return inSlices(assess({ items: current, conflicts: open, state, changesFrom }, this.#wordsOf(projectId)))
  }

  /** Says no more about a notice, to anyone, until there is new evidence. Errors: notice_not_found when it is not there now. */
  async dismiss(projectId: string, noticeId: string, byId: UserId): Promise<QualityReport> {
    const { notices } = await this.assess(projectId)
    const notice = notices.find(({ id }) => id === noticeId)
    if (!notice) throw new AppError('notice_not_found')
    await this.#options.store.dismiss({ projectId, noticeId, evidence: notice.evidence, byId })
    await this.#options.audit.record({ kind: 'quality.notice_dismissed', actorId: byId, projectId, details: { notice: notice.says } })
    await this.announce(projectId)
    return this.of(projectId)
  }

  /** Looks again, and tells everyone in the project if there is something new. */
  async announce(projectId: string, known?: readonly SourceItem[]): Promise<void> {
    const { store, appEvents } = this.#options
    for (let look = 0; look < maxLooks; look++) {
      const { quality, toldDigest } = await this.assess(projectId, known)
      const { revision: after, ...told } = quality
      const digest = createHash('sha256').update(JSON.stringify(told)).digest('hex')
      if (digest === toldDigest) {
        keepLatest(this.#seen, projectId, after)
        return
      }
      const revision = await store.claim(projectId, after, digest)
      if (revision !== null) {
        keepLatest(this.#seen, projectId, revision)
        await appEvents.emit(projectId, 'quality', { ...told, revision })
        return
      }
      // Another node has told something since: it may know of later items than these, which are asked for now.
    }
  }

  #look(projectId: string, items: readonly SourceItem[] | null): void {
    this.#waiting.set(projectId, items)
    if (this.#looking.has(projectId)) return
    const looking = this.#lookWhileAsked(projectId).finally(() => this.#looking.delete(projectId))
    this.#looking.set(projectId, looking)
  }

  async #lookWhileAsked(projectId: string): Promise<void> {
    for (let items = this.#waiting.get(projectId); items !== undefined; items = this.#waiting.get(projectId)) {
      this.#waiting.delete(projectId)
      const startedMs = performance.now()
      await this.#itemChanges.settled(projectId)
      try {
        await this.announce(projectId, items ?? undefined)
        observeMs(this.#options.metrics.qualitySeconds, performance.now() - startedMs)
      } catch (error) {
        // The next change looks again; whoever reads meanwhile gets what is true then.
        // A project that is gone is no failure.
        if (toAppError(error).code !== 'not_found') {
          this.#options.metrics.qualityFailures.inc()
          this.#options.log.warn({ err: error, projectId }, 'quality.not_told')
        }
      }
      // While somebody types in a large spec, a look takes its share of the node's time and no more.
      await wait(Math.min(maxRestMs, restFactor * (performance.now() - startedMs)))
    }
  }

  #wordsOf(projectId: string): WordCache {
    const words = this.#words.get(projectId) ?? new WordCache()
    keepLatest(this.#words, projectId, words)
    return words
  }
}

/** Keeps what is known of a project as the latest; of too many the one that was kept longest ago goes. */
function keepLatest<Value>(kept: Map<string, Value>, projectId: string, value: Value): void {
  kept.delete(projectId)
  kept.set(projectId, value)
  const [longestAgo] = kept.keys()
  if (kept.size > keptProjects && longestAgo !== undefined) kept.delete(longestAgo)
}

function presentPhaseChange({ overrideReason, unmet, at, ...change }: PhaseChangeRow): QualityReport['phaseChanges'][number] {
  return { ...change, at: at.toISOString(), override: overrideReason === null ? null : { reason: overrideReason, unmet } }
}

function toGoal(goal: PathsGoal): Goal {
  if (goal === 'advance' || goal === 'generate') return { kind: goal }
  const category = goal.slice('skip:'.length) as CategoryKey
  if (!isScored(category)) throw new AppError('invalid_request')
  return { kind: 'skip', category }
}

/** The paths in the arrays that the wire's types ask for. */
function mutable({ to, paths, recommended, reason }: ReturnType<typeof comparePaths>): Omit<QualityPaths, 'goal'> {
  return {
    to,
    recommended,
    reason,
    paths: paths.map((path) => ({ ...path, effortParts: [...path.effortParts], probabilityParts: [...path.probabilityParts] })),
  }
}
