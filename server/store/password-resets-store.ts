// Statements on one-time links that set a new password: made by an owner, for a mailbox or from the machine, and used once.

import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** Whom a link is for. */
export interface ResetPerson {
  userId: UserId
  name: string
  email: string
}

export interface OwnersReset {
  tokenHash: Uint8Array
  projectId: ProjectId
  /** The member it is for, and the owner who makes it. */
  userId: UserId
  ownerId: UserId
  expiresAt: Date
}

/** What became of an owner's wish; without a person there is no such member, without a link it would open other projects. */
export interface OwnersResetOutcome {
  person: ResetPerson | null
  isMade: boolean
}

export interface ResetPreviewRow {
  name: string
  email: string
  madeBy: string | null
  expiresAt: Date
}

/** Whose password a link has set; the owner and the project are null when no owner made it. */
export interface UsedReset {
  userId: UserId
  name: string
  email: string
  madeBy: UserId | null
  projectId: ProjectId | null
}

/** Statements on links. Errors of all: store_unavailable, overloaded. */
export interface PasswordResetsStore {
  createByOwner(reset: OwnersReset): Promise<OwnersResetOutcome>
  /** Makes one for whoever has this email, in lower case; null when nobody has. */
  createForEmail(reset: { tokenHash: Uint8Array; email: string; expiresAt: Date }): Promise<ResetPerson | null>
  /** A link that can still be used, or null. */
  preview(tokenHash: Uint8Array): Promise<ResetPreviewRow | null>
  /** Sets the password, ends all sessions, API tokens and other links of the person; null when the link cannot be used any more. */
  use(reset: { tokenHash: Uint8Array; passwordHash: string }): Promise<UsedReset | null>
}

/** The store over a database. */
export function createPasswordResetsStore(database: Database): PasswordResetsStore {
  return {
    createByOwner: (reset) => createByOwner(database, reset),

    async createForEmail({ tokenHash, email, expiresAt }) {
      const rows = await database.query<ResetPerson>(
        'password_resets.create_for_email',
        (sql) => sql<ResetPerson[]>`
          with person as (
            select "id", "name", "email" from "user" where "email" = ${email} and "deletedAt" is null
          ), stale as (
            delete from password_resets r using person p where r.user_id = p."id" and r.used_at is null and r.expires_at <= now()
          ), made as (
            insert into password_resets (token_hash, user_id, expires_at)
            select ${Buffer.from(tokenHash)}, "id", ${expiresAt} from person
          )
          select "id" as "userId", "name", "email" from person`,
      )
      return rows[0] ?? null
    },

    async preview(tokenHash) {
      const rows = await database.query<ResetPreviewRow>(
        'password_resets.preview',
        (sql) => sql<ResetPreviewRow[]>`
          select u."name", u."email", o."name" as "madeBy", r.expires_at as "expiresAt"
          from password_resets r
          join "user" u on u."id" = r.user_id
          left join "user" o on o."id" = r.made_by
          where r.token_hash = ${Buffer.from(tokenHash)}
            and r.used_at is null
            and r.expires_at > now()`,
      )
      return rows[0] ?? null
    },

    use: (reset) => useReset(database, reset),
  }
}

async function createByOwner(
  database: Database,
  { tokenHash, projectId, userId, ownerId, expiresAt }: OwnersReset,
): Promise<OwnersResetOutcome> {
  const rows = await database.query<ResetPerson & { isMade: boolean }>(
    'password_resets.create_by_owner',
    (sql) => sql<(ResetPerson & { isMade: boolean })[]>`
      with person as (
        select u."id", u."name", u."email"
        from members m
        join "user" u on u."id" = m.user_id
        where m.project_id = ${projectId}
          and m.user_id = ${userId}
      ), elsewhere as (
        select m.project_id
        from members m
        where m.user_id = ${userId}
          and not exists (
            select 1 from members o where o.project_id = m.project_id and o.user_id = ${ownerId} and o.role = 'owner'
          )
      ), stale as (
        delete from password_resets where user_id = ${userId} and used_at is null and expires_at <= now()
      ), made as (
        insert into password_resets (token_hash, user_id, made_by, project_id, expires_at)
        select ${Buffer.from(tokenHash)}, p."id", ${ownerId}, ${projectId}, ${expiresAt}
        from person p
        where not exists (select 1 from elsewhere)
        returning 1
      )
      select "id" as "userId", "name", "email", exists (select 1 from made) as "isMade" from person`,
  )
  const [row] = rows
  return row ? { person: { userId: row.userId, name: row.name, email: row.email }, isMade: row.isMade } : { person: null, isMade: false }
}

async function useReset(
  database: Database,
  { tokenHash, passwordHash }: { tokenHash: Uint8Array; passwordHash: string },
): Promise<UsedReset | null> {
  const rows = await database.query<UsedReset>(
    'password_resets.use',
    (sql) => sql<UsedReset[]>`
      with used as (
        update password_resets r
        set used_at = now()
        where r.token_hash = ${Buffer.from(tokenHash)}
          and r.used_at is null
          and r.expires_at > now()
          -- An owner's link opens nothing that the owner does not own, also when the person went elsewhere since.
          and (r.made_by is null or (
            exists (select 1 from members m where m.project_id = r.project_id and m.user_id = r.user_id)
            and not exists (
              select 1
              from members m
              where m.user_id = r.user_id
                and not exists (
                  select 1 from members o where o.project_id = m.project_id and o.user_id = r.made_by and o.role = 'owner'
                )
            )
          ))
        returning r.user_id, r.made_by, r.project_id
      ), changed as (
        update "account" a
        set "password" = ${passwordHash}, "updatedAt" = now()
        from used
        where a."userId" = used.user_id
          and a."providerId" = 'credential'
      ), ended as (
        delete from "session" s using used where s."userId" = used.user_id
      ), tokens as (
        delete from api_tokens t using used where t.user_id = used.user_id
      ), others as (
        delete from password_resets r
        using used
        where r.user_id = used.user_id
          and r.used_at is null
          and r.token_hash <> ${Buffer.from(tokenHash)}
      )
      select used.user_id as "userId", u."name", u."email", used.made_by as "madeBy", used.project_id as "projectId"
      from used
      join "user" u on u."id" = used.user_id`,
  )
  return rows[0] ?? null
}
