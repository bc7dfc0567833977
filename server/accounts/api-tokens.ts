// API tokens: made by a person for a script or an editor, narrower than the person, listed and deleted by them.

import { scopes } from '../../shared/domain/scopes.ts'
import { AppError } from '../../shared/errors.ts'
import { isProjectId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { ApiToken, CreateApiTokenRequest, NewApiToken } from '../../shared/wire/accounts.ts'
import type { Audit } from '../audit/audit.ts'
import type { LastUsed } from '../auth/last-used.ts'
import { digestOf, newApiToken } from '../auth/secret-token.ts'
import type { Session, Sessions } from '../auth/sessions.ts'
import type { Config } from '../base/config.ts'
import { requireWholePerson } from '../projects/access.ts'
import type { ApiTokenRow, ApiTokensStore } from '../store/api-tokens-store.ts'

export interface ApiTokensOptions {
  store: ApiTokensStore
  sessions: Sessions
  lastUsed: LastUsed
  audit: Audit
  config: Pick<Config, 'PERSON_API_TOKENS_MAX'>
  now?: () => number
}

const dayMs = 24 * 60 * 60 * 1_000

/** What the API does with them; no token may do any of it. Errors of all: token_not_allowed, store_unavailable, overloaded. */
export class ApiTokens {
  readonly #options: ApiTokensOptions
  readonly #now: () => number

  constructor(options: ApiTokensOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** Makes one; it is shown this once. Errors: not_found for a project that the person is not in, too_many_tokens. */
  async create(session: Session, request: CreateApiTokenRequest): Promise<NewApiToken> {
    requireWholePerson(session)
    const { store, config, audit } = this.#options
    const { userId } = session
    const projectIds = request.projectIds === undefined ? null : [...new Set(request.projectIds)]
    if (projectIds !== null && (await store.countProjects(userId, projectIds)) < projectIds.length) throw new AppError('not_found')
    const token = newApiToken()
    const wanted = scopes.filter((scope) => request.scopes.includes(scope))
    const expiresAt = new Date(this.#now() + (request.expiresInDays ?? limits.apiTokenDays) * dayMs)
    const made = { userId, name: request.name, tokenHash: digestOf(token), scopes: wanted, projectIds, expiresAt }
    const row = await store.create(made, config.PERSON_API_TOKENS_MAX)
    if (!row) throw new AppError('too_many_tokens')
    await audit.record({
      kind: 'account.token_made',
      actorId: userId,
      subjectId: userId,
      details: { name: row.name, scopes: wanted.join(' ') },
    })
    return { ...present(row), token }
  }

  /** All of the person's, last made first; expired ones too, so that it is seen why a script stopped. */
  async list(session: Session): Promise<ApiToken[]> {
    requireWholePerson(session)
    await this.#options.lastUsed.flush()
    return (await this.#options.store.list(session.userId)).map(present)
  }

  /** Deletes one; what was opened with it ends. Errors: api_token_not_found. */
  async delete(session: Session, tokenId: string): Promise<void> {
    requireWholePerson(session)
    const { store, sessions, audit } = this.#options
    const { userId } = session
    // Ids of projects and of tokens are written alike.
    const deleted = isProjectId(tokenId) ? await store.delete(userId, tokenId) : null
    if (!deleted) throw new AppError('api_token_not_found')
    sessions.revoke(deleted.tokenHash)
    await audit.record({ kind: 'account.token_deleted', actorId: userId, subjectId: userId, details: { name: deleted.name } })
  }
}

function present({ createdAt, lastUsedAt, expiresAt, ...token }: ApiTokenRow): ApiToken {
  return {
    ...token,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
  }
}
