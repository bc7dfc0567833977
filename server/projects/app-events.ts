// What happens in a project beside its text: numbered in PostgreSQL, told to everyone in the project on every node, fetched by who missed some.

import type { AppEvent } from '../../shared/wire/app-events.ts'
import type { Bus } from '../base/bus.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import { usuallyKept, type AppEventsStore, type EventPayload, type StoredEvent } from '../store/app-events-store.ts'
import type { Notifications } from '../store/notifications.ts'
import { EventFeed } from './event-feed.ts'

export interface AppEventsOptions {
  store: AppEventsStore
  /** To the other nodes, where there are any. */
  bus?: Bus | undefined
  /** What PostgreSQL says of them, where there are other nodes: an event is heard of though the node that numbered it has ended. */
  notifications?: Notifications | undefined
  log: Log
  /** Events of a project that are kept. */
  kept?: number
}

/** Must not throw. */
export type EventListener = (event: AppEvent) => void

/** Where somebody came in among the events. */
export interface Entry {
  eventId: number
  missed: AppEvent[] | null
  leave: () => void
}

/** Missed events that a join brings along at most; who missed more fetches them. */
const maxMissed = 200

/** INVARIANT: a watcher hears every event after the one it started from, once and in order, as long as it watches. */
export class AppEvents implements Service {
  readonly name = 'app-events'
  readonly #options: AppEventsOptions
  readonly #feeds = new Map<string, EventFeed>()

  constructor(options: AppEventsOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    await this.#options.notifications?.listen({
      onMessage: (payload) => this.#onNotified(payload),
      onListening: () => {
        for (const feed of this.#feeds.values()) feed.lookAgain()
      },
    })
  }

  async stop(): Promise<void> {
    await this.#options.notifications?.stop()
  }

  /**
   * Numbers an event, and tells it to everyone in the project. Gives its number once it is committed, null when the project is gone.
   * Errors: store_unavailable, overloaded; then it did not happen.
   */
  async emit(projectId: string, event: string, payload: EventPayload): Promise<number | null> {
    const { store, kept = usuallyKept } = this.#options
    const eventId = await store.add(projectId, { event, payload }, kept)
    if (eventId === null) return null
    this.tell(projectId, [{ eventId, event, payload }])
    return eventId
  }

  /** Tells everyone in the project events, in order, that were numbered by the statement which wrote what they are about. */
  tell(projectId: string, events: readonly StoredEvent[]): void {
    const last = events.at(-1)
    if (!last) return
    for (const event of events) this.#feeds.get(projectId)?.take(toAppEvent(projectId, event))
    // A hint that there is one: a node that watches reads it.
    this.#options.bus?.hint(channelOf(projectId), Buffer.from(String(last.eventId)))
  }

  /** Kept events after `after`, in order, and the number of the last there is. Errors as above. */
  async list(projectId: string, after: number, limit: number): Promise<{ items: AppEvent[]; eventId: number }> {
    const { lastId, events } = await this.#options.store.readAfter(projectId, after, limit)
    return { items: events.map((event) => toAppEvent(projectId, event)), eventId: lastId }
  }

  /**
   * Calls `listener` for each event after the one whose number it gives, until `leave` is called; some up to it may come once more.
   * `missed`: those between `since` and that one, in order; null without `since`, or when they are too old or too many. Errors as above.
   */
  async enter(projectId: string, since: number | undefined, listener: EventListener): Promise<Entry> {
    const feed = this.#feedOf(projectId)
    // Before the number is read: an event between the two is better heard twice than not at all.
    feed.add(listener)
    const leave = () => {
      feed.remove(listener)
      if (feed.isIdle && this.#feeds.get(projectId) === feed) this.#feeds.delete(projectId)
    }
    try {
      const { lastId, events } = await this.#options.store.readAfter(projectId, since ?? 0, since === undefined ? 1 : maxMissed)
      feed.beginAt(lastId)
      const isWhole = since !== undefined && since <= lastId && events.length === lastId - since
      return { eventId: lastId, missed: isWhole ? events.map((event) => toAppEvent(projectId, event)) : null, leave }
    } catch (error) {
      leave()
      throw error
    }
  }

  /** Reads whether there is something new in a project: somebody knows that there should be. */
  lookAgain(projectId: string): void {
    this.#feeds.get(projectId)?.lookAgain()
  }

  /** Anybody with the database may notify: what is no event of a project that is watched here is passed over. */
  #onNotified(payload: string): void {
    const [projectId = '', eventId] = payload.split(' ')
    this.#feeds.get(projectId)?.lookFor(Number(eventId))
  }

  #feedOf(projectId: string): EventFeed {
    const known = this.#feeds.get(projectId)
    if (known) return known
    const { store, bus, log } = this.#options
    const feed = new EventFeed({ read: (after) => this.#read(store, projectId, after), log })
    this.#feeds.set(projectId, feed)
    if (bus) feed.follow(bus, channelOf(projectId))
    return feed
  }

  async #read(store: AppEventsStore, projectId: string, after: number): Promise<{ lastId: number; events: AppEvent[] }> {
    const { lastId, events } = await store.readAfter(projectId, after, maxMissed)
    return { lastId, events: events.map((event) => toAppEvent(projectId, event)) }
  }
}

function channelOf(projectId: string): string {
  return `events:${projectId}`
}

function toAppEvent(projectId: string, { eventId, event, payload }: StoredEvent): AppEvent {
  return { ...payload, event, eventId, projectId }
}
