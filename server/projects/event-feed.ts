// The events of one project as this node's people hear them: in order, none twice, none left out, whatever the bus loses.

import type { AppEvent } from '../../shared/wire/app-events.ts'
import type { Bus } from '../base/bus.ts'
import type { Log } from '../base/log.ts'

export interface EventFeedOptions {
  /** Some events after a number, in order, and the last number there is. */
  read: (after: number) => Promise<{ lastId: number; events: AppEvent[] }>
  log: Log
}

/** A read that failed is tried again after so long. */
const retryMs = 500

export class EventFeed {
  readonly #options: EventFeedOptions
  readonly #listeners = new Set<(event: AppEvent) => void>()
  /** The last event told; null until it is known where to begin. */
  #lastId: number | null = null
  #isReading = false
  #readAgain = false
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #stopFollowing: () => void = () => undefined

  constructor(options: EventFeedOptions) {
    this.#options = options
  }

  /** Tells what comes after an event that was read since somebody listens; a second call changes nothing. */
  beginAt(lastId: number): void {
    if (this.#lastId !== null) return
    this.#lastId = lastId
    this.#catchUp()
  }

  get isIdle(): boolean {
    return this.#listeners.size === 0
  }

  /** Hears from other nodes, until nobody listens any more. */
  follow(bus: Bus, channel: string): void {
    const subscription = bus.subscribe(channel, () => this.#catchUp())
    const stopGaps = bus.onGap(() => this.#catchUp())
    // What was said before the subscription stood is found by reading.
    void subscription.ready.then(() => this.#catchUp())
    this.#stopFollowing = () => {
      subscription.unsubscribe()
      stopGaps()
    }
  }

  add(listener: (event: AppEvent) => void): void {
    this.#listeners.add(listener)
  }

  remove(listener: (event: AppEvent) => void): void {
    this.#listeners.delete(listener)
    if (!this.isIdle) return
    clearTimeout(this.#retryTimer)
    this.#stopFollowing()
  }

  /** Takes an event that was numbered on this node: at once when it is the next one, else by reading what is between. */
  take(event: AppEvent): void {
    if (!this.#isReading && this.#lastId !== null && event.eventId === this.#lastId + 1) this.#tell(event)
    else this.#catchUp()
  }

  /** Reads up to an event that somebody says there is, unless it was told. */
  lookFor(eventId: number): void {
    if (!((this.#lastId ?? 0) >= eventId)) this.#catchUp()
  }

  lookAgain(): void {
    this.#catchUp()
  }

  #tell(event: AppEvent): void {
    this.#lastId = event.eventId
    for (const listener of this.#listeners) listener(event)
  }

  /** One read at a time; what happens during one is found by another after it. */
  #catchUp(): void {
    if (this.#lastId === null) return
    if (this.#isReading) {
      this.#readAgain = true
      return
    }
    this.#isReading = true
    this.#readAgain = false
    this.#options.read(this.#lastId).then(
      (found) => this.#onRead(found),
      (error: unknown) => this.#onFailure(error),
    )
  }

  #onRead({ lastId, events }: { lastId: number; events: AppEvent[] }): void {
    this.#isReading = false
    for (const event of events) if (event.eventId > (this.#lastId ?? 0)) this.#tell(event)
    const isBehind = events.length > 0 && (this.#lastId ?? 0) < lastId
    if ((this.#readAgain || isBehind) && !this.isIdle) this.#catchUp()
  }

  #onFailure(error: unknown): void {
    this.#isReading = false
    this.#options.log.warn({ err: error }, 'app_events.read_failed')
    if (!this.isIdle) this.#retryTimer = setTimeout(() => this.#catchUp(), retryMs)
  }
}
