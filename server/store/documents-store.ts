// The statements of the live documents: append to the log, load, seed, compact, replace the history.

import type { Database, Sql } from './database.ts'

/** One update as it goes into the log. */
export interface LogRow {
  projectId: string
  epoch: number
  authorId: string | null
  payload: Uint8Array
}

/** What a new document starts with, and its epoch. */
export interface DocumentHeading {
  name: string
  description: string
  epoch: number
}

/** How many rows of one document and epoch were written. */
export interface WrittenRows {
  projectId: string
  epoch: number
  rows: number
}

/** What one document consists of in the store, read in one statement so that snapshot and log belong together. */
export interface StoredDocument {
  epoch: number
  /** 0 when there is no snapshot yet. */
  revision: number
  snapshot: Uint8Array | null
  /** In the order of their ids; commits may have happened in another one, which Yjs does not mind. */
  updates: { id: string; payload: Uint8Array; authorId: string | null; createdAt: Date }[]
  /** State vectors of all earlier epochs. */
  retired: Uint8Array[]
}

/**
 * INVARIANTS: every method is one statement. A row that `append` reported as written is returned by every later `load` of its
 * epoch, inside the snapshot or in the log, until `replaceHistory`.
 */
export interface DocumentsStore {
  /**
   * Writes all rows whose epoch is their project's current one, in one commit, and notes the change on the project once a minute.
   * Gives how many were written for each document and epoch; one that is missing from the result was refused (gone, or an old epoch).
   */
  append(rows: readonly LogRow[]): Promise<WrittenRows[]>
  /** Gives null when there is no such project. */
  load(projectId: string): Promise<StoredDocument | null>
  /** What a project is called and which epoch its document is in; null when there is no such project. */
  heading(projectId: string): Promise<DocumentHeading | null>
  /** Writes the first snapshot of a project that has none; a second call changes nothing. */
  seed(projectId: string, state: Uint8Array): Promise<void>
  /**
   * Replaces the snapshot, deletes exactly the rows in `ids` and keeps who wrote them and when, if `revision` and `epoch` are still
   * current; else gives false and changes nothing.
   */
  compact(swap: Compaction): Promise<boolean>
  /**
   * Starts a new epoch whose only content is `state`, if what was read is still all there is; the old one's log is deleted. Gives the new
   * epoch, or null when anything was written since, another epoch included.
   */
  replaceHistory(change: HistoryChange): Promise<number | null>
}

/** A new history, and what was read of the old one. */
export interface HistoryChange {
  projectId: string
  epoch: number
  revision: number
  /** Rows of the log that are in the new text. */
  ids: readonly string[]
  state: Uint8Array
  /** Of the old one. */
  stateVector: Uint8Array
}

/** A snapshot in place of the last one and the rows of the log. */
export interface Compaction {
  projectId: string
  epoch: number
  revision: number
  state: Uint8Array
  /** Who brought what of the rows. */
  stretches: readonly { clientId: number; clock: number; length: number; authorId: string; atMs: number }[]
  ids: readonly string[]
}

/** The element type of an array of `bytea`; postgres.js would take the array itself for one value. */
const byteaOid = 17

interface LoadRow {
  epoch: number
  id: string
  revision: string
  kind: 'project' | 'snapshot' | 'update' | 'retired'
  payload: Uint8Array | null
  authorId: string | null
  createdAt: Date | null
}

