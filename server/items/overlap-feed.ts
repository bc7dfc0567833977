// Tells everyone in a project, on every node, that people edit the same item at once: once while that goes on, whichever nodes see it.

import type { ProjectId } from '../../shared/ids.ts'
import type { ItemOverlapEvent } from '../../shared/wire/items.ts'
import type { Bus } from '../base/bus.ts'
import { ProjectChannel } from './project-channel.ts'

export interface OverlapFeedOptions {
  bus: Bus | undefined
  /** After so long without an overlap of the same item it is told anew. */
  quietMs?: number
}

interface Episode {
  /** Who was named. */
  userIds: Set<string>
  atMs: number
}

const usualQuietMs = 30_000
/** Remembered at most, over all projects; the oldest are forgotten. */
const maxEpisodes = 2_000

export class OverlapFeed {
  readonly #quietMs: number
  readonly #channel: ProjectChannel<ItemOverlapEvent>
  readonly #episodes = new Map<string, Episode>()

  constructor({ bus, quietMs = usualQuietMs }: OverlapFeedOptions) {
    this.#quietMs = quietMs
    this.#channel = new ProjectChannel({ bus, name: 'item-overlaps', parse, isPassing: true, isNews: (event) => this.#isNews(event) })
  }

  /** Calls `listener`, which must not throw, for each that is new to this node, until the returned function is called. */
  watch(projectId: ProjectId, listener: (event: ItemOverlapEvent) => void): () => void {
    return this.#channel.watch(projectId, listener)
  }

  /** Tells of an overlap, unless it goes on with nobody new in it. */
  tell(event: ItemOverlapEvent): void {
    if (this.#isNews(event)) this.#channel.tell(event)
  }

  #isNews({ kind, item, userIds }: ItemOverlapEvent): boolean {
    const key = `${kind} ${item.id}`
    const nowMs = performance.now()
    const known = this.#episodes.get(key)
    const episode = known && nowMs - known.atMs < this.#quietMs ? known : { userIds: new Set<string>(), atMs: nowMs }
    const isNew = userIds.some((userId) => !episode.userIds.has(userId))
    episode.atMs = nowMs
    for (const userId of userIds) episode.userIds.add(userId)
    this.#episodes.delete(key)
    this.#episodes.set(key, episode)
    const [oldest] = this.#episodes.keys()
    if (this.#episodes.size > maxEpisodes && oldest !== undefined) this.#episodes.delete(oldest)
    return isNew
  }
}

function parse(told: unknown): ItemOverlapEvent | undefined {
  const { projectId, kind, item, userIds } = told as Partial<ItemOverlapEvent>
  const isWhole = typeof projectId === 'string' && (kind === 'edited' || kind === 'deleted') && typeof item?.id === 'string'
  return isWhole && Array.isArray(userIds) ? { projectId, kind, item, userIds } : undefined
}
