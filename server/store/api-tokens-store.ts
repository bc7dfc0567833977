// Statements on API tokens: made, found by their hash, listed and deleted by their person.

import type { Scope } from '../../shared/domain/scopes.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'
import type { SessionRow } from './sessions-store.ts'

/** A token as its person sees it. */
export interface ApiTokenRow {
  id: string
  name: string
  scopes: Scope[]
  projectIds: ProjectId[] | null
  createdAt: Date
  lastUsedAt: Date | null
  expiresAt: Date
}

/** A token that is still good, with the person it belongs to and what it was made for. */
export interface FoundApiToken extends SessionRow {
  scopes: Scope[]
  projectIds: ProjectId[] | null
}

export interface NewApiToken {
  userId: UserId
  name: string
  tokenHash: Uint8Array
  scopes: readonly Scope[]
  projectIds: readonly ProjectId[] | null
  expiresAt: Date
}

/** Statements on API tokens. Errors of all: store_unavailable, overloaded. */
export interface ApiTokensStore {
  /** Makes one; null when the person has `max`, expired ones included. */
  create(token: NewApiToken, max: number): Promise<ApiTokenRow | null>
  /** The token with this hash that has not expired, or null. */
  find(tokenHash: Uint8Array): Promise<FoundApiToken | null>
  /** The person's, last made first; expired ones too. */
  list(userId: UserId): Promise<ApiTokenRow[]>
  /** Deletes one of the person's; gives its name and hash in hex, or null when there is none of this id. */
  delete(userId: UserId, tokenId: string): Promise<{ name: string; tokenHash: string } | null>
  /** How many of these projects the person is in. */
  countProjects(userId: UserId, projectIds: readonly ProjectId[]): Promise<number>
}

/** The store over a database. */
export function createApiTokensStore(database: Database): ApiTokensStore {
  return {
    create: (token, max) => createApiToken(database, token, max),

    async find(tokenHash) {
      const rows = await database.query<FoundApiToken>(
        'api_tokens.find',
        (sql) => sql<FoundApiToken[]>`
          select t.id, t.user_id as "userId", u."name", u."email", t.expires_at as "expiresAt", t.scopes, t.project_ids as "projectIds"
          from api_tokens t
          join "user" u on u."id" = t.user_id
          where t.token_hash = ${Buffer.from(tokenHash)}
            and t.expires_at > now()
            and u."deletedAt" is null`,
      )
      return rows[0] ?? null
    },

    list: (userId) =>
      database.query<ApiTokenRow>(
        'api_tokens.list',
        (sql) => sql<ApiTokenRow[]>`
          select id, name, scopes, project_ids as "projectIds", created_at as "createdAt", last_used_at as "lastUsedAt",
            expires_at as "expiresAt"
          from api_tokens
          where user_id = ${userId}
          order by created_at desc, id`,
      ),

    delete: (userId, tokenId) => deleteApiToken(database, userId, tokenId),

    async countProjects(userId, projectIds) {
      const rows = await database.query<{ count: number }>(
        'api_tokens.count_projects',
        (sql) => sql<{ count: number }[]>`
          select count(*)::integer as "count" from members where user_id = ${userId} and project_id = any (${[...projectIds]}::uuid[])`,
      )
      return rows[0]?.count ?? 0
    },
  }
}

async function createApiToken(database: Database, token: NewApiToken, max: number): Promise<ApiTokenRow | null> {
  const projectIds = token.projectIds === null ? null : [...token.projectIds]
  const rows = await database.query<ApiTokenRow>(
    'api_tokens.create',
    (sql) => sql<ApiTokenRow[]>`
      insert into api_tokens (user_id, name, token_hash, scopes, project_ids, expires_at)
      select ${token.userId}, ${token.name}, ${Buffer.from(token.tokenHash)}, ${[...token.scopes]}::text[], ${projectIds}::uuid[],
        ${token.expiresAt}
      where (select count(*) from api_tokens where user_id = ${token.userId}) < ${max}
      returning id, name, scopes, project_ids as "projectIds", created_at as "createdAt", last_used_at as "lastUsedAt",
        expires_at as "expiresAt"`,
  )
  return rows[0] ?? null
}

async function deleteApiToken(database: Database, userId: UserId, tokenId: string): Promise<{ name: string; tokenHash: string } | null> {
  const rows = await database.query<{ name: string; tokenHash: string }>(
    'api_tokens.delete',
    (sql) => sql<{ name: string; tokenHash: string }[]>`
      delete from api_tokens
      where id = ${tokenId}
        and user_id = ${userId}
      returning name, encode(token_hash, 'hex') as "tokenHash"`,
  )
  return rows[0] ?? null
}