/** The store on PostgreSQL. */
export function createDocumentsStore(database: Database): DocumentsStore {
  return {
    append(rows) {
      return database.query<WrittenRows>(
        'documents.append',
        (sql) => sql`
          with given as (
            select project_id, epoch, author_id, payload, position
            from unnest(
              ${rows.map((row) => row.projectId)}::uuid[],
              ${rows.map((row) => row.epoch)}::integer[],
              ${rows.map((row) => row.authorId)}::text[],
              ${sql.array(
                rows.map((row) => asBuffer(row.payload)),
                byteaOid,
              )}
            ) with ordinality as rows (project_id, epoch, author_id, payload, position)
          ), written as (
            insert into document_updates (project_id, epoch, author_id, payload)
            select given.project_id, given.epoch, given.author_id, given.payload
            from given
            join projects on projects.id = given.project_id and projects.epoch = given.epoch
            order by given.position
            -- Waits for a replacement that is under way, and then goes by the epoch that it has left.
            for key share of projects
            returning project_id, epoch
          ), touched as (
            update projects
            set updated_at = now()
            where id in (select project_id from written) and updated_at < now() - interval '1 minute'
          )
          select project_id as "projectId", epoch, count(*)::integer as rows
          from written
          group by project_id, epoch`,
      )
    },

    async load(projectId) {
      const rows = await database.query<LoadRow>(
        'documents.load',
        (sql) => sql`
          with project as (
            select id, epoch from projects where id = ${projectId}
          )
          select epoch, 0 as id, 0 as revision, 'project' as kind, null as payload, null as "authorId", null::timestamptz as "createdAt"
          from project
          union all
          select project.epoch, 0, snapshot.revision, 'snapshot', snapshot.state, null, null
          from project
          join document_snapshots as snapshot on snapshot.project_id = project.id and snapshot.epoch = project.epoch
          union all
          select project.epoch, stored.id, 0, 'update', stored.payload, stored.author_id, stored.created_at
          from project
          join document_updates as stored on stored.project_id = project.id and stored.epoch = project.epoch
          union all
          select project.epoch, 0, 0, 'retired', retired.state_vector, null, null
          from project
          join retired_epochs as retired on retired.project_id = project.id
          order by id`,
      )
      return rows.length === 0 ? null : collect(rows)
    },

    async heading(projectId) {
      const headings = await database.query<DocumentHeading>(
        'documents.heading',
        (sql) => sql`select name, description, epoch from projects where id = ${projectId}`,
      )
      return headings[0] ?? null
    },

    async seed(projectId, state) {
      await database.query(
        'documents.seed',
        (sql) => sql`
          insert into document_snapshots (project_id, epoch, revision, state)
          select id, epoch, 1, ${asBuffer(state)} from projects where id = ${projectId}
          on conflict (project_id) do nothing`,
      )
    },

    async compact(swap) {
      const swapped = await database.query<{ swapped: boolean }>('documents.compact', (sql) => compactStatement(sql, swap))
      return swapped[0]?.swapped === true
    },

    async replaceHistory({ projectId, epoch, revision, ids, state, stateVector }) {
      const replaced = await database.query<{ epoch: number }>(
        'documents.replace_history',
        (sql) => sql`
          with advanced as (
            update projects
            set epoch = epoch + 1, updated_at = now()
            where id = ${projectId} and epoch = ${epoch}
              and document_log_is(${projectId}, ${epoch}, ${revision}, ${[...ids]}::bigint[])
            returning id, epoch
          ), retired as (
            insert into retired_epochs (project_id, epoch, state_vector)
            select id, epoch - 1, ${asBuffer(stateVector)} from advanced
          ), snapshot as (
            insert into document_snapshots (project_id, epoch, revision, state)
            select id, epoch, 1, ${asBuffer(state)} from advanced
            on conflict (project_id) do update
            set epoch = excluded.epoch, revision = document_snapshots.revision + 1, state = excluded.state, updated_at = now()
          ), deleted as (
            delete from document_updates
            where project_id in (select id from advanced) and epoch < (select epoch from advanced)
            returning project_id, author_id, created_at
          ), editors as (
            ${keepEditors(sql)}
          ), forgotten as (
            delete from document_authorship
            where project_id in (select id from advanced) and epoch < (select epoch from advanced)
          )
          select epoch from advanced`,
      )
      return replaced[0]?.epoch ?? null
    },
  }
}

function compactStatement(sql: Sql, { projectId, epoch, revision, state, stretches, ids }: Compaction) {
  return sql<{ swapped: boolean }[]>`
    with swapped as (
      update document_snapshots
      set revision = revision + 1, state = ${asBuffer(state)}, updated_at = now()
      where project_id = ${projectId} and epoch = ${epoch} and revision = ${revision}
      returning project_id
    ), deleted as (
      delete from document_updates
      where id = any(${[...ids]}::bigint[]) and exists (select 1 from swapped)
      returning project_id, author_id, created_at
    ), editors as (
      ${keepEditors(sql)}
    ), authorship as (
      insert into document_authorship (project_id, epoch, client_id, clock, length, author_id, at)
      select swapped.project_id, ${epoch}, stretch.client_id, stretch.clock, stretch.length, stretch.author_id, stretch.at
      from swapped, unnest(
        ${stretches.map(({ clientId }) => clientId)}::bigint[],
        ${stretches.map(({ clock }) => clock)}::bigint[],
        ${stretches.map(({ length }) => length)}::bigint[],
        ${stretches.map(({ authorId }) => authorId)}::text[],
        ${stretches.map(({ atMs }) => new Date(atMs).toISOString())}::text[]::timestamptz[]
      ) as stretch (client_id, clock, length, author_id, at)
      on conflict (project_id, epoch, client_id, clock) do nothing
    )
    select exists (select 1 from swapped) as swapped`
}

/** Who had worked by the rows that a statement has `deleted` from the log. */
function keepEditors(sql: Sql) {
  return sql`
    insert into document_editors (project_id, user_id, last_at)
    select project_id, author_id, max(created_at)
    from deleted
    where author_id is not null
    group by project_id, author_id
    order by project_id, author_id
    on conflict (project_id, user_id) do update set last_at = greatest(document_editors.last_at, excluded.last_at)`
}

function collect(rows: readonly LoadRow[]): StoredDocument {
  const document: StoredDocument = { epoch: rows[0]?.epoch ?? 1, revision: 0, snapshot: null, updates: [], retired: [] }
  for (const { kind, id, revision, payload, authorId, createdAt } of rows) {
    if (!payload) continue
    if (kind === 'snapshot') {
      document.snapshot = payload
      document.revision = Number(revision)
    } else if (kind === 'update') document.updates.push({ id, payload, authorId, createdAt: createdAt ?? new Date(0) })
    else document.retired.push(payload)
  }
  return document
}

/** A view as the Buffer that postgres.js sends as bytea; nothing is copied. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
