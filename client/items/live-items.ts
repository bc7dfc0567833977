// The current items of the open project: read whole, then kept true by what the server tells, for as long as somebody looks.

import type { Item, ItemList, ItemsEvent } from '../../shared/wire/items.ts'
import type { Provider } from '../collab/provider.ts'
import { api } from '../session/api.ts'
import { openConnection } from '../session/connection.ts'

export interface LiveItemsState {
  /** In the order of the text; null until they were read. */
  readonly items: readonly Item[] | null
  /** Why they could not be read; what was read before is still there. */
  readonly error: Error | null
}

const pageSize = 200
const retryMs = 3_000
const shared = new WeakMap<Provider, LiveItems>()

/** The one list of an open document that all who show items share. */
export function liveItemsOf(projectId: string, provider: Provider): LiveItems {
  const known = shared.get(provider)
  if (known) return known
  const made = new LiveItems(projectId, provider)
  shared.set(provider, made)
  return made
}

/** The path of a project's items, or of one. */
export const itemsPath = (projectId: string, id = ''): string => `/api/projects/${encodeURIComponent(projectId)}/items${id && `/${id}`}`

/** INVARIANT: what is shown is what the server had at one revision, and never goes back to an earlier one. */
export class LiveItems {
  readonly #projectId: string
  readonly #provider: Provider
  readonly #listeners = new Set<() => void>()
  #state: LiveItemsState = { items: null, error: null }
  #byId = new Map<string, Item>()
  /** Null while what is here may be behind, and is being read. */
  #revision: number | null = null
  #told: ItemsEvent[] = []
  #reading: AbortController | null = null
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #isLive = false
  #stops: (() => void)[] = []

  constructor(projectId: string, provider: Provider) {
    this.#projectId = projectId
    this.#provider = provider
  }

  get state(): LiveItemsState {
    return this.#state
  }

  /** Calls `listener` after each change; the first one starts the reading, and after the last nothing is heard any more. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#stop()
    }
  }

  /** Takes what an action answered, before the server tells everyone. */
  take(item: Item): void {
    this.#put([item], [])
  }

  /** Reads all anew. */
  readonly readAnew = (): void => {
    clearTimeout(this.#retryTimer)
    this.#reading?.abort()
    const reading = new AbortController()
    this.#reading = reading
    this.#revision = null
    this.#told = []
    this.#read(reading.signal).then(
      (list) => {
        if (reading === this.#reading) this.#onRead(list)
      },
      (error: unknown) => {
        if (reading === this.#reading) this.#onFailure(error)
      },
    )
  }

  #start(): void {
    const { events } = this.#provider
    this.#isLive = this.#provider.state.connection.state === 'live'
    this.#stops = [
      openConnection().on('items', (event) => {
        if (event.projectId === this.#projectId) this.#hear(event)
      }),
      events.onReset(this.readAnew),
      this.#provider.subscribe(() => this.#onProvider()),
    ]
    this.readAnew()
  }

  #stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
    clearTimeout(this.#retryTimer)
    this.#reading?.abort()
    this.#reading = null
    this.#revision = null
  }

  /** What was told while the line was down was told to nobody here. */
  #onProvider(): void {
    const wasLive = this.#isLive
    this.#isLive = this.#provider.state.connection.state === 'live'
    if (this.#isLive && !wasLive) this.readAnew()
  }

  async #read(signal: AbortSignal): Promise<{ items: Item[]; revision: number }> {
    const items: Item[] = []
    let cursor: string | null = null
    let revision: number | null = null
    do {
      const query: string = new URLSearchParams({ limit: String(pageSize), ...(cursor === null ? {} : { cursor }) }).toString()
      const page: ItemList = await api.request('GET', `${itemsPath(this.#projectId)}?${query}`, { signal })
      items.push(...page.items)
      cursor = page.nextCursor
      revision ??= page.revision
    } while (cursor !== null)
    return { items, revision }
  }

  #onRead({ items, revision }: { items: Item[]; revision: number }): void {
    this.#reading = null
    this.#revision = revision
    this.#byId = new Map()
    const told = this.#told.splice(0)
    this.#put(items, [])
    for (const event of told) this.#hear(event)
  }

  #onFailure(error: unknown): void {
    this.#reading = null
    this.#retryTimer = setTimeout(this.readAnew, retryMs)
    this.#show({ items: this.#state.items, error: error instanceof Error ? error : new Error(String(error)) })
  }

  #hear(event: ItemsEvent): void {
    if (this.#revision === null) {
      this.#told.push(event)
    } else if (event.revision > this.#revision) {
      if (event.revision === this.#revision + 1 && event.changed !== null) {
        this.#revision = event.revision
        this.#put(event.changed, event.gone)
      } else {
        this.readAnew()
      }
    }
  }

  #put(changed: readonly Item[], gone: readonly string[]): void {
    for (const item of changed) {
      if (item.status === 'current') this.#byId.set(item.id, item)
      else this.#byId.delete(item.id)
    }
    for (const id of gone) this.#byId.delete(id)
    this.#show({ items: [...this.#byId.values()].toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0) || a.number - b.number), error: null })
  }

  #show(state: LiveItemsState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
