// Tells everyone who has joined a project, on every node, which items have changed: a hint, since whoever misses one reads them.

import type { ProjectId } from '../../shared/ids.ts'
import type { Item, ItemsEvent } from '../../shared/wire/items.ts'
import type { Bus } from '../base/bus.ts'
import type { Log } from '../base/log.ts'
import type { StoredChange } from './untold-changes.ts'

/** Must not throw. */
export type ItemsEventListener = (event: ItemsEvent) => void

export interface ItemsFeedOptions {
  /** To the other nodes, where there are any. */
  bus?: Bus | undefined
  /** The revision of a project's stored items. */
  readRevision: (projectId: ProjectId) => Promise<number>
  log: Log
}

/** More are not told but read. */
const maxTold = 100

/** Revisions that could not be read are tried again after so long. */
const retryMs = 1_000

interface Watched {
  listeners: Set<ItemsEventListener>
  unsubscribe: () => void
}

export class ItemsFeed {
  readonly #options: ItemsFeedOptions
  readonly #watched = new Map<ProjectId, Watched>()
  #isBehind = false
  #isReading = false

  constructor(options: ItemsFeedOptions) {
    this.#options = options
    options.bus?.onGap(() => {
      this.#isBehind = true
      if (!this.#isReading) void this.#catchUp()
    })
  }

  /** Calls `listener` for what is told from now on, until the returned function is called. */
  watch(projectId: ProjectId, listener: ItemsEventListener): () => void {
    const watched = this.#watched.get(projectId) ?? this.#open(projectId)
    watched.listeners.add(listener)
    return () => {
      watched.listeners.delete(listener)
      if (watched.listeners.size > 0 || this.#watched.get(projectId) !== watched) return
      watched.unsubscribe()
      this.#watched.delete(projectId)
    }
  }

  /** Tells what was stored; `present` gives all items as they are. */
  tell(projectId: ProjectId, { revision, changed, moved, gone }: StoredChange, present: () => readonly Item[]): void {
    // Nobody hears it.
    if (this.#options.bus === undefined && !this.#watched.has(projectId)) return
    const ids = changed.union(moved)
    const event: ItemsEvent = {
      projectId,
      revision,
      changed: ids.size > maxTold ? null : present().filter(({ id }) => ids.has(id)),
      gone: [...gone],
    }
    this.#hear(event)
    this.#options.bus?.hint(channelOf(projectId), Buffer.from(JSON.stringify(event)))
  }

  /** What other nodes told may be lost: whoever has an earlier revision than the stored one is to read. */
  async #catchUp(): Promise<void> {
    this.#isReading = true
    while (this.#isBehind) {
      this.#isBehind = false
      try {
        // One after another: after a gap everybody reads something.
        for (const projectId of [...this.#watched.keys()])
          this.#hear({ projectId, revision: await this.#options.readRevision(projectId), changed: null, gone: [] })
      } catch (error) {
        this.#options.log.warn({ err: error }, 'items_feed.read_failed')
        this.#isBehind = true
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
    this.#isReading = false
  }

  #open(projectId: ProjectId): Watched {
    const subscription = this.#options.bus?.subscribe(channelOf(projectId), (bytes) => {
      const event = parse(bytes)
      if (event?.projectId === projectId) this.#hear(event)
    })
    const watched = { listeners: new Set<ItemsEventListener>(), unsubscribe: () => subscription?.unsubscribe() }
    this.#watched.set(projectId, watched)
    return watched
  }

  #hear(event: ItemsEvent): void {
    for (const listener of this.#watched.get(event.projectId)?.listeners ?? []) listener(event)
  }
}

const channelOf = (projectId: ProjectId): string => `items:${projectId}`

/** What another node says wrongly is not heard. */
function parse(bytes: Uint8Array): ItemsEvent | undefined {
  try {
    const { projectId, revision, changed, gone } = JSON.parse(Buffer.from(bytes).toString()) as Partial<ItemsEvent>
    const isWhole =
      typeof projectId === 'string' && typeof revision === 'number' && Array.isArray(gone) && (changed === null || Array.isArray(changed))
    return isWhole ? { projectId, revision, changed, gone } : undefined
  } catch {
    return undefined
  }
}
