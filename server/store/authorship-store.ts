// What the store knows of who wrote what in a document: kept stretches, and the log for the rest.

import type { UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** A stretch of a Yjs client's clock and who brought it. */
export interface StretchRow {
  clientId: number
  clock: number
  length: number
  authorId: UserId
  atMs: number
}

/** Read in one statement, so that nothing is missing while compaction moves it from the one to the other. */
export interface StoredAuthorship {
  /** What is in it and in no stretch is nobody's. */
  snapshot: Uint8Array | null
  /** The earlier first. */
  stretches: StretchRow[]
  /** In the order of their ids. */
  updates: { payload: Uint8Array; authorId: UserId | null; createdAt: Date }[]
}

export interface AuthorshipStore {
  read(projectId: string, epoch: number): Promise<StoredAuthorship>
  /** The names of those of `userIds` who still have an account. */
  names(userIds: readonly UserId[]): Promise<Map<UserId, string>>
}

interface Row {
  kind: 'stretch' | 'snapshot' | 'update'
  clientId: string | null
  clock: string | null
  length: string | null
  payload: Uint8Array | null
  authorId: string | null
  at: Date
}

/** The store over a database. Errors of all: store_unavailable, overloaded. */
export function createAuthorshipStore(database: Database): AuthorshipStore {
  return {
    async read(projectId, epoch) {
      const rows = await database.query<Row>(
        'authorship.read',
        (sql) => sql<Row[]>`
          select 'stretch' as kind, client_id as "clientId", clock, length, null::bytea as payload, author_id as "authorId", at, 0 as id
          from document_authorship
          where project_id = ${projectId} and epoch = ${epoch}
          union all
          select 'snapshot', null, null, null, state, null, updated_at, 0
          from document_snapshots
          where project_id = ${projectId} and epoch = ${epoch}
          union all
          select 'update', null, null, null, payload, author_id, created_at, id
          from document_updates
          where project_id = ${projectId} and epoch = ${epoch}
          order by id, at`,
      )
      return collect(rows)
    },

    async names(userIds) {
      const rows = await database.query<{ id: string; name: string }>(
        'authorship.names',
        (sql) =>
          sql<{ id: string; name: string }[]>`select "id" as id, "name" as name from "user" where "id" = any(${[...userIds]}::text[])`,
      )
      return new Map(rows.map(({ id, name }) => [id, name]))
    },
  }
}

function collect(rows: readonly Row[]): StoredAuthorship {
  const stored: StoredAuthorship = { snapshot: null, stretches: [], updates: [] }
  for (const { kind, clientId, clock, length, payload, authorId, at } of rows) {
    if (kind === 'snapshot') stored.snapshot = payload
    else if (payload) stored.updates.push({ payload, authorId, createdAt: at })
    else if (authorId !== null) {
      stored.stretches.push({ clientId: Number(clientId), clock: Number(clock), length: Number(length), authorId, atMs: at.getTime() })
    }
  }
  return stored
}
