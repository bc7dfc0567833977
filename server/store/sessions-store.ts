// Look-ups of sessions and accounts in the tables that better-auth writes.

import type { UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** A session that is still running, with the person it belongs to. */
export interface SessionRow {
  userId: UserId
  name: string
  email: string
  expiresAt: Date
}

export interface SessionsStore {
  /** The running session with this token, or null. Errors: store_unavailable. */
  find(token: string): Promise<SessionRow | null>
  /** Whether someone signed up with this email, in lower case. Errors: store_unavailable. */
  hasAccount(email: string): Promise<boolean>
}

/** The store over a database. */
export function createSessionsStore(database: Database): SessionsStore {
  return {
    async find(token) {
      const rows = await database.query<SessionRow>(
        'sessions.find',
        (sql) => sql<SessionRow[]>`
          select s."userId", u."name", u."email", s."expiresAt"
          from "session" s
          join "user" u on u."id" = s."userId"
          where s."token" = ${token}
            and s."expiresAt" > now()`,
      )
      return rows[0] ?? null
    },

    async hasAccount(email) {
      const rows = await database.query<{ isThere: boolean }>(
        'sessions.has_account',
        (sql) => sql<{ isThere: boolean }[]>`
          select exists (select 1 from "user" where "email" = ${email}) as "isThere"`,
      )
      return rows[0]?.isThere === true
    },
  }
}
