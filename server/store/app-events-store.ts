// Statements on app events: number and keep one, read those after a number.

import type { JSONValue } from 'postgres'
import type { Database, Sql } from './database.ts'

/** What is told about an event besides its name; the project and the number come with it. */
export type EventPayload = Readonly<Record<string, JSONValue>>

export interface StoredEvent {
  eventId: number
  event: string
  payload: EventPayload
}

/** Where PostgreSQL notifies of events, whoever numbered them: `projectId number`. */
export const eventsChannel = 'app_events'

/** Events of a project that are kept, unless said otherwise. */
export const usuallyKept = 1_000

/** One statement each. Errors of all: store_unavailable, overloaded. */
export interface AppEventsStore {
  /** Keeps an event under the next number of its project, and the latest `kept` of them; gives the number, or null when the project is gone. */
  add(projectId: string, event: Pick<StoredEvent, 'event' | 'payload'>, kept: number): Promise<number | null>
  /** The last number given out (0: none yet), and up to `limit` kept events after `after`, in order. */
  readAfter(projectId: string, after: number, limit: number): Promise<{ lastId: number; events: StoredEvent[] }>
}

interface ReadRow {
  lastId: number
  eventId: number | null
  event: string
  payload: EventPayload
}

/** The store over a database. */
export function createAppEventsStore(database: Database): AppEventsStore {
  return {
    async add(projectId, { event, payload }, kept) {
      const rows = await database.query<{ eventId: number }>(
        'app_events.add',
        (sql) => sql`
          with head as (
            insert into app_event_heads as heads (project_id, last_id)
            select id, 1 from projects where id = ${projectId}
            on conflict (project_id) do update set last_id = heads.last_id + 1
            returning project_id, last_id, ${notified(sql, projectId)}
          ), pruned as (
            delete from app_events
            where project_id = ${projectId} and event_id <= (select last_id from head) - ${kept}::integer
          )
          insert into app_events (project_id, event_id, event, payload)
          select project_id, last_id, ${event}, ${sql.json(payload)} from head
          returning event_id as "eventId"`,
      )
      return rows[0]?.eventId ?? null
    },

    async readAfter(projectId, after, limit) {
      const rows = await database.query<ReadRow>(
        'app_events.read_after',
        (sql) => sql<ReadRow[]>`
          select heads.last_id as "lastId", events.event_id as "eventId", events.event, events.payload
          from app_event_heads heads
          left join app_events events on events.project_id = heads.project_id and events.event_id > ${after}
          where heads.project_id = ${projectId}
          order by events.event_id
          limit ${limit}`,
      )
      const events = rows.flatMap(({ eventId, event, payload }) => (eventId === null ? [] : [{ eventId, event, payload }]))
      return { lastId: rows[0]?.lastId ?? 0, events }
    },
  }
}

/**
 * Common table expressions that number what the one before them says, as part of the statement that writes what it is about: so none is without
 * the other. Before them stands `told (nth, event, payload)`, with `nth` from 1; behind them `event_head (first_id)` is the number before the first.
 */
export function numberedEvents(sql: Sql, projectId: string) {
  return sql`
    event_head as (
      insert into app_event_heads as heads (project_id, last_id)
      select ${projectId}::uuid, count(*)::integer from told having count(*) > 0
      on conflict (project_id) do update set last_id = heads.last_id + excluded.last_id
      returning last_id, last_id - (select count(*)::integer from told) as first_id, ${notified(sql, projectId)}
    ), events as (
      insert into app_events (project_id, event_id, event, payload)
      select ${projectId}::uuid, event_head.first_id + told.nth, told.event, told.payload
      from told cross join event_head
    ), events_pruned as (
      delete from app_events
      where project_id = ${projectId} and event_id <= (select last_id from event_head) - ${usuallyKept}::integer
    )`
}

/** Told with the COMMIT, also when the node that numbered it ends right behind that. */
function notified(sql: Sql, projectId: string) {
  return sql`pg_notify(${eventsChannel}, ${projectId}::text || ' ' || last_id)::text as notified`
}
