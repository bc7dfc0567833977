// Whose cursor is whose: the awareness states of one document, each bound to the person and the connection that brought it.

import { AppError } from '../../shared/errors.ts'
import type { AwarenessEntry } from './awareness-update.ts'

/** A connection as far as awareness is concerned; compared by identity. */
export interface AwarenessBearer {
  readonly person: { readonly userId: string; readonly name: string; readonly color: string }
  /** The Yjs client id that this connection speaks for: the one it announced first, alone. */
  ownClientId: number | undefined
}

interface State {
  userId: string
  bearer: AwarenessBearer
  clock: number
  json: string
}

/** Clocks of those who left, kept so that they are seen again at once when they come back with the clock they had. */
const maxRememberedClocks = 10_000

/** States that one connection may bring besides its own: other tabs of the same browser. */
const maxCarriedStates = 16

/**
 * INVARIANTS: a client id belongs to the person who brought it as long as anyone of theirs holds it; name and colour are the
 * session's. A state goes with the connection that brought it. Clocks only grow, so that the last state wins everywhere.
 */
export class AwarenessStates {
  readonly #maxBytes: number
  readonly #states = new Map<number, State>()
  readonly #clocks = new Map<number, number>()
  /** How many states each connection has brought. */
  readonly #carried = new Map<AwarenessBearer, number>()

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get size(): number {
    return this.#states.size
  }

  /**
   * Takes what a connection sent and gives the ids that changed. Ids of others are passed over in silence: an unmodified
   * `WebsocketProvider` sends everyone's states back, and their removals when it loses its own connection.
   */
  take(bearer: AwarenessBearer, entries: readonly AwarenessEntry[]): number[] {
    const only = entries.length === 1 ? entries[0] : undefined
    if (bearer.ownClientId === undefined && only && this.#mayBeOwn(bearer, only)) bearer.ownClientId = only.clientId
    // All are read before any is taken: one that is refused must not leave others taken and never shown.
    const stated = entries
      .filter((entry) => this.#mayBring(bearer, entry))
      .map((entry) => ({ ...entry, json: this.#stated(bearer, entry.json) }))
    return stated.filter((entry) => this.#takeOne(bearer, entry)).map((entry) => entry.clientId)
  }

  /** Puts the person's name as it is now into the states that the connection brought; gives their ids. */
  restate(bearer: AwarenessBearer): number[] {
    const own = [...this.#states].filter(([, state]) => state.bearer === bearer)
    for (const [clientId, state] of own) {
      this.#states.set(clientId, { ...state, clock: state.clock + 1, json: withIdentity(state.json, bearer) })
    }
    return own.map(([clientId]) => clientId)
  }

  /** Removes what the connection brought; gives the ids that went. */
  leave(bearer: AwarenessBearer): number[] {
    const gone = [...this.#states].filter(([, state]) => state.bearer === bearer)
    for (const [clientId, state] of gone) this.#remove(clientId, state)
    return gone.map(([clientId]) => clientId)
  }

  /** The states of `clientIds` as they are now, gone ones as `null`. */
  entries(clientIds: Iterable<number>): AwarenessEntry[] {
    return Array.from(clientIds, (clientId) => {
      const state = this.#states.get(clientId)
      return state ? { clientId, clock: state.clock, json: state.json } : { clientId, clock: this.#clocks.get(clientId) ?? 0, json: 'null' }
    })
  }

  /** Notes how far another node has counted an id, so that whoever comes here with it is newer. */
  remember(clientId: number, clock: number): void {
    if (!this.#states.has(clientId)) this.#clocks.set(clientId, Math.max(clock, this.#clocks.get(clientId) ?? 0))
  }

  /** Ids of all that are here. */
  clientIds(): IterableIterator<number> {
    return this.#states.keys()
  }

  /** The connection that brought an id, if it is here. */
  bearerOf(clientId: number): AwarenessBearer | undefined {
    return this.#states.get(clientId)?.bearer
  }

  #mayBeOwn(bearer: AwarenessBearer, { clientId, json }: AwarenessEntry): boolean {
    const known = this.#states.get(clientId)
    return json !== 'null' && (!known || known.userId === bearer.person.userId)
  }

  #mayBring(bearer: AwarenessBearer, { clientId }: AwarenessEntry): boolean {
    const known = this.#states.get(clientId)
    if (!known || known.bearer === bearer) return true
    // Another tab's state, shared inside the browser: the tab's own connection has the say while it is there.
    return known.userId === bearer.person.userId && bearer.ownClientId === clientId
  }

  /** What is going to be shown of a state; throws AppError for one that may not be. */
  #stated(bearer: AwarenessBearer, json: string): string {
    if (json === 'null') return json
    if (Buffer.byteLength(json) > this.#maxBytes) throw new AppError('awareness_too_large', { details: { maxBytes: this.#maxBytes } })
    return withIdentity(json, bearer)
  }

  #takeOne(bearer: AwarenessBearer, { clientId, clock, json }: AwarenessEntry): boolean {
    const known = this.#states.get(clientId)
    if (json === 'null') return known !== undefined && this.#remove(clientId, known)
    const isOwn = bearer.ownClientId === clientId
    if (!known && !isOwn && (this.#carried.get(bearer) ?? 0) >= maxCarriedStates) return false
    const lastClock = known?.clock ?? this.#clocks.get(clientId) ?? -1
    if (known && !isOwn && clock <= lastClock) return false
    if (known && known.bearer === bearer && clock === lastClock && known.json === json) return false
    if (known) this.#remove(clientId, known)
    this.#clocks.delete(clientId)
    this.#states.set(clientId, { userId: bearer.person.userId, bearer, clock: Math.max(clock, lastClock + 1), json })
    this.#carried.set(bearer, (this.#carried.get(bearer) ?? 0) + 1)
    return true
  }

  #remove(clientId: number, { bearer, clock }: State): true {
    this.#states.delete(clientId)
    const carried = (this.#carried.get(bearer) ?? 1) - 1
    if (carried > 0) this.#carried.set(bearer, carried)
    else this.#carried.delete(bearer)
    this.#clocks.set(clientId, clock + 1)
    if (this.#clocks.size > maxRememberedClocks) {
      const oldest = this.#clocks.keys().next().value
      if (oldest !== undefined) this.#clocks.delete(oldest)
    }
    return true
  }
}

/** The state with the name and colour of the session in place of what the client claims. */
function withIdentity(json: string, { person }: AwarenessBearer): string {
  let state: unknown
  try {
    state = JSON.parse(json)
  } catch (error) {
    throw new AppError('invalid_frame', { cause: error })
  }
  if (typeof state !== 'object' || state === null || Array.isArray(state)) throw new AppError('invalid_frame')
  const claimed: unknown = 'user' in state ? state.user : undefined
  const user = {
    ...(typeof claimed === 'object' && claimed !== null ? claimed : {}),
    id: person.userId,
    name: person.name,
    color: person.color,
    colorLight: `${person.color}33`,
  }
  return JSON.stringify({ ...state, user })
}
