// The numbered events of one project as features hear them: in order, each once, none left out; or the word that all is to be read anew.

import type { AppEvent, EventList } from '../../shared/wire/app-events.ts'
import { backoffMs } from '../../shared/backoff.ts'
import type { JoinResult, NumberedEvents } from '../../shared/wire/events.ts'
import { Listeners } from '../net/listeners.ts'

/** Reads events after a number over HTTP, in order. */
export type ReadEvents = (after: number, signal: AbortSignal) => Promise<EventList>

export interface AppEventStreamOptions {
  /** Without it, whatever was missed and is not in a join's answer is a reset. */
  read: ReadEvents | undefined
  random: () => number
}

/** What features are given of it. */
export interface AppEvents {
  /** Calls `listener` for each event of that name; gives the way to stop. */
  on<Name extends keyof NumberedEvents>(name: Name, listener: (event: NumberedEvents[Name]) => void): () => void
  /** Calls `listener` when events may have gone by unheard: what was read before is to be read anew. Gives the way to stop. */
  onReset(listener: () => void): () => void
}

/** What comes while something is missing before it is kept up to so many; the rest is read. */
const maxKept = 200
const retry = { firstMs: 250, maxMs: 10_000 }

/** INVARIANT: what is told has the number after the last one told, unless `onReset` was called between. */
export class AppEventStream implements AppEvents {
  readonly #options: AppEventStreamOptions
  readonly #listeners = new Map<string, Listeners<unknown[]>>()
  readonly #resets = new Listeners()
  /** Heard ahead of what is still missing. */
  readonly #kept = new Map<number, AppEvent>()
  #lastId: number | null = null
  /** The highest number that is known to exist. */
  #knownId = 0
  #isIn = false
  #reading: AbortController | null = null
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: AppEventStreamOptions) {
    this.#options = options
  }

  /** The last event told, for the next join to start from; null before the first join. */
  get lastId(): number | null {
    return this.#lastId
  }

  on<Name extends keyof NumberedEvents>(name: Name, listener: (event: NumberedEvents[Name]) => void): () => void {
    let listeners = this.#listeners.get(name)
    if (listeners === undefined) {
      listeners = new Listeners()
      this.#listeners.set(name, listeners)
    }
    return listeners.add(listener as (...args: unknown[]) => void)
  }

  onReset(listener: () => void): () => void {
    return this.#resets.add(listener)
  }

  /** Takes one event off the line: whichever it is, also before the join is answered. */
  receive(event: AppEvent): void {
    const { eventId } = event
    if (this.#lastId !== null && eventId <= this.#lastId) return
    this.#knownId = Math.max(this.#knownId, eventId)
    if (this.#kept.size < maxKept) this.#kept.set(eventId, event)
    this.#goOn()
  }

  /** The join's answer: from here on events come by themselves. */
  joined({ eventId, missed }: Pick<JoinResult, 'eventId' | 'missed'>): void {
    this.#isIn = true
    this.#knownId = Math.max(this.#knownId, eventId)
    if (this.#lastId === null || eventId < this.#lastId) {
      // The first join, or a server that was restored from a backup: what features have read may be older than this, or of another history.
      this.#knownId = eventId
      this.#resetTo(eventId)
      return
    }
    for (const event of missed ?? []) this.#kept.set(event.eventId, event)
    this.#goOn()
  }

  /** The line went: what comes meanwhile is brought by the next join. */
  left(): void {
    this.#isIn = false
    this.#reading?.abort()
    this.#reading = null
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#attempt = 0
    this.#kept.clear()
    this.#knownId = this.#lastId ?? 0
  }

  destroy(): void {
    this.left()
    this.#listeners.clear()
    this.#resets.clear()
  }

  /** Tells what follows the last one told; what is missing before the rest is read. */
  #goOn(): void {
    if (!this.#isIn || this.#lastId === null) return
    for (let next = this.#kept.get(this.#lastId + 1); next !== undefined; next = this.#kept.get(this.#lastId + 1)) this.#tell(next)
    for (const eventId of this.#kept.keys()) if (eventId <= this.#lastId) this.#kept.delete(eventId)
    if (this.#knownId > this.#lastId) this.#read(this.#lastId)
  }

  #tell(event: AppEvent): void {
    this.#lastId = event.eventId
    this.#kept.delete(event.eventId)
    this.#listeners.get(event.event)?.call(event)
  }

  #read(after: number): void {
    if (this.#reading || this.#timer !== undefined) return
    const { read } = this.#options
    if (!read) {
      this.#resetTo(this.#knownId)
      return
    }
    const reading = new AbortController()
    this.#reading = reading
    read(after, reading.signal).then(
      (list) => {
        if (reading === this.#reading) this.#onRead(after, list)
      },
      () => {
        if (reading === this.#reading) this.#readLater()
      },
    )
  }

  #onRead(after: number, { items, eventId }: EventList): void {
    this.#reading = null
    this.#knownId = Math.max(this.#knownId, eventId)
    const [first] = items
    if (!first) {
      // Told of, and not there to be read: for a moment, or for good when the last number is a higher one.
      if (eventId > after) this.#resetTo(eventId)
      else this.#readLater()
      return
    }
    this.#attempt = 0
    if (first.eventId > after + 1) {
      this.#resetTo(eventId)
      return
    }
    for (const event of items) this.#kept.set(event.eventId, event)
    this.#goOn()
  }

  #readLater(): void {
    this.#reading = null
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        this.#goOn()
      },
      backoffMs(++this.#attempt, { ...retry, random: this.#options.random }),
    )
  }

  #resetTo(eventId: number): void {
    this.#lastId = eventId
    this.#resets.call()
    this.#goOn()
  }
}
