// Which table a bearer token is looked up in: sessions, or API tokens.

import type { UserId } from '../../shared/ids.ts'
import type { ApiTokensStore, FoundApiToken } from '../store/api-tokens-store.ts'
import type { SessionRow, SessionsStore } from '../store/sessions-store.ts'
import { digestOf, isApiToken } from './secret-token.ts'

/** Finds who a token belongs to. Errors: store_unavailable. */
export interface TokenLookUp {
  find(token: string): Promise<SessionRow | FoundApiToken | null>
  /** When a session ends as of now; null when it has, and for an API token, whose end is never put off. */
  expiryOf(userId: UserId, tokenHash: string): Promise<Date | null>
}

/** The look-up over both tables. */
export function createTokenLookUp(
  sessions: Pick<SessionsStore, 'find' | 'expiryOf'>,
  apiTokens: Pick<ApiTokensStore, 'find'>,
): TokenLookUp {
  return {
    find: (token) => (isApiToken(token) ? apiTokens.find(digestOf(token)) : sessions.find(token)),
    expiryOf: (userId, tokenHash) => sessions.expiryOf(userId, tokenHash),
  }
}
