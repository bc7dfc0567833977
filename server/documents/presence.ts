// Presence of one document, apart from its updates: cursors out at most ten times a second, people when they come and go.

import { isDeepStrictEqual } from 'node:util'
import type { PresentPerson } from '../../shared/wire/events.ts'
import { AwarenessStates } from './awareness-states.ts'
import { decodeAwareness, encodeAwareness, type AwarenessEntry } from './awareness-update.ts'
import { awarenessMessage, Frame } from './frame.ts'
import type { Participant } from './participant.ts'

/** Cursors move at most so often on every screen; the last state of each window wins. */
const cursorWindowMs = 100

/** The list of people goes out after this long, and longer the more there are: it grows with each of them, and so do its readers. */
const peopleWindowMs = 50
const peopleWindowPerPersonMs = 2

/** People named in one list at most; a header cannot show more. */
const maxPeople = 200

/** Tells other nodes of the people on this one. */
export interface PresenceShare {
  cursors(entries: AwarenessEntry[]): void
  people(people: PresentPerson[]): void
}

/** INVARIANT: once all have left, nothing is scheduled and nothing is held. */
export class Presence {
  readonly #projectId: string
  readonly #connections: ReadonlySet<Participant>
  readonly #states: AwarenessStates
  readonly #changed = new Set<number>()
  /** Those of them that changed here, which other nodes are told of. */
  readonly #ownChanged = new Set<number>()
  #cursorTimer: ReturnType<typeof setTimeout> | undefined
  #peopleTimer: ReturnType<typeof setTimeout> | undefined
  /** Whether other nodes are still to be told of the people here. What they tell of theirs is no reason: each would answer the other for ever. */
  #hasPeopleToShare = false
  #sentAtMs = 0
  #share: PresenceShare | undefined
  /** Cursors on other nodes; one that comes here is ours. */
  readonly #remote = new Map<number, AwarenessEntry & { node: string }>()
  readonly #remotePeople = new Map<string, PresentPerson[]>()

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
    return this.#frame([...this.#states.clientIds(), ...this.#remote.keys()])
  }

  /** Says that somebody came or has another role. */
  entered(): void {
    this.#hasPeopleToShare = true
    this.#schedulePeople()
  }

  /** Says what a connection's person is called now, beside their cursors too. */
  renamed(connection: Participant): void {
    this.#announce(this.#states.restate(connection))
    this.entered()
  }

  /** Takes away what a connection brought, at once. */
  left(connection: Participant): void {
    this.#announce(this.#states.leave(connection))
    if (this.#connections.size > 0) {
      this.entered()
      return
    }
    // Nobody is left here to be told, and others elsewhere may be.
    this.#shareCursors()
    this.#share?.people([])
    this.stop()
  }

  /** Who is here, one entry a person. */
  people(): PresentPerson[] {
    const people = new Map(this.#ownPeople().map((person) => [person.userId, person]))
    for (const person of [...this.#remotePeople.values()].flat()) {
      const known = people.get(person.userId)
      if (known) known.connections += person.connections
      else if (people.size < maxPeople) people.set(person.userId, { ...person })
    }
    return [...people.values()]
  }

  /** From now on what changes here is told to other nodes. */
  share(share: PresenceShare): void {
    this.#share = share
  }

  /** Tells them all of it, for one that has just come or has missed something. */
  sayAgain(): void {
    const clientIds = [...this.#states.clientIds()]
    if (clientIds.length > 0) this.#share?.cursors(this.#states.entries(clientIds))
    if (this.#connections.size > 0) this.#share?.people(this.#ownPeople())
  }

  /** Cursors of another node's people; whoever is here by now is not shown there. */
  takeRemote(node: string, entries: readonly AwarenessEntry[]): void {
    const changed = entries.filter(({ clientId, clock, json }) => {
      if (this.#states.bearerOf(clientId)) return false
      const known = this.#remote.get(clientId)
      this.#states.remember(clientId, clock)
      if (json === 'null') return known?.node === node && this.#remote.delete(clientId)
      if (known && known.clock > clock) return false
      this.#remote.set(clientId, { clientId, clock, json, node })
      return true
    })
    this.#schedule(changed.map(({ clientId }) => clientId))
  }

  takePeople(node: string, people: PresentPerson[]): void {
    if (isDeepStrictEqual(people, this.#remotePeople.get(node) ?? [])) return
    if (people.length === 0) this.#remotePeople.delete(node)
    else this.#remotePeople.set(node, people)
    if (this.#connections.size > 0) this.#schedulePeople()
  }

  /** A node is gone, and its people with it. */
  dropNode(node: string): void {
    const gone = [...this.#remote.values()].filter((entry) => entry.node === node)
    for (const { clientId } of gone) this.#remote.delete(clientId)
    this.#schedule(gone.map(({ clientId }) => clientId))
    if (this.#remotePeople.has(node)) this.takePeople(node, [])
  }

  #ownPeople(): PresentPerson[] {
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
    this.#hasPeopleToShare = false
    this.#changed.clear()
  }

  #announce(clientIds: readonly number[]): void {
    for (const clientId of clientIds) {
      this.#remote.delete(clientId)
      this.#ownChanged.add(clientId)
    }
    this.#schedule(clientIds)
  }

  #schedule(clientIds: readonly number[]): void {
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
    this.#shareCursors()
    for (const connection of this.#connections) if (connection !== source) connection.deliverPresence(frame)
  }

  /** The connection that all changes came from, if it is one: it knows them. */
  #soleSource(): unknown {
    const sources = new Set(Array.from(this.#changed, (clientId) => this.#states.bearerOf(clientId)))
    return sources.size === 1 ? [...sources][0] : undefined
  }

  #shareCursors(): void {
    if (this.#ownChanged.size > 0) this.#share?.cursors(this.#states.entries(this.#ownChanged))
    this.#ownChanged.clear()
  }

  #schedulePeople(): void {
    this.#peopleTimer ??= setTimeout(() => this.#sendPeople(), peopleWindowMs + peopleWindowPerPersonMs * this.#connections.size)
  }

  #sendPeople(): void {
    this.#peopleTimer = undefined
    if (this.#hasPeopleToShare) this.#share?.people(this.#ownPeople())
    this.#hasPeopleToShare = false
    const event = { projectId: this.#projectId, present: this.people() }
    for (const connection of this.#connections) connection.transport.sendEvent('presence', event)
  }

  #frame(clientIds: Iterable<number>): Frame {
    const entries = this.#states
      .entries(clientIds)
      .map((entry) => (entry.json === 'null' ? (this.#remote.get(entry.clientId) ?? entry) : entry))
    return new Frame(this.#projectId, awarenessMessage(encodeAwareness(entries)))
  }
}
