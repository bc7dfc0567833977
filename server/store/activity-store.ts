// One list of what happened in a project, from the audit log, the versions, what no version holds yet, and the app events.

import { activityAuditKinds, activityEventKinds } from '../../shared/domain/activity-kinds.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Activity } from '../../shared/wire/activity.ts'
import type { Database } from './database.ts'

/** Where a page ended: the time, which of the tables, and the number there. */
export interface ActivityPosition {
  at: Date
  source: number
  number: string
}

export interface ActivityRow extends ActivityPosition {
  kind: Activity['kind']
  people: { userId: UserId; name: string | null }[]
  subject: { userId: UserId; name: string | null } | null
  details: Activity['details']
}

/** Statements on what happened. Errors of all: store_unavailable, overloaded. */
export interface ActivityStore {
  /** Newest first, from behind `after` on. */
  list(projectId: ProjectId, page: { after: ActivityPosition | null; limit: number }): Promise<ActivityRow[]>
}

/** The store over a database. */
export function createActivityStore(database: Database): ActivityStore {
  return {
    list: (projectId, { after, limit }) => {
      const at = after?.at ?? null
      const source = after?.source ?? 0
      const number = after?.number ?? '0'
      return database.query<ActivityRow>(
        'activity.list',
        (sql) => sql<ActivityRow[]>`
          with last as (
            select coalesce(max(taken_at), '-infinity') as taken_at from versions where project_id = ${projectId}
          ), workers as (
            -- As the next version will find them.
            select u.author_id as user_id, u.created_at as at from document_updates u, last
            where u.project_id = ${projectId} and u.author_id is not null and u.created_at > last.taken_at
            union all
            select e.user_id, e.last_at from document_editors e, last
            where e.project_id = ${projectId} and e.last_at > last.taken_at
          ), working as (
            select max(at)::timestamptz(3) as at, array_agg(user_id order by at desc) as people_ids
            from (select user_id, max(at) as at from workers group by user_id) as each
          ), found as (
            (
              select e.at, 1 as source, e.id as number, e.kind,
                case when e.actor_id is null then '{}' else array[e.actor_id] end as people_ids, e.subject_id, e.details
              from audit_events e
              where e.project_id = ${projectId}
                and e.kind = any (${[...activityAuditKinds]}::text[])
                and (${at}::timestamptz is null or (e.at, 1, e.id) < (${at}::timestamptz, ${source}::integer, ${number}::bigint))
              order by e.at desc, e.id desc
              limit ${limit}
            ) union all (
              select v.created_at, 2, v.number::bigint, 'spec.edited', v.author_ids, null, '{}'::jsonb
              from versions v
              where v.project_id = ${projectId}
                and v.kind = 'automatic'
                and cardinality(v.author_ids) > 0
                and (${at}::timestamptz is null
                  or (v.created_at, 2, v.number::bigint) < (${at}::timestamptz, ${source}::integer, ${number}::bigint))
              order by v.created_at desc, v.number desc
              limit ${limit}
            ) union all (
              select e.created_at, 3, e.event_id::bigint, e.event,
                array_remove(array[coalesce(e.payload #>> '{conflict,decidedBy}', e.payload #>> '{message,authorId}')], null),
                null,
                jsonb_strip_nulls(jsonb_build_object(
                  'why', e.payload #> '{conflict,why}', 'severity', e.payload #> '{conflict,severity}', 'kind', e.payload #> '{conflict,kind}',
                  'resolution', e.payload #> '{conflict,resolution}', 'closedBy', e.payload #> '{conflict,closedBy}'))
              from app_events e
              where e.project_id = ${projectId}
                and e.event = any (${[...activityEventKinds]}::text[])
                and (e.event <> 'message:finished' or e.payload #>> '{message,role}' = 'person')
                and (${at}::timestamptz is null
                  or (e.created_at, 3, e.event_id::bigint) < (${at}::timestamptz, ${source}::integer, ${number}::bigint))
              order by e.created_at desc, e.event_id desc
              limit ${limit}
            )
            union all (
              select w.at, 4, 0, 'spec.edited', w.people_ids, null, '{}'::jsonb
              from working w
              where w.at is not null
                and (${at}::timestamptz is null or (w.at, 4, 0::bigint) < (${at}::timestamptz, ${source}::integer, ${number}::bigint))
            )
            order by at desc, source desc, number desc
            limit ${limit}
          )
          select f.at, f.source, f.number, f.kind, f.details,
            case when f.subject_id is not null then jsonb_build_object('userId', f.subject_id, 'name', s."name") end as subject,
            coalesce((
              select jsonb_agg(jsonb_build_object('userId', person.id, 'name', u."name") order by person.place)
              from unnest(f.people_ids) with ordinality as person (id, place)
              left join "user" u on u."id" = person.id
            ), '[]') as people
          from found f
          left join "user" s on s."id" = f.subject_id
          order by f.at desc, f.source desc, f.number desc`,
      )
    },
  }
}
