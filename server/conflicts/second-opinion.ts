// A second opinion on pairs of items that the rules did not decide: asked for in the background when a spec has come to rest, and known to all nodes.

import { createHash } from 'node:crypto'
import type { ProjectId } from '../../shared/ids.ts'
import { AppError } from '../../shared/errors.ts'
import { KeyedQueue } from '../base/keyed-queue.ts'
import type { Log } from '../base/log.ts'
import type { RateLimit } from '../base/rate-limits.ts'
import { inSlices } from '../items/in-slices.ts'
import type { ConflictOpinionsStore, StoredClash } from '../store/conflict-opinions-store.ts'
import type { FoundConflict } from '../store/conflicts-store.ts'
import { nearPairs, type NearPair } from './near-pairs.ts'
import { idsOf, pairsOf, saidConflict } from './said-conflicts.ts'
import type { CheckedItem, CheckedSpec } from './spec-check.ts'

/** The words of two items. */
export interface PairToRead {
  readonly a: string
  readonly b: string
}

/** Who reads pairs of statements. Errors: whatever keeps it from it. */
export interface PairReader {
  /** What is wrong with each pair, null for nothing; null in all when nobody reads in this project. */
  read(projectId: ProjectId, pairs: readonly PairToRead[], signal: AbortSignal): Promise<readonly (StoredClash | null)[] | null>
}

export interface SecondOpinionOptions {
  reader: PairReader
  store: ConflictOpinionsStore
  /** Of calls, by project. */
  limit: Pick<RateLimit, 'admit'>
  log: Log
  /** How long nothing has changed before somebody is asked. */
  pauseMs: number
  retryMs?: number
}

/** An opinion that clashes, with the items it was given on. */
interface Said {
  readonly a: CheckedItem
  readonly b: CheckedItem
  readonly clash: StoredClash
}

/** What is known of a spec that is open here. */
interface Followed {
  items: ReadonlyMap<string, CheckedItem>
  /** Ids of pairs in which the rules found something. */
  decided: ReadonlySet<string>
  readonly texts: Map<string, string>
  readonly said: Map<string, Said>
  changed: Set<string>
  failures: number
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Read after one rest; what is further apart waits for another change of it. */
const pairsARest = 60
const pairsACall = 20
/** Longer than any call takes. */
const leaseMs = 10 * 60_000
const usuallyRetryMs = 60_000
const longestRetryMs = 60 * 60_000

/** INVARIANT: an opinion holds for the words it was given on, and no longer. */
export class SecondOpinion {
  readonly #options: SecondOpinionOptions
  readonly #followed = new Map<ProjectId, Followed>()
  readonly #turns = new KeyedQueue()
  readonly #stopping = new AbortController()
  #last: Promise<void> = Promise.resolve()
  #onOpinion: (projectId: ProjectId) => void = () => undefined

  constructor(options: SecondOpinionOptions) {
    this.#options = options
  }

  /** Has `listener` called when there is a new opinion on a spec. */
  onOpinion(listener: (projectId: ProjectId) => void): void {
    this.#onOpinion = listener
  }

  /** Takes in what a look at a spec gave; whoever looked does not wait. */
  note(projectId: ProjectId, { items, found }: CheckedSpec): void {
    const followed = this.#followed.get(projectId) ?? {
      items,
      decided: new Set(),
      texts: new Map(),
      said: new Map(),
      changed: new Set(),
      failures: 0,
      timer: undefined,
    }
    this.#followed.set(projectId, followed)
    followed.items = items
    followed.decided = pairsOf(found)
    let hasChanged = false
    for (const { id, text } of items.values()) {
      if (followed.texts.get(id) === text) continue
      followed.texts.set(id, text)
      followed.changed.add(id)
      hasChanged = true
    }
    for (const id of followed.texts.keys()) if (!items.has(id)) followed.texts.delete(id)
    if (hasChanged) this.#askAfter(projectId, followed, this.#options.pauseMs)
  }

  /** What was said here of items that still say the same, where the rules find nothing. */
  found(projectId: ProjectId, { items, found }: CheckedSpec): FoundConflict[] {
    const followed = this.#followed.get(projectId)
    if (!followed) return []
    const decided = pairsOf(found)
    return [...followed.said].flatMap(([pair, { a, b, clash }]) => {
      const [nowA, nowB] = [items.get(a.id), items.get(b.id)]
      if (nowA?.text === a.text && nowB?.text === b.text) return decided.has(idsOf([a.id, b.id])) ? [] : [saidConflict(nowA, nowB, clash)]
      followed.said.delete(pair)
      return []
    })
  }

