// Tells everyone who has joined a project, on every node, which items have changed: a hint, since whoever misses one reads them.

import type { ProjectId } from '../../shared/ids.ts'
import type { Item, ItemsEvent } from '../../shared/wire/items.ts'
import type { Bus } from '../base/bus.ts'
import type { StoredChange } from './untold-changes.ts'

/** Must not throw. */
export type ItemsEventListener = (event: ItemsEvent) => void

/** More are not told but read. */
const maxTold = 100

interface Watched {
  listeners: Set<ItemsEventListener>
  unsubscribe: () => void
}

export class ItemsFeed {
  readonly #bus: Bus | undefined
  readonly #watched = new Map<ProjectId, Watched>()

  constructor(bus: Bus | undefined) {
    this.#bus = bus
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
    if (this.#bus === undefined && !this.#watched.has(projectId)) return
    const ids = changed.union(moved)
    const event: ItemsEvent = {
      projectId,
      revision,
      changed: ids.size > maxTold ? null : present().filter(({ id }) => ids.has(id)),
      gone: [...gone],
    }
    this.#hear(event)
    this.#bus?.publish(channelOf(projectId), Buffer.from(JSON.stringify(event)))
  }

  #open(projectId: ProjectId): Watched {
    const subscription = this.#bus?.subscribe(channelOf(projectId), (bytes) => {
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
