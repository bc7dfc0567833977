// One list of what happened in a project, from the audit log, the versions and the app events.

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
          with found as (
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