  /** The spec is not open here any more. */
  forget(projectId: ProjectId): void {
    clearTimeout(this.#followed.get(projectId)?.timer)
    this.#followed.delete(projectId)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const projectId of this.#followed.keys()) this.forget(projectId)
    await this.#last
  }

  #askAfter(projectId: ProjectId, followed: Followed, afterMs: number): void {
    clearTimeout(followed.timer)
    if (this.#stopping.signal.aborted) return
    followed.timer = setTimeout(() => {
      followed.timer = undefined
      // One spec at a time: nobody waits for it.
      this.#last = this.#turns.run('', () => this.#ask(projectId, followed))
    }, afterMs)
    followed.timer.unref()
  }

  /** Never fails. */
  async #ask(projectId: ProjectId, followed: Followed): Promise<void> {
    if (this.#followed.get(projectId) !== followed) return
    const { changed } = followed
    followed.changed = new Set()
    try {
      const items = [...followed.items.values()]
      const isDecided = (a: CheckedItem, b: CheckedItem) => followed.decided.has(idsOf([a.id, b.id]))
      const pairs = await inSlices(nearPairs({ items, changed, isDecided, max: pairsARest }))
      for (let from = 0; from < pairs.length; from += pairsACall) {
        const hasNews = await this.#read(projectId, followed, pairs.slice(from, from + pairsACall))
        if (hasNews) this.#onOpinion(projectId)
      }
      followed.failures = 0
    } catch (error) {
      if (this.#stopping.signal.aborted) return
      this.#options.log.warn({ projectId, reason: error instanceof Error ? error.message : 'unknown' }, 'conflicts.no_second_opinion')
      for (const id of changed) followed.changed.add(id)
      followed.failures += 1
      // Unless the spec has changed meanwhile, and is about to be read anyway.
      if (followed.timer === undefined) this.#askAfter(projectId, followed, this.#retryMs(followed.failures, error))
    }
  }

  #retryMs(failures: number, error: unknown): number {
    const wanted = error instanceof AppError ? Number(error.details?.['retryAfterMs'] ?? 0) : 0
    return Math.max(wanted, Math.min(longestRetryMs, (this.#options.retryMs ?? usuallyRetryMs) * 2 ** (failures - 1)))
  }

  /** Whether there is something to say now of what was asked. */
  async #read(projectId: ProjectId, { said }: Followed, pairs: readonly NearPair<CheckedItem>[]): Promise<boolean> {
    const { store } = this.#options
    const byKey = new Map(pairs.map(({ a, b }) => (a.text < b.text ? { a, b } : { a: b, b: a })).map((pair) => [keyOf(pair), pair]))
    let hasNews = false
    const take = (key: string, clash: StoredClash | null) => {
      const pair = byKey.get(key)
      if (!pair || !clash) return
      said.set(key, { ...pair, clash })
      hasNews = true
    }
    const rows = await store.claim(projectId, [...byKey.keys()], leaseMs)
    for (const { pair, opinion } of rows) if (opinion) take(pair, opinion.clash)
    const claimed = rows.filter(({ isClaimed }) => isClaimed).map(({ pair }) => pair)
    if (claimed.length === 0) return hasNews
    const clashes = await this.#judge(
      projectId,
      claimed,
      claimed.flatMap((key) => byKey.get(key) ?? []),
    )
    for (const [index, key] of claimed.entries()) take(key, clashes[index] ?? null)
    return hasNews
  }

  /** Reads what is claimed and keeps what was said, else lets others try. */
  async #judge(
    projectId: ProjectId,
    claimed: readonly string[],
    pairs: readonly NearPair<CheckedItem>[],
  ): Promise<readonly (StoredClash | null)[]> {
    const { reader, store, limit } = this.#options
    let isKept = false
    try {
      await limit.admit(projectId)
      const texts = pairs.map(({ a, b }) => ({ a: a.text, b: b.text }))
      const clashes = await reader.read(projectId, texts, this.#stopping.signal)
      if (clashes === null) return []
      await store.keep(
        projectId,
        claimed.map((pair, index) => ({ pair, clash: clashes[index] ?? null })),
      )
      isKept = true
      return clashes
    } finally {
      if (!isKept) await store.release(projectId, claimed)
    }
  }
}

const keyOf = ({ a, b }: NearPair<CheckedItem>): string =>
  createHash('sha256')
    .update(JSON.stringify([a.text, b.text]))
    .digest('base64url')
