// Puts the provider's snapshot together from what it knows itself and what its parts say.

import type { Role } from '../../shared/domain/roles.ts'
import type { ErrorBody } from '../../shared/errors.ts'
import type { MemberSummary, PresentPerson } from '../../shared/wire/events.ts'
import type { Connection } from '../net/connection.ts'
import type { Conversation } from './conversation.ts'
import type { LocalCopy } from './local-copy.ts'
import type { Membership } from './membership.ts'
import type { ClosedReason, ProviderState } from './provider-state.ts'
import { connectionStateOf, saveStateOf } from './save-state.ts'

/** What the provider itself knows; the rest is its parts' to say. */
export interface ProviderFacts {
  epoch: number | null
  role: Role | null
  present: readonly PresentPerson[]
  members: readonly MemberSummary[]
  isLoaded: boolean
  /** Whether it was in the project once: a wait is a reconnecting from then on. */
  wasLive: boolean
  closed: { reason: ClosedReason; error: ErrorBody | null } | null
  lostText: string | null
}

export interface ProviderParts {
  connection: Connection
  membership: Membership
  conversation: Conversation
  copy: LocalCopy
}

/** What is known before anything has happened. */
export function firstFacts(epoch: number | null): ProviderFacts {
  return { epoch, role: null, present: [], members: [], isLoaded: false, wasLive: false, closed: null, lostText: null }
}

/** The snapshot as of now. */
export function snapshotOf(facts: ProviderFacts, { connection, membership, conversation, copy }: ProviderParts): ProviderState {
  const { epoch, role, present, members, isLoaded, wasLive, closed, lostText } = facts
  const { hasUnsaved, unsavedCount, refusal } = conversation.writer
  const { isJoined, phase } = membership
  return {
    save: saveStateOf({ isOpen: connection.isOpen, isJoined, hasUnsaved, unsavedCount, refusal }),
    connection: connectionStateOf({ closed, line: connection.status, membership: phase, wasLive }),
    role,
    present,
    members,
    epoch,
    isLoaded,
    isSynced: conversation.isSynced,
    isKept: copy.isKept,
    refusal,
    lostText,
  }
}
