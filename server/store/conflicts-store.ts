// Statements on conflicts: what is stored of a project, and compare-and-swap writes of what was found and decided.

import type { JSONValue, PendingQuery } from 'postgres'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Conflict, ConflictStatus, Resolution } from '../../shared/wire/conflicts.ts'
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
  open(projectId: ProjectId, found: readonly FoundConflict[], itemsRevision: number): Promise<ConflictRow[]>
  /** Opens one that was closed or ignored, or says anew what is wrong in an open one. */
  reopen(again: FoundAgain): Promise<ConflictRow | null>
  /** Closes one that the text has no more. */
  closeByText(seen: SeenConflict & { itemsRevision: number }): Promise<ConflictRow | null>
  decide(decision: Decision): Promise<ConflictRow | null>
  /** The text was edited as decided: what is found in it from `itemsRevision` on counts again. */
  settle(seen: SeenConflict & { itemsRevision: number }): Promise<void>
  /** The text could not be edited: it is open as before. */
  undecide(seen: SeenConflict): Promise<ConflictRow | null>
}

/** The store over a database. */
export function createConflictsStore(database: Database): ConflictsStore {
  const one = async (name: string, statement: (sql: Sql) => PendingQuery<ConflictRow[]>): Promise<ConflictRow | null> =>
    (await database.query<ConflictRow>(name, statement))[0] ?? null
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
      database.query<ConflictRow>(
        'conflicts.open',
        (sql) => sql<ConflictRow[]>`
          insert into conflicts (project_id, fingerprint, kind, domain, severity, status, items, rule, why, items_revision)
          select projects.id, found.fingerprint, found.kind, found.domain, found.severity, 'open', found.items, found.rule, found.why, ${itemsRevision}
          from projects,
            jsonb_to_recordset(${sql.json(found as unknown as JSONValue)}) as found
              (fingerprint text, kind text, domain text, severity text, items jsonb, rule text, why text)
          where projects.id = ${projectId}
          on conflict (project_id, fingerprint) do nothing
          returning ${columns(sql)}`,
      ),

    reopen: ({ projectId, id, revision, found, itemsRevision }) =>
      one(
        'conflicts.reopen',
        (sql) => sql<ConflictRow[]>`
          update conflicts
          set revision = revision + 1, kind = ${found.kind}, domain = ${found.domain}, severity = ${found.severity}, why = ${found.why},
            items = ${sql.json(found.items)}, items_revision = ${itemsRevision}, status = 'open', resolution = null, closed_by = null,
            note = null, decided_by = null, deciding_until = null, closed_at = null,
            opened_at = case when status = 'open' then opened_at else now() end
          where project_id = ${projectId} and id = ${id} and revision = ${revision} and items_revision <= ${itemsRevision}
            and (deciding_until is null or deciding_until < now())
          returning ${columns(sql)}`,
      ),

    closeByText: ({ projectId, id, revision, itemsRevision }) =>
      one(
        'conflicts.close_by_text',
        (sql) => sql<ConflictRow[]>`
          update conflicts
          set revision = revision + 1, items_revision = ${itemsRevision}, status = 'resolved', resolution = null, closed_by = 'text',
            note = null, decided_by = null, deciding_until = null, closed_at = now()
          where project_id = ${projectId} and id = ${id} and revision = ${revision} and items_revision <= ${itemsRevision}
            and status <> 'resolved'
          returning ${columns(sql)}`,
      ),

    decide: ({ projectId, id, revision, resolution, note, decidedBy, graceMs }) =>
      one(
        'conflicts.decide',
        (sql) => sql<ConflictRow[]>`
          update conflicts
          set revision = revision + 1, resolution = ${resolution}, note = ${note}, decided_by = ${decidedBy}, closed_at = now(),
            closed_by = 'person', status = case when ${resolution} = 'ignore' then 'ignored' else 'resolved' end,
            deciding_until = now() + ${graceMs} * interval '1 millisecond'
          where project_id = ${projectId} and id = ${id} and revision = ${revision} and status <> 'resolved'
          returning ${columns(sql)}`,
      ),

    async settle({ projectId, id, revision, itemsRevision }) {
      await one(
        'conflicts.settle',
        (sql) => sql<ConflictRow[]>`
          update conflicts set deciding_until = null, items_revision = greatest(items_revision, ${itemsRevision})
          where project_id = ${projectId} and id = ${id} and revision = ${revision}
          returning ${columns(sql)}`,
      )
    },

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

function columns(sql: Sql) {
  return sql`conflicts.id, conflicts.number, conflicts.fingerprint, conflicts.revision, conflicts.kind, conflicts.domain, conflicts.severity,
    conflicts.status, conflicts.resolution, conflicts.closed_by as "closedBy", conflicts.items, conflicts.rule, conflicts.why, conflicts.note,
    conflicts.decided_by as "decidedBy", conflicts.items_revision as "itemsRevision", conflicts.opened_at as "openedAt",
    conflicts.closed_at as "closedAt"`
}
