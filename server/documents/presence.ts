// Presence of one document, apart from its updates: cursors out at most ten times a second, people when they come and go.

import type { PresentPerson } from '../../shared/wire/events.ts'
import { AwarenessStates } from './awareness-states.ts'
import { decodeAwareness, encodeAwareness } from './awareness-update.ts'
import { awarenessMessage, Frame } from './frame.ts'
import type { Participant } from './participant.ts'

/** Cursors move at most so often on every screen; the last state of each window wins. */
const cursorWindowMs = 100

/** The list of people goes out after this long, and longer the more there are: it grows with each of them, and so do its readers. */
const peopleWindowMs = 50
const peopleWindowPerPersonMs = 2

/** People named in one list at most; a header cannot show more. */
const maxPeople = 200

/** INVARIANT: once all have left, nothing is scheduled and nothing is held. */
export class Presence {
  readonly #projectId: string
  readonly #connections: ReadonlySet<Participant>
  readonly #states: AwarenessStates
  readonly #changed = new Set<number>()
  #cursorTimer: ReturnType<typeof setTimeout> | undefined
  #peopleTimer: ReturnType<typeof setTimeout> | undefined
  #sentAtMs = 0

  constructor(projectId: string, connections: ReadonlySet<Participant>, maxStateBytes: number) {
    this.#projectId = projectId
    this.#connections = connections
    this.#states = new AwarenessStates(maxStateBytes)
  }

  /** Takes an awareness update from a connection; throws AppError for bytes that are none and for a state that is too large. */
  receive(connection: Participant, update: Uint8Array): void {
    // What arrives behind a leave would stay for ever.
    if (!this.#connections.has(connection)) return
    this.#announce(this.#states.take(connection, decodeAwareness(update)))
  }

  /** Everyone's state, for a client that asks or has just come. */
  everyone(): Frame {
    return this.#frame(this.#states.clientIds())
  }

  /** Says that somebody came or has another role. */
  entered(): void {
    this.#peopleTimer ??= setTimeout(() => this.#sendPeople(), peopleWindowMs + peopleWindowPerPersonMs * this.#connections.size)
  }

  /** Takes away what a connection brought, at once. */
  left(connection: Participant): void {
    this.#announce(this.#states.leave(connection))
    if (this.#connections.size > 0) this.entered()
    else this.stop()
  }

  /** Who is here, one entry a person. */
  people(): PresentPerson[] {
    const people = new Map<string, PresentPerson>()
    for (const { person, role } of this.#connections) {
      const known = people.get(person.userId)
      if (known) known.connections++
      else if (people.size < maxPeople) people.set(person.userId, { ...person, role, connections: 1 })
    }
    return [...people.values()]
  }

  stop(): void {
    clearTimeout(this.#cursorTimer)
    clearTimeout(this.#peopleTimer)
    this.#cursorTimer = this.#peopleTimer = undefined
    this.#changed.clear()
  }

  #announce(clientIds: readonly number[]): void {
    for (const clientId of clientIds) this.#changed.add(clientId)
    if (this.#changed.size === 0 || this.#cursorTimer) return
    const waitMs = Math.max(0, cursorWindowMs - (performance.now() - this.#sentAtMs))
    this.#cursorTimer = setTimeout(() => this.#sendCursors(), waitMs)
  }

  #sendCursors(): void {
    this.#cursorTimer = undefined
    this.#sentAtMs = performance.now()
    const frame = this.#frame(this.#changed)
    const source = this.#soleSource()
    this.#changed.clear()
    for (const connection of this.#connections) if (connection !== source) connection.deliverPresence(frame)
  }

  /** The connection that all changes came from, if it is one: it knows them. */
  #soleSource(): unknown {
    const sources = new Set(Array.from(this.#changed, (clientId) => this.#states.bearerOf(clientId)))
    return sources.size === 1 ? [...sources][0] : undefined
  }

  #sendPeople(): void {
    this.#peopleTimer = undefined
    const event = { projectId: this.#projectId, present: this.people() }
    for (const connection of this.#connections) connection.transport.sendEvent('presence', event)
  }

  #frame(clientIds: Iterable<number>): Frame {
    return new Frame(this.#projectId, awarenessMessage(encodeAwareness(this.#states.entries(clientIds))))
  }
}
