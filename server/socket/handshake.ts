// Who opens a socket: the token it brings, or the cookie with an origin that may use it.

import { AppError } from '../../shared/errors.ts'
import { isAllowedOrigin, tokenFrom, type HeaderSource } from '../auth/credentials.ts'
import type { Session, Sessions } from '../auth/sessions.ts'

export interface HandshakeOptions {
  sessions: Sessions
  publicUrl: () => string
}

/**
 * The session of a socket. An explicit token (event payload, query or Authorization header) may come from any origin, a cookie only
 * from ours: a browser sends it along for whatever page opens the socket. Throws AppError: unauthenticated, origin_not_allowed, store_unavailable.
 */
export async function authenticate(
  { sessions, publicUrl }: HandshakeOptions,
  request: { headers: HeaderSource; origin: string | undefined; explicitToken: string | undefined },
): Promise<Session> {
  const credential = request.explicitToken ? { token: request.explicitToken, via: 'bearer' as const } : tokenFrom(request.headers)
  if (!credential) throw new AppError('unauthenticated')
  if (credential.via === 'cookie' && !isAllowedOrigin(request.origin, publicUrl())) throw new AppError('origin_not_allowed')
  const session = await sessions.resolve(credential.token)
  if (!session) throw new AppError('unauthenticated')
  return session
}
