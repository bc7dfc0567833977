// Who a token belongs to: look-ups through a cache in this process that ends at once when a session is revoked here.

import { createHash } from 'node:crypto'
import type { UserId } from '../../shared/ids.ts'
import { wholePerson, type Asker } from './asker.ts'
import type { TokenLookUp } from './token-look-up.ts'

/** A running session, or an API token that is used as one; `id` names it to its person, `tokenHash` names it in logs, caches and events, since the token itself is a secret. */
export interface Session extends Asker {
  id: string
  tokenHash: string
  name: string
  email: string
  expiresAt: Date
}

/** One session that ended, or all of a person's. */
export type RevokedEvent = { tokenHash: string } | { userId: UserId }

export interface SessionsOptions {
  /** How long a look-up is trusted, in ms; 0 asks the database each time. */
  cacheMs: number
  entriesMax?: number
  /** Told of each session that was looked up, not of those that were known from memory. */
  onLookedUp?: (session: Session) => void
  now?: () => number
}

interface LookUp {
  promise: Promise<Session | null>
  /** What was revoked while the database was being asked; its answer may be older than that. */
  revoked: RevokedEvent[]
}

/** The key of a token: hex SHA-256. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Resolves tokens; PostgreSQL is the truth, the cache a copy that is never trusted past `expiresAt`. */
export class Sessions {
  readonly #store: TokenLookUp
  readonly #cacheMs: number
  readonly #entriesMax: number
  readonly #onLookedUp: (session: Session) => void
  readonly #now: () => number
  readonly #cache = new Map<string, { session: Session; until: number }>()
  readonly #lookUps = new Map<string, LookUp>()
  readonly #listeners = new Set<(event: RevokedEvent) => void>()

  constructor(store: TokenLookUp, { cacheMs, entriesMax = 50_000, onLookedUp = () => undefined, now = Date.now }: SessionsOptions) {
    this.#store = store
    this.#cacheMs = cacheMs
    this.#entriesMax = entriesMax
    this.#onLookedUp = onLookedUp
    this.#now = now
  }

  /** The running session of `token`, or null. However many ask at once, the database is asked once. Errors: store_unavailable. */
  async resolve(token: string): Promise<Session | null> {
    // better-auth's tokens have 32 characters; anything far longer is not worth hashing.
    if (token === '' || token.length > 256 || token.includes('\0')) return null
    const tokenHash = hashToken(token)
    const cached = this.#cache.get(tokenHash)
    if (cached && this.#now() < cached.until) return cached.session
    this.#cache.delete(tokenHash)
    const underWay = this.#lookUps.get(tokenHash)
    if (underWay) return underWay.promise
    return this.#lookUp(token, tokenHash)
  }

  /** When a session ends as of now, past its time as it was when it was looked up: it may have been extended. Null when it has ended. Errors: store_unavailable. */
  expiryOf({ userId, tokenHash }: Session): Promise<Date | null> {
    return this.#store.expiryOf(userId, tokenHash)
  }

  /** Has a person's sessions looked up anew: something that they carry, such as the name, is another one now. */
  forget(userId: UserId): void {
    for (const [tokenHash, { session }] of this.#cache) {
      if (session.userId === userId) this.#cache.delete(tokenHash)
    }
  }

  /** Ends a session on this node: the cache forgets it and listeners are told. The row is deleted by whoever calls. */
  revoke(tokenHash: string): void {
    this.#cache.delete(tokenHash)
    this.#announce({ tokenHash })
  }

  /** The same for all sessions of a person. */
  revokeUser(userId: UserId): void {
    this.forget(userId)
    this.#announce({ userId })
  }

  /** Calls `listener` for each revocation on this node, so that open sockets can be closed. Must not throw. Gives the way to stop. */
  onRevoked(listener: (event: RevokedEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #lookUp(token: string, tokenHash: string): Promise<Session | null> {
    const lookUp: LookUp = { promise: Promise.resolve(null), revoked: [] }
    lookUp.promise = this.#ask(token, tokenHash, lookUp).finally(() => this.#lookUps.delete(tokenHash))
    this.#lookUps.set(tokenHash, lookUp)
    return lookUp.promise
  }

  async #ask(token: string, tokenHash: string, lookUp: LookUp): Promise<Session | null> {
    const row = await this.#store.find(token)
    // Nothing is kept of a token that is not there: it may be signed up a moment later.
    if (!row) return null
    const session: Session = { ...wholePerson(row.userId), tokenHash, ...row }
    if (lookUp.revoked.some((event) => matches(event, session))) return null
    if (session.expiresAt.getTime() <= this.#now()) return null
    this.#keep(session)
    this.#onLookedUp(session)
    return session
  }

  #keep(session: Session): void {
    if (this.#cacheMs === 0) return
    if (this.#cache.size >= this.#entriesMax) {
      // A Map keeps the order of insertion, so the first is the one nearest to its end.
      const oldest = this.#cache.keys().next()
      if (!oldest.done) this.#cache.delete(oldest.value)
    }
    this.#cache.set(session.tokenHash, { session, until: Math.min(this.#now() + this.#cacheMs, session.expiresAt.getTime()) })
  }

  #announce(event: RevokedEvent): void {
    for (const lookUp of this.#lookUps.values()) lookUp.revoked.push(event)
    for (const listener of this.#listeners) listener(event)
  }
}

function matches(event: RevokedEvent, session: Session): boolean {
  return 'tokenHash' in event ? event.tokenHash === session.tokenHash : event.userId === session.userId
}
