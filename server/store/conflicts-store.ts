// Statements on conflicts: what is stored of a project, and compare-and-swap writes of what was found and decided.

import type { JSONValue, PendingQuery } from 'postgres'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Conflict, ConflictStatus, Resolution } from '../../shared/wire/conflicts.ts'
import { numberedEvents, type StoredEvent } from './app-events-store.ts'
import type { Database, Sql } from './database.ts'

/** What the rules say of a conflict. */
export type FoundConflict = Pick<Conflict, 'kind' | 'domain' | 'severity' | 'rule' | 'why' | 'items'> & { readonly fingerprint: string }

export interface ConflictRow extends Omit<Conflict, 'openedAt' | 'closedAt'> {
  readonly number: string
  readonly fingerprint: string
  readonly itemsRevision: number
  readonly openedAt: Date
  readonly closedAt: Date | null
}

export type ConflictEventName = 'conflict:opened' | 'conflict:updated' | 'conflict:closed'

/** What was written, and the event that says so, which was numbered with it. */
export interface ConflictWritten {
  readonly row: ConflictRow
  readonly event: StoredEvent
}

/** Which row, as it was read. */
export interface SeenConflict {
  readonly projectId: ProjectId
  readonly id: string
  readonly revision: number
}

/** What was found in an analysis, over a row as it was read. */
export interface FoundAgain extends SeenConflict {
  readonly found: FoundConflict
  readonly itemsRevision: number
  /** Whether it was open. */
  readonly wasOpen: boolean
}

export interface Decision extends SeenConflict {
  readonly resolution: Resolution
  readonly note: string | null
  readonly decidedBy: UserId
  /** For how long what is found says nothing, while the text is being edited. */
  readonly graceMs: number
}

export interface ListConflicts {
  readonly projectId: ProjectId
  readonly status: ConflictStatus | null
  /** Only those that came up before this one. */
  readonly before: string | null
  readonly limit: number
}

/**
 * INVARIANTS: one row for a fingerprint of a project; a write over another revision than the stored one, or from an older analysis than it
 * was seen in last, changes nothing and gives null. Every method is one statement. Errors of all: store_unavailable, overloaded.
 */
export interface ConflictsStore {
  /** Those that are not resolved, and those with one of the fingerprints. */
  read(projectId: ProjectId, fingerprints: readonly string[]): Promise<ConflictRow[]>
  /** Newest first. */
  list(query: ListConflicts): Promise<ConflictRow[]>
  find(projectId: ProjectId, id: string): Promise<ConflictRow | null>
  /** Opens what was never found before; gives the rows that this made. */
  open(projectId: ProjectId, found: readonly FoundConflict[], itemsRevision: number): Promise<ConflictWritten[]>
  /** Opens one that was closed or ignored, or says anew what is wrong in an open one. */
  reopen(again: FoundAgain): Promise<ConflictWritten | null>
  /** Closes one that the text has no more. */
  closeByText(seen: SeenConflict & { itemsRevision: number }): Promise<ConflictWritten | null>
  /** Decides to leave it as it is. */
  ignore(decision: Omit<Decision, 'resolution' | 'graceMs'>): Promise<ConflictWritten | null>
  /** Decides, and tells nobody before the text is edited so. */
  decide(decision: Decision): Promise<ConflictRow | null>
  /** The text was edited as decided: what is found in it from `itemsRevision` on counts again. Null when that is settled already. */
  settle(seen: SeenConflict & { itemsRevision: number }): Promise<ConflictWritten | null>
  /** Of these projects, those with a decision whose edit did not follow in time: its node may have died, or not said that it was made. */
  withUnfinished(projectIds: readonly ProjectId[]): Promise<ProjectId[]>
  /** What is found in the text was written since, so that those which are still decided on were edited as decided. */
  settleUnfinished(projectId: ProjectId): Promise<ConflictWritten[]>
  /** The text could not be edited: it is open as before. */
  undecide(seen: SeenConflict): Promise<ConflictRow | null>
}

