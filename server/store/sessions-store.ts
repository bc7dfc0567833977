// Look-ups of sessions and accounts in the tables that better-auth writes.

import type { UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** A session that is still running, with the person it belongs to. */
export interface SessionRow {
  id: string
  userId: UserId
  name: string
  email: string
  expiresAt: Date
}

export interface SessionsStore {
  /** The running session with this token, or null. Errors: store_unavailable. */
  find(token: string): Promise<SessionRow | null>
  /** Whose account has this email, in lower case; null when nobody's. Errors: store_unavailable. */
  accountIdOf(email: string): Promise<UserId | null>
  /** The hash of the password of whoever has this email, in lower case; null when nobody has. Errors: store_unavailable. */
  passwordHashOf(email: string): Promise<string | null>
  /** Ends a session unless its person's password is still this one; gives whether it has ended. Errors: store_unavailable. */
  endUnlessPassword(session: { token: string; passwordHash: string }): Promise<boolean>
  /** When a person's session, known by its hash, ends as of now; null when it has. Errors: store_unavailable. */
  expiryOf(userId: UserId, tokenHash: string): Promise<Date | null>
}

/** The store over a database. */
export function createSessionsStore(database: Database): SessionsStore {
  return {
    async find(token) {
      const rows = await database.query<SessionRow>(
        'sessions.find',
        (sql) => sql<SessionRow[]>`
          select s."id", s."userId", u."name", u."email", s."expiresAt"
          from "session" s
          join "user" u on u."id" = s."userId"
          where s."token" = ${token}
            and s."expiresAt" > now()
            -- A sign-in that was under way while the account was deleted.
            and u."deletedAt" is null`,
      )
      return rows[0] ?? null
    },

    async accountIdOf(email) {
      const rows = await database.query<{ id: UserId }>(
        'sessions.account_id_of',
        (sql) => sql<{ id: UserId }[]>`select "id" from "user" where "email" = ${email}`,
      )
      return rows[0]?.id ?? null
    },

    async passwordHashOf(email) {
      const rows = await database.query<{ password: string | null }>(
        'sessions.password_hash_of',
        (sql) => sql<{ password: string | null }[]>`
          select a."password"
          from "account" a
          join "user" u on u."id" = a."userId"
          where u."email" = ${email}
            and a."providerId" = 'credential'`,
      )
      return rows[0]?.password ?? null
    },

    async endUnlessPassword({ token, passwordHash }) {
      const rows = await database.query<{ id: string }>(
        'sessions.end_unless_password',
        (sql) => sql<{ id: string }[]>`
          delete from "session" s
          where s."token" = ${token}
            and not exists (
              select 1
              from "account" a
              where a."userId" = s."userId"
                and a."providerId" = 'credential'
                and a."password" = ${passwordHash}
            )
          returning s."id"`,
      )
      return rows.length > 0
    },

    async expiryOf(userId, tokenHash) {
      const rows = await database.query<{ expiresAt: Date }>(
        'sessions.expiry_of',
        (sql) => sql<{ expiresAt: Date }[]>`
          select "expiresAt"
          from "session"
          where "userId" = ${userId}
            and encode(sha256(convert_to("token", 'UTF8')), 'hex') = ${tokenHash}
            and "expiresAt" > now()`,
      )
      return rows[0]?.expiresAt ?? null
    },
  }
}
