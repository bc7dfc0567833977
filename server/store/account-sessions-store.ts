// Statements on the sessions of one person, as that person sees them; better-auth writes the table.

import type { UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** A running session without its token. */
export interface AccountSessionRow {
  id: string
  userAgent: string | null
  address: string | null
  createdAt: Date
  lastUsedAt: Date
  expiresAt: Date
}

/** Statements on them. Errors of all: store_unavailable, overloaded. */
export interface AccountSessionsStore {
  /** The running ones, last used first. */
  list(userId: UserId): Promise<AccountSessionRow[]>
  /** Ends one of the person's; gives the hash of its token, or null when there is none of this id. */
  end(userId: UserId, sessionId: string): Promise<string | null>
  /** Ends all of the person's but one; gives the hashes of their tokens. */
  endOthers(userId: UserId, keepSessionId: string): Promise<string[]>
  /** Notes that these sessions and API tokens were just used. */
  noteUse(ids: { sessions: readonly string[]; apiTokens: readonly string[] }): Promise<void>
}

/** The store over a database. */
export function createAccountSessionsStore(database: Database): AccountSessionsStore {
  return {
    list: (userId) =>
      database.query<AccountSessionRow>(
        'account_sessions.list',
        (sql) => sql<AccountSessionRow[]>`
          select "id", "userAgent", nullif("ipAddress", '') as "address", "createdAt",
            coalesce("lastUsedAt", "createdAt") as "lastUsedAt", "expiresAt"
          from "session"
          where "userId" = ${userId}
            and "expiresAt" > now()
          order by 5 desc, "id"`,
      ),

    async end(userId, sessionId) {
      const rows = await database.query<{ tokenHash: string }>(
        'account_sessions.end',
        (sql) => sql<{ tokenHash: string }[]>`
          delete from "session"
          where "id" = ${sessionId}
            and "userId" = ${userId}
          returning encode(sha256(convert_to("token", 'UTF8')), 'hex') as "tokenHash"`,
      )
      return rows[0]?.tokenHash ?? null
    },

    async endOthers(userId, keepSessionId) {
      const rows = await database.query<{ tokenHash: string }>(
        'account_sessions.end_others',
        (sql) => sql<{ tokenHash: string }[]>`
          delete from "session"
          where "userId" = ${userId}
            and "id" <> ${keepSessionId}
          returning encode(sha256(convert_to("token", 'UTF8')), 'hex') as "tokenHash"`,
      )
      return rows.map(({ tokenHash }) => tokenHash)
    },

    async noteUse({ sessions, apiTokens }) {
      await database.query(
        'account_sessions.note_use',
        (sql) => sql`
          with tokens as (
            update api_tokens set last_used_at = now() where id = any (${[...apiTokens]}::uuid[])
          )
          update "session" set "lastUsedAt" = now() where "id" = any (${[...sessions]}::text[])`,
      )
    },
  }
}