/** The store over a database. */
export function createConflictsStore(database: Database): ConflictsStore {
  const one = async (name: string, statement: (sql: Sql) => PendingQuery<ConflictRow[]>): Promise<ConflictRow | null> =>
    (await database.query<ConflictRow>(name, statement))[0] ?? null
  const write = (name: string, told: ToldAs, written: (sql: Sql) => PendingQuery<ConflictRow[]>): Promise<ConflictWritten[]> =>
    writeAndTell(database, name, { told, written })
  return {
    read: (projectId, fingerprints) =>
      database.query<ConflictRow>(
        'conflicts.read',
        (sql) => sql<ConflictRow[]>`
          select ${columns(sql)} from conflicts
          where project_id = ${projectId} and (status <> 'resolved' or fingerprint = any(${[...fingerprints]}::text[]))`,
      ),

    list: ({ projectId, status, before, limit }) =>
      database.query<ConflictRow>(
        'conflicts.list',
        (sql) => sql<ConflictRow[]>`
          select ${columns(sql)} from conflicts
          where project_id = ${projectId}
            and (${status}::text is null or status = ${status})
            and (${before}::bigint is null or number < ${before}::bigint)
          order by number desc
          limit ${limit}`,
      ),

    find: (projectId, id) =>
      one(
        'conflicts.find',
        (sql) => sql<ConflictRow[]>`select ${columns(sql)} from conflicts where project_id = ${projectId} and id = ${id}`,
      ),

    open: (projectId, found, itemsRevision) =>
      write(
        'conflicts.open',
        { projectId, event: 'conflict:opened' },
        (sql) => sql<ConflictRow[]>`
          insert into conflicts (project_id, fingerprint, kind, domain, severity, status, items, rule, why, items_revision)
          select projects.id, found.fingerprint, found.kind, found.domain, found.severity, 'open', found.items, found.rule, found.why, ${itemsRevision}
          from projects,
            jsonb_to_recordset(${sql.json(found as unknown as JSONValue)}) as found
              (fingerprint text, kind text, domain text, severity text, items jsonb, rule text, why text)
          where projects.id = ${projectId}
          -- Two nodes that open the same ones wait for each other's rows: in one order, or they would wait for ever.
          order by found.fingerprint
          on conflict (project_id, fingerprint) do nothing
          returning ${columns(sql)}`,
      ),

    reopen: async ({ projectId, id, revision, found, itemsRevision, wasOpen }) => {
      const [written] = await write(
        'conflicts.reopen',
        { projectId, event: wasOpen ? 'conflict:updated' : 'conflict:opened' },
        (sql) => sql<ConflictRow[]>`
          update conflicts
          set revision = revision + 1, kind = ${found.kind}, domain = ${found.domain}, severity = ${found.severity}, why = ${found.why},
            items = ${sql.json(found.items)}, items_revision = ${itemsRevision}, status = 'open', resolution = null, closed_by = null,
            note = null, decided_by = null, deciding_until = null, closed_at = null,
            opened_at = case when status = 'open' then opened_at else now() end
          where project_id = ${projectId} and id = ${id} and revision = ${revision} and items_revision <= ${itemsRevision}
            and (deciding_until is null or deciding_until < now())
          returning ${columns(sql)}`,
      )
      return written ?? null
    },

    closeByText: async ({ projectId, id, revision, itemsRevision }) => {
      const [written] = await write(
        'conflicts.close_by_text',
        { projectId, event: 'conflict:closed' },
        (sql) => sql<ConflictRow[]>`
          update conflicts
          set revision = revision + 1, items_revision = ${itemsRevision}, status = 'resolved', resolution = null, closed_by = 'text',
            note = null, decided_by = null, deciding_until = null, closed_at = now()
          where project_id = ${projectId} and id = ${id} and revision = ${revision} and items_revision <= ${itemsRevision}
            and status <> 'resolved'
          returning ${columns(sql)}`,
      )
      return written ?? null
    },

    ignore: async ({ projectId, id, revision, note, decidedBy }) => {
      const [written] = await write(
        'conflicts.ignore',
        { projectId, event: 'conflict:updated' },
        (sql) => sql<ConflictRow[]>`
          update conflicts
          set revision = revision + 1, resolution = 'ignore', note = ${note}, decided_by = ${decidedBy}, closed_at = now(),
            closed_by = 'person', status = 'ignored', deciding_until = null
          where project_id = ${projectId} and id = ${id} and revision = ${revision} and status <> 'resolved'
          returning ${columns(sql)}`,
      )
      return written ?? null
    },

    decide: ({ projectId, id, revision, resolution, note, decidedBy, graceMs }) =>
      one(
        'conflicts.decide',
        (sql) => sql<ConflictRow[]>`
          update conflicts
          set revision = revision + 1, resolution = ${resolution}, note = ${note}, decided_by = ${decidedBy}, closed_at = now(),
            closed_by = 'person', status = 'resolved', deciding_until = now() + ${graceMs} * interval '1 millisecond'
          where project_id = ${projectId} and id = ${id} and revision = ${revision} and status <> 'resolved'
          returning ${columns(sql)}`,
      ),

    settle: async ({ projectId, id, revision, itemsRevision }) => {
      const [written] = await write(
        'conflicts.settle',
        { projectId, event: 'conflict:closed' },
        (sql) => sql<ConflictRow[]>`
          update conflicts set deciding_until = null, items_revision = greatest(items_revision, ${itemsRevision})
          where project_id = ${projectId} and id = ${id} and revision = ${revision} and deciding_until is not null
          returning ${columns(sql)}`,
      )
      return written ?? null
    },

    async withUnfinished(projectIds) {
      const rows = await database.query<{ projectId: ProjectId }>(
        'conflicts.with_unfinished',
        (sql) => sql`
          select distinct project_id as "projectId" from conflicts
          where project_id = any(${[...projectIds]}::uuid[]) and deciding_until < now()`,
      )
      return rows.map(({ projectId }) => projectId)
    },

    settleUnfinished: (projectId) =>
      write(
        'conflicts.settle_unfinished',
        { projectId, event: 'conflict:closed' },
        (sql) => sql<ConflictRow[]>`
          update conflicts set deciding_until = null
          where project_id = ${projectId} and deciding_until < now()
          returning ${columns(sql)}`,
      ),

    undecide: ({ projectId, id, revision }) =>
      one(
        'conflicts.undecide',
        (sql) => sql<ConflictRow[]>`
          update conflicts
          set revision = revision + 1, status = 'open', resolution = null, closed_by = null, note = null, decided_by = null,
            deciding_until = null, closed_at = null
          where project_id = ${projectId} and id = ${id} and revision = ${revision}
          returning ${columns(sql)}`,
      ),
  }
}

