// The statements of versions: make the next one, list, read, name and delete them.

import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { VersionKind } from '../../shared/wire/versions.ts'
import type { Database, Sql } from './database.ts'

/** Someone who worked on a version; without a name when the account is gone. */
export interface VersionPerson {
  userId: UserId
  name: string | null
}

/** A version without its text. */
export interface VersionRow {
  id: string
  number: number
  kind: VersionKind
  name: string | null
  authorId: UserId | null
  /** Who worked since the version before, the last one first. */
  authors: VersionPerson[]
  restoredFrom: { id: string; name: string | null; createdAt: string } | null
  sizeBytes: number
  createdAt: Date
}

/** What the next version is measured against. */
export interface LastVersion {
  /** Null when there is none yet. */
  id: string | null
  number: number
  name: string | null
  textHash: Uint8Array | null
  /** The database's time, from before anything else is read. */
  now: Date
}

export interface NewVersion {
  projectId: ProjectId
  /** The number of the last version as it was seen. */
  after: number
  kind: VersionKind
  name: string | null
  /** Null: whoever worked last. */
  authorId: UserId | null
  restoredFrom: string | null
  textHash: Uint8Array
  content: Uint8Array
  sizeBytes: number
  takenAt: Date
}

export interface ListVersionsQuery {
  projectId: ProjectId
  isNamedOnly: boolean
  /** Only those with a lower number. */
  before: number | null
  limit: number
}

/** INVARIANT: numbers of one project ascend without two of a kind; every method is one statement. Errors of all: store_unavailable, overloaded. */
export interface VersionsStore {
  /** Null when there is no such project. */
  last(projectId: ProjectId): Promise<LastVersion | null>
  /** Gives its id, or null, having changed nothing, when `after` is no longer the last one. */
  insert(version: NewVersion): Promise<string | null>
  /** Gives a version a name (null takes it away) and who gave it; false when there is none. */
  rename(change: { projectId: ProjectId; id: string; name: string | null; authorId: UserId }): Promise<boolean>
  /** Newest first. */
  list(query: ListVersionsQuery): Promise<VersionRow[]>
  find(projectId: ProjectId, id: string): Promise<(VersionRow & { content: Uint8Array }) | null>
  countNamed(projectId: ProjectId): Promise<number>
  remove(projectId: ProjectId, id: string): Promise<boolean>
}

/** The store over a database. */
export function createVersionsStore(database: Database): VersionsStore {
  return {
    async last(projectId) {
      const rows = await database.query<LastVersion>(
        'versions.last',
        (sql) => sql<LastVersion[]>`
          select last.id, coalesce(last.number, 0) as number, last.name, last.text_hash as "textHash", now() as now
          from projects
          left join lateral (
            select id, number, name, text_hash from versions where project_id = projects.id order by number desc limit 1
          ) as last on true
          where projects.id = ${projectId}`,
      )
      return rows[0] ?? null
    },

    async insert(version) {
      const rows = await database.query<{ id: string }>('versions.insert', (sql) => insertStatement(sql, version))
      return rows[0]?.id ?? null
    },

    async rename({ projectId, id, name, authorId }) {
      const rows = await database.query(
        'versions.rename',
        (sql) => sql`
          update versions
          set name = ${name}, author_id = case when ${name}::text is null then author_id else ${authorId} end
          where project_id = ${projectId} and id = ${id}
          returning id`,
      )
      return rows.length > 0
    },

    list: ({ projectId, isNamedOnly, before, limit }) =>
      database.query<VersionRow>(
        'versions.list',
        (sql) => sql<VersionRow[]>`
          select ${versionColumns(sql)}
          from versions v
          where v.project_id = ${projectId}
            ${before === null ? sql`` : sql`and v.number < ${before}`}
            ${isNamedOnly ? sql`and v.name is not null` : sql``}
          order by v.number desc
          limit ${limit}`,
      ),

    async find(projectId, id) {
      const rows = await database.query<VersionRow & { content: Uint8Array }>(
        'versions.find',
        (sql) => sql<(VersionRow & { content: Uint8Array })[]>`
          select ${versionColumns(sql)}, v.content
          from versions v
          where v.project_id = ${projectId} and v.id = ${id}`,
      )
      return rows[0] ?? null
    },

    async countNamed(projectId) {
      const rows = await database.query<{ count: number }>(
        'versions.count_named',
        (sql) => sql<{ count: number }[]>`
          select count(*)::integer as count from versions where project_id = ${projectId} and name is not null`,
      )
      return rows[0]?.count ?? 0
    },

    async remove(projectId, id) {
      const rows = await database.query(
        'versions.remove',
        (sql) => sql`delete from versions where project_id = ${projectId} and id = ${id} returning id`,
      )
      return rows.length > 0
    },
  }
}

/**
 * Who worked since the last version: authors of the log's rows, and of those that compaction has taken out of it. The work that is noted is
 * done with, unless there was more of it meanwhile.
 */
function insertStatement(sql: Sql, version: NewVersion) {
  const { projectId, after, kind, name, authorId, restoredFrom, textHash, content, sizeBytes, takenAt } = version
  return sql<{ id: string }[]>`
    with last as (
      select coalesce(max(number), 0) as number, coalesce(max(taken_at), '-infinity') as taken_at
      from versions where project_id = ${projectId}
    ), workers as (
      select author_id as user_id, created_at as at from document_updates, last
      where project_id = ${projectId} and author_id is not null and created_at > last.taken_at
      union all
      select user_id, last_at from document_editors, last
      where project_id = ${projectId} and last_at > last.taken_at
    ), authors as (
      select coalesce(array_agg(user_id order by at desc), '{}') as ids
      from (select user_id, max(at) as at from workers group by user_id) as each
    ), made as (
      insert into versions (
        project_id, number, kind, name, author_id, author_ids, restored_from, text_hash, content, size_bytes, taken_at, thin_after
      )
      select ${projectId}::uuid, ${after + 1}::integer, ${kind}, ${name}::text, coalesce(${authorId}::text, authors.ids[1]), authors.ids,
        ${restoredFrom}::uuid, ${asBuffer(textHash)}::bytea, ${asBuffer(content)}::bytea, ${sizeBytes}::integer,
        ${takenAt}::timestamptz, now() + interval '1 day'
      from last, authors
      where last.number = ${after}
      on conflict (project_id, number) do nothing
      returning id
    ), done as (
      delete from version_work
      where project_id = ${projectId} and last_at <= ${takenAt} and exists (select 1 from made)
    ), more as (
      update version_work set first_at = last_at, claimed_until = null
      where project_id = ${projectId} and last_at > ${takenAt} and exists (select 1 from made)
    )
    select id from made`
}

function versionColumns(sql: Sql) {
  return sql`
    v.id, v.number, v.kind, v.name, v.author_id as "authorId", v.size_bytes as "sizeBytes", v.created_at as "createdAt",
    (
      select coalesce(jsonb_agg(jsonb_build_object('userId', author.id, 'name', u."name") order by author.place), '[]')
      from unnest(v.author_ids) with ordinality as author (id, place)
      left join "user" u on u."id" = author.id
    ) as "authors",
    (
      select jsonb_build_object('id', r.id, 'name', r.name, 'createdAt', r.created_at)
      from versions r where r.id = v.restored_from
    ) as "restoredFrom"`
}

/** A view as the Buffer that postgres.js sends as bytea; nothing is copied. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
