// Statements on app events: number and keep one, read those after a number.

import type { JSONValue } from 'postgres'
import type { Database } from './database.ts'

/** What is told about an event besides its name; the project and the number come with it. */
export type EventPayload = Readonly<Record<string, JSONValue>>

export interface StoredEvent {
  eventId: number
  event: string
  payload: EventPayload
}

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
            returning project_id, last_id
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