interface ToldAs {
  projectId: ProjectId
  event: ConflictEventName
}

/** What `written` returns, each row told by an event, in one statement. */
async function writeAndTell(
  database: Database,
  name: string,
  { told, written }: { told: ToldAs; written: (sql: Sql) => PendingQuery<ConflictRow[]> },
): Promise<ConflictWritten[]> {
  const rows = await database.query<ConflictRow & { eventId: number; payload: StoredEvent['payload'] }>(
    name,
    (sql) => sql<(ConflictRow & { eventId: number; payload: StoredEvent['payload'] })[]>`
      with written as (${written(sql)}
      ), told as (
        select written.id, row_number() over (order by written.number)::integer as nth, ${told.event}::text as event,
          jsonb_build_object('conflict', to_jsonb(written) - '{number,fingerprint,itemsRevision}'::text[]
            || jsonb_build_object('openedAt', ${isoTime(sql, 'openedAt')}, 'closedAt', ${isoTime(sql, 'closedAt')})) as payload
        from written
      ), ${numberedEvents(sql, told.projectId)}
      select written.*, event_head.first_id + told.nth as "eventId", told.payload
      from written
      join told on told.id = written.id
      cross join event_head
      order by told.nth`,
  )
  return rows.map(({ eventId, payload, ...row }) => ({ row, event: { eventId, event: told.event, payload } }))
}

/** As JSON has times everywhere else. */
function isoTime(sql: Sql, column: 'openedAt' | 'closedAt') {
  return sql`to_char(written.${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

function columns(sql: Sql) {
  return sql`conflicts.id, conflicts.number, conflicts.fingerprint, conflicts.revision, conflicts.kind, conflicts.domain, conflicts.severity,
    conflicts.status, conflicts.resolution, conflicts.closed_by as "closedBy", conflicts.items, conflicts.rule, conflicts.why, conflicts.note,
    conflicts.decided_by as "decidedBy", conflicts.items_revision as "itemsRevision", conflicts.opened_at as "openedAt",
    conflicts.closed_at as "closedAt"`
}
