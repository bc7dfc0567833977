// The sessions of one person: listed in words, ended one by one or all but this one.

import { AppError } from '../../shared/errors.ts'
import { isUserId } from '../../shared/ids.ts'
import type { AccountSession } from '../../shared/wire/accounts.ts'
import type { Audit } from '../audit/audit.ts'
import type { LastUsed } from '../auth/last-used.ts'
import type { Session, Sessions } from '../auth/sessions.ts'
import { requireWholePerson } from '../projects/access.ts'
import type { AccountSessionsStore } from '../store/account-sessions-store.ts'
import { deviceName } from './device-name.ts'

export interface AccountSessionsOptions {
  store: AccountSessionsStore
  sessions: Sessions
  lastUsed: LastUsed
  audit: Audit
}

/** What the API does with them. They are named by id; a token never leaves. Errors of all: token_not_allowed, store_unavailable, overloaded. */
export class AccountSessions {
  readonly #options: AccountSessionsOptions

  constructor(options: AccountSessionsOptions) {
    this.#options = options
  }

  /** Those that run, last used first. */
  async list(session: Session): Promise<AccountSession[]> {
    requireWholePerson(session)
    await this.#options.lastUsed.flush()
    const rows = await this.#options.store.list(session.userId)
    return rows.map(({ id, userAgent, address, createdAt, lastUsedAt, expiresAt }) => ({
      id,
      device: deviceName(userAgent),
      address,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      isCurrent: id === session.id,
    }))
  }

  /** Ends one, this one too. Errors: session_not_found. */
  async end(session: Session, sessionId: string): Promise<void> {
    requireWholePerson(session)
    // better-auth's ids of sessions are written as those of people.
    const tokenHash = !isUserId(sessionId) ? null : await this.#options.store.end(session.userId, sessionId)
    if (tokenHash === null) throw new AppError('session_not_found')
    this.#options.sessions.revoke(tokenHash)
    await this.#record(session, 1)
  }

  /** Ends all others; gives how many. */
  async endOthers(session: Session): Promise<number> {
    requireWholePerson(session)
    const ended = await this.#options.store.endOthers(session.userId, session.id)
    for (const tokenHash of ended) this.#options.sessions.revoke(tokenHash)
    if (ended.length > 0) await this.#record(session, ended.length)
    return ended.length
  }

  #record({ userId }: Session, count: number): Promise<void> {
    return this.#options.audit.record({ kind: 'account.session_ended', actorId: userId, subjectId: userId, details: { count } })
  }
}
