// Statements on one's own account: its profile, its password, and what deleting it takes with it.

import { randomUUID } from 'node:crypto'
import { formerMemberName } from '../../shared/domain/former-member.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** An account with the last time that a link set its password. */
export interface AccountRow {
  id: UserId
  name: string
  email: string
  createdAt: Date
  resetAt: Date | null
  /** The owner who made that link. */
  resetBy: string | null
}

/** One of a person's projects, and what would become of it without them. */
export interface ProjectFate {
  id: ProjectId
  name: string
  fate: 'blocks' | 'deleted' | 'left'
}

export interface PasswordChange {
  userId: UserId
  /** As it was when the given password was checked; another one by now changes nothing. */
  oldHash: string
  newHash: string
  /** The session that goes on. */
  keepSessionId: string
}

/** Statements on accounts. Errors of all: store_unavailable, overloaded. */
export interface AccountsStore {
  find(userId: UserId): Promise<AccountRow | null>
  /** Gives the person another name, and has every node look at their open documents anew. */
  rename(userId: UserId, name: string): Promise<void>
  /** The hash of the person's password; null without one. */
  passwordHash(userId: UserId): Promise<string | null>
  /** Sets the password, ends all other sessions, and withdraws links that could set it. Gives the hashes of the sessions' tokens; null when nothing was done. */
  changePassword(change: PasswordChange): Promise<string[] | null>
  /** All of the person's projects, by name. */
  fatesOfProjects(userId: UserId): Promise<ProjectFate[]>
  /**
   * Deletes the account, unless a project needs the person as its owner or the password is another one by now. Projects that only they
   * are in go with it; their words elsewhere stay. Gives whether it was done.
   */
  remove(account: { userId: UserId; passwordHash: string }): Promise<boolean>
}

/** The store over a database. */
export function createAccountsStore(database: Database): AccountsStore {
  return {
    async find(userId) {
      const rows = await database.query<AccountRow>(
        'accounts.find',
        (sql) => sql<AccountRow[]>`
          select u."id", u."name", u."email", u."createdAt", r.used_at as "resetAt", o."name" as "resetBy"
          from "user" u
          left join lateral (
            select used_at, made_by from password_resets where user_id = u."id" and used_at is not null order by used_at desc limit 1
          ) r on true
          left join "user" o on o."id" = r.made_by
          where u."id" = ${userId}
            and u."deletedAt" is null`,
      )
      return rows[0] ?? null
    },

    async rename(userId, name) {
      await database.query(
        'accounts.rename',
        (sql) => sql`
          with renamed as (
            update "user"
            set "name" = ${name}, "updatedAt" = now()
            where "id" = ${userId}
              and "name" <> ${name}
              and "deletedAt" is null
            returning "id"
          )
          insert into rights_changes (kind, project_id, user_id)
          select 'member', m.project_id, m.user_id from members m join renamed r on r."id" = m.user_id`,
      )
    },

    async passwordHash(userId) {
      const rows = await database.query<{ password: string | null }>(
        'accounts.password_hash',
        (sql) => sql<{ password: string | null }[]>`
          select "password" from "account" where "userId" = ${userId} and "providerId" = 'credential'`,
      )
      return rows[0]?.password ?? null
    },

    changePassword: (change) => changePassword(database, change),
    fatesOfProjects: (userId) => fatesOfProjects(database, userId),
    remove: (account) => removeAccount(database, account),
  }
}

async function changePassword(database: Database, { userId, oldHash, newHash, keepSessionId }: PasswordChange): Promise<string[] | null> {
  const rows = await database.query<{ isChanged: boolean; ended: string[] }>(
    'accounts.change_password',
    (sql) => sql<{ isChanged: boolean; ended: string[] }[]>`
      with changed as (
        update "account"
        set "password" = ${newHash}, "updatedAt" = now()
        where "userId" = ${userId}
          and "providerId" = 'credential'
          and "password" = ${oldHash}
        returning "userId"
      ), ended as (
        delete from "session" s
        using changed c
        where s."userId" = c."userId"
          and s."id" <> ${keepSessionId}
        returning encode(sha256(convert_to(s."token", 'UTF8')), 'hex') as token_hash
      ), withdrawn as (
        delete from password_resets r using changed c where r.user_id = c."userId" and r.used_at is null
      )
      select exists (select 1 from changed) as "isChanged", array(select token_hash from ended) as "ended"`,
  )
  return rows[0]?.isChanged ? rows[0].ended : null
}

function fatesOfProjects(database: Database, userId: UserId): Promise<ProjectFate[]> {
  return database.query<ProjectFate>(
    'accounts.fates_of_projects',
    (sql) => sql<ProjectFate[]>`
      select p.id, p.name,
        case
          when count(*) = 1 then 'deleted'
          when bool_or(m.user_id = ${userId} and m.role = 'owner') and count(*) filter (where m.role = 'owner') = 1 then 'blocks'
          else 'left'
        end as fate
      from projects p
      join members m on m.project_id = p.id
      where p.id in (select project_id from members where user_id = ${userId})
      group by p.id, p.name
      order by p.name, p.id`,
  )
}

async function removeAccount(database: Database, { userId, passwordHash }: { userId: UserId; passwordHash: string }): Promise<boolean> {
  const rows = await database.query<{ isRemoved: boolean }>(
    'accounts.remove',
    (sql) => sql<{ isRemoved: boolean }[]>`
      with peers as (
        -- Locked, so that of two last owners who go at once the second one sees that the first is gone.
        select m.project_id, m.user_id, m.role
        from members m
        where m.project_id in (select project_id from members where user_id = ${userId})
        order by m.project_id, m.user_id
        for update
      ), fates as (
        select project_id,
          count(*) = 1 as is_alone,
          count(*) > 1 and bool_or(user_id = ${userId} and role = 'owner') and count(*) filter (where role = 'owner') = 1 as is_needed
        from peers
        group by project_id
      ), person as (
        update "user"
        set "name" = ${formerMemberName}, "email" = ${`${randomUUID()}@deleted.invalid`}, "emailVerified" = false, "image" = null,
          "deletedAt" = now(), "updatedAt" = now()
        where "id" = ${userId}
          and "deletedAt" is null
          and not exists (select 1 from fates where is_needed)
          and exists (
            select 1 from "account" where "userId" = ${userId} and "providerId" = 'credential' and "password" = ${passwordHash}
          )
        returning "id"
      ), credentials as (
        delete from "account" a using person where a."userId" = person."id"
      ), ended as (
        delete from "session" s using person where s."userId" = person."id"
      ), tokens as (
        delete from api_tokens t using person where t.user_id = person."id"
      ), resets as (
        delete from password_resets r using person where person."id" in (r.user_id, r.made_by)
      ), invited as (
        update invitations i set withdrawn_at = now() from person where i.created_by = person."id" and i.withdrawn_at is null
      ), left_projects as (
        delete from members m using person where m.user_id = person."id"
      ), deleted_projects as (
        delete from projects p using fates f, person where p.id = f.project_id and f.is_alone returning p.id
      ), deleted_updates as (
        -- The log has no foreign key.
        delete from document_updates d using deleted_projects p where d.project_id = p.id
      )
      select exists (select 1 from person) as "isRemoved"`,
  )
  return rows[0]?.isRemoved === true
}
