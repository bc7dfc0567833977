// A crowd that types: who types where, when each character was sent, and what every receiver has seen.

import { Latency } from './latency.ts'
import type { Seat } from './seats.ts'
import { RunReader, typedUpdate } from './typed-updates.ts'
import type { ConnectionHandlers, TypingConnection } from './typing-connection.ts'

interface Typist {
  readonly clientId: number
  /** Send time of each character, by clock. */
  readonly sentAtMs: number[]
  readonly seat: Seat
  /** Shared by all of the document, since all get the same bytes. */
  readonly reader: RunReader
  /** Characters seen of each typist of the same document. */
  readonly seen: Uint32Array
  connection: TypingConnection | undefined
  timer: ReturnType<typeof setTimeout> | undefined
  acked: number
}

/** What went on since `beginMeasuring`. */
export interface CrowdCounts {
  sent: number
  delivered: number
}

export class Crowd {
  readonly acks = new Latency()
  readonly propagation = new Latency()
  readonly refusals = new Map<string, number>()
  readonly #typists: Typist[] = []
  readonly #firstClientId = 1 + Math.floor(Math.random() * 2 ** 31)
  readonly #rate: number
  #measuringSinceMs = Number.POSITIVE_INFINITY
  #counts: CrowdCounts = { sent: 0, delivered: 0 }
  #gaps = 0
  #isTyping = false

  /** `rate` is characters a second from each, one update a character. */
  constructor(seats: readonly Seat[], rate: number) {
    this.#rate = rate
    const readers = new Map<number, RunReader>()
    for (const [index, seat] of seats.entries()) {
      const reader = readers.get(seat.document) ?? new RunReader()
      readers.set(seat.document, reader)
      const clientId = this.#firstClientId + index
      const seen = new Uint32Array(seat.size)
      this.#typists.push({ clientId, sentAtMs: [], seat, reader, seen, connection: undefined, timer: undefined, acked: 0 })
    }
  }

  /** What the connection of typist `index` reports to. */
  handlersOf(index: number): ConnectionHandlers {
    const typist = this.#typistAt(index)
    return {
      onUpdate: (update) => this.#receive(index, typist, update),
      onAnswer: (clock, code) => this.#settle(typist, clock, code),
      onLost: (code, reason) => this.#count(`closed ${code} ${reason}`.trim()),
    }
  }

  attach(index: number, connection: TypingConnection): void {
    this.#typistAt(index).connection = connection
  }

  startTyping(): void {
    this.#isTyping = true
    for (const typist of this.#typists) this.#scheduleNext(typist, performance.now() + Math.random() * this.#intervalMs)
  }

  beginMeasuring(): void {
    this.acks.reset()
    this.propagation.reset()
    this.#counts = { sent: 0, delivered: 0 }
    this.#measuringSinceMs = performance.now()
  }

  /** The counts up to now; what comes later still enters the distributions, and no longer the counts. */
  endMeasuring(): CrowdCounts {
    const counts = this.#counts
    this.#counts = { sent: 0, delivered: 0 }
    return counts
  }

  stopTyping(): void {
    this.#isTyping = false
    for (const { timer } of this.#typists) clearTimeout(timer)
  }

  close(): void {
    for (const { connection } of this.#typists) connection?.close()
  }

  /** Everything since the start, and what is still on its way. */
  progress(): { sent: number; acked: number; unseen: number; gaps: number } {
    let sent = 0
    let acked = 0
    let unseen = 0
    for (const [index, typist] of this.#typists.entries()) {
      sent += typist.sentAtMs.length
      acked += typist.acked
      unseen += this.#unseenBy(index, typist)
    }
    return { sent, acked, unseen, gaps: this.#gaps }
  }

  /** Characters that were acked to each typist of a document, by client id. */
  ackedIn(document: number): Map<number, number> {
    const here = this.#typists.filter(({ seat }) => seat.document === document)
    return new Map(here.map((typist) => [typist.clientId, typist.acked]))
  }

  #unseenBy(index: number, { seat, seen }: Typist): number {
    let unseen = 0
    for (let slot = 0; slot < seat.size; slot++) {
      const sender = seat.first + slot
      if (sender !== index) unseen += this.#typistAt(sender).sentAtMs.length - (seen[slot] ?? 0)
    }
    return unseen
  }

  get #intervalMs(): number {
    return 1000 / this.#rate
  }

  #typistAt(index: number): Typist {
    const typist = this.#typists[index]
    if (!typist) throw new RangeError(`there is no typist ${index}`)
    return typist
  }

  /** Half to one and a half intervals later, from when it was due, so that a late timer does not slow the typing down. */
  #scheduleNext(typist: Typist, dueMs: number): void {
    typist.timer = setTimeout(
      () => {
        if (!this.#isTyping) return
        this.#type(typist)
        this.#scheduleNext(typist, dueMs + this.#intervalMs * (0.5 + Math.random()))
      },
      Math.max(0, dueMs - performance.now()),
    )
  }

  #type(typist: Typist): void {
    const clock = typist.sentAtMs.length
    const update = typedUpdate(typist.clientId, clock)
    typist.sentAtMs.push(performance.now())
    this.#counts.sent++
    typist.connection?.send(update)
  }

  #settle(typist: Typist, clock: number, code: string): void {
    if (code !== '') return this.#count(code)
    typist.acked++
    const sentAtMs = typist.sentAtMs[clock] ?? 0
    if (sentAtMs >= this.#measuringSinceMs) this.acks.record(performance.now() - sentAtMs)
  }

  #receive(index: number, { seat, reader, seen }: Typist, update: Buffer): void {
    const nowMs = performance.now()
    for (const { clientId, clock, length } of reader.read(update)) {
      const sender = clientId - this.#firstClientId
      const slot = sender - seat.first
      if (sender === index || slot < 0 || slot >= seat.size) continue
      const expected = seen[slot] ?? 0
      const end = clock + length
      if (clock > expected) this.#gaps++
      if (end <= expected) continue
      seen[slot] = end
      this.#recordArrivals(sender, Math.max(clock, expected), end, nowMs)
    }
  }

  #recordArrivals(sender: number, from: number, to: number, nowMs: number): void {
    const { sentAtMs } = this.#typistAt(sender)
    for (let clock = from; clock < to; clock++) {
      const sentMs = sentAtMs[clock] ?? 0
      this.#counts.delivered++
      if (sentMs >= this.#measuringSinceMs) this.propagation.record(nowMs - sentMs)
    }
  }

  #count(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1)
  }
}
