// From facts to what the page may say: whether everything is saved, and how the provider stands with the server.

import type { ErrorBody } from '../../shared/errors.ts'
import { localError } from '../../shared/local-errors.ts'
import type { ConnectionStatus } from '../net/connection.ts'
import type { MembershipPhase } from './membership.ts'
import type { ClosedReason, ProviderConnection, SaveState } from './provider-state.ts'

export interface SaveFacts {
  isOpen: boolean
  isJoined: boolean
  hasUnsaved: boolean
  unsavedCount: number
  refusal: ErrorBody | null
}

/** The save state; nothing but acks makes it `saved`. */
export function saveStateOf({ isOpen, isJoined, hasUnsaved, unsavedCount, refusal }: SaveFacts): SaveState {
  if (!isJoined) {
    return { state: 'offline', hasUnsaved, unsavedCount, reason: isOpen ? 'not_joined' : 'not_connected' }
  }
  if (!hasUnsaved) {
    return { state: 'saved', hasUnsaved, unsavedCount, reason: null }
  }
  return { state: 'saving', hasUnsaved, unsavedCount, reason: refusal !== null && !refusal.retryable ? 'refused' : null }
}

export interface ConnectionFacts {
  closed: { reason: ClosedReason; error: ErrorBody | null } | null
  line: ConnectionStatus
  membership: MembershipPhase
  wasLive: boolean
}

/** How the provider stands: the line's state, and once that is open, the membership's. */
export function connectionStateOf({ closed, line, membership, wasLive }: ConnectionFacts): ProviderConnection {
  if (closed !== null) {
    return { state: 'closed', ...closed }
  }
  if (line.state === 'closed') {
    return { state: 'closed', reason: reasonOf(line.error), error: line.error }
  }
  if (line.state !== 'connected') return line
  if (membership.state === 'joined') {
    return { state: 'live' }
  }
  if (membership.state === 'waiting') {
    return { state: 'reconnecting', attempt: membership.attempt, nextTryAt: membership.nextTryAt }
  }
  return wasLive || membership.attempt > 0
    ? { state: 'reconnecting', attempt: Math.max(1, membership.attempt), nextTryAt: null }
    : { state: 'connecting' }
}

/** Why a refusal that no trying again can help ends the provider; null (the owner closed the line) counts as its end too. */
export function reasonOf(error: ErrorBody | null): ClosedReason {
  switch (error?.code) {
    case undefined:
      return 'destroyed'
    case 'unauthenticated':
    case 'not_found':
    case 'stale_epoch':
    case 'access_lost':
      return error.code
    case 'forbidden':
      return 'access_lost'
    default:
      return 'refused'
  }
}

/** `access` with no role and one of these says that the session ended, not the membership. */
const sessionEndReasons: readonly string[] = ['signed_out', 'session_expired']

/** The error that ends the provider when the server says that access ended, for the reason it gave. */
export function accessError(reason: string): ErrorBody {
  if (sessionEndReasons.includes(reason)) return localError('unauthenticated')
  const error = localError('access_lost')
  return reason === 'removed' ? { ...error, message: 'An owner removed you from it.' } : error
}
