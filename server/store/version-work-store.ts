// The statements behind automatic versions: which documents have unversioned work, whose turn it is, and what is old enough to go.

import type { ProjectId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

export interface DueWork {
  /** A document is due when nobody has written for that long. */
  pauseMs: number
  /** And its last version is that old. */
  intervalMs: number
  /** Or when the work has gone on for that long without a pause. */
  longestMs: number
  /** For how long nobody else takes what is given. */
  leaseMs: number
  limit: number
}

/** Safe on any number of nodes: every method is one statement. Errors of all: store_unavailable, overloaded. */
export interface VersionWorkStore {
  /** Notes that there was work on these documents just now. */
  note(projectIds: readonly ProjectId[]): Promise<void>
  /** Documents that are due for a version; no two calls are given the same one within the lease. */
  claim(due: DueWork): Promise<ProjectId[]>
  /** The work until `upTo` needs no version; later work stays noted. */
  finish(projectId: ProjectId, upTo: Date): Promise<void>
  /**
   * Deletes versions without a name: of those older than a day all but the last of each hour, older than a week of each day, older than
   * thirty days of each week. Looks at `limit` versions whose time has come; gives how many went. Two at once do not get in each other's way.
   */
  thin(limit: number): Promise<{ deleted: number; isMoreDue: boolean }>
}

/** The store over a database. */
export function createVersionWorkStore(database: Database): VersionWorkStore {
  return {
    async note(projectIds) {
      await database.query(
        'version_work.note',
        (sql) => sql`
          insert into version_work (project_id)
          select id from projects where id = any(${[...projectIds]}::uuid[])
          order by id
          on conflict (project_id) do update set last_at = now()`,
      )
    },

    async claim({ pauseMs, intervalMs, longestMs, leaseMs, limit }) {
      const rows = await database.query<{ projectId: string }>(
        'version_work.claim',
        (sql) => sql<{ projectId: string }[]>`
          with due as (
            select work.project_id
            from version_work as work
            left join lateral (
              select created_at from versions where project_id = work.project_id order by number desc limit 1
            ) as last on true
            where coalesce(work.claimed_until < now(), true)
              and coalesce(last.created_at < now() - ${intervalMs} * interval '1 millisecond', true)
              and (
                work.last_at < now() - ${pauseMs} * interval '1 millisecond'
                or work.first_at < now() - ${longestMs} * interval '1 millisecond'
              )
            order by work.last_at
            limit ${limit}
            for update of work skip locked
          )
          update version_work
          set claimed_until = now() + ${leaseMs} * interval '1 millisecond'
          from due
          where version_work.project_id = due.project_id
          returning version_work.project_id as "projectId"`,
      )
      return rows.map(({ projectId }) => projectId)
    },

    async finish(projectId, upTo) {
      await database.query(
        'version_work.finish',
        (sql) => sql`
          with done as (
            delete from version_work where project_id = ${projectId} and last_at <= ${upTo}
          )
          update version_work set first_at = last_at, claimed_until = null
          where project_id = ${projectId} and last_at > ${upTo}`,
      )
    },

    async thin(limit) {
      const rows = await database.query<{ deleted: number; isMoreDue: boolean }>(
        'versions.thin',
        (sql) => sql`
        with turn as materialized (
          select pg_try_advisory_xact_lock(hashtext('versions.thin')) as is_ours
        ), due as (
          select project_id from versions, turn
          where turn.is_ours and name is null and thin_after <= now()
          order by thin_after
          limit ${limit}
        ), ranked as (
          select id, thin_after, created_at,
            row_number() over (
              partition by project_id, case
                when created_at < now() - interval '30 days' then 'week'
                when created_at < now() - interval '7 days' then 'day'
                else 'hour'
              end, case
                when created_at < now() - interval '30 days' then date_trunc('week', created_at, 'UTC')
                when created_at < now() - interval '7 days' then date_trunc('day', created_at, 'UTC')
                else date_trunc('hour', created_at, 'UTC')
              end
              order by number desc
            ) as place
          from versions
          where project_id in (select project_id from due) and name is null and created_at < now() - interval '1 day'
        ), deleted as (
          delete from versions where id in (select id from ranked where place > 1)
          returning id
        ), kept as (
          update versions
          set thin_after = case
            when versions.created_at < now() - interval '30 days' then null
            when versions.created_at < now() - interval '7 days' then versions.created_at + interval '30 days'
            else versions.created_at + interval '7 days'
          end
          from ranked
          where versions.id = ranked.id and ranked.place = 1 and ranked.thin_after <= now()
        )
        select (select count(*) from deleted)::integer as deleted, (select count(*) from due) = ${limit} as "isMoreDue"`,
      )
      return rows[0] ?? { deleted: 0, isMoreDue: false }
    },
  }
}
