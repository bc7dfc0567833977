// What a provider tells the page: one immutable snapshot, replaced as a whole when anything in it changes.

import type { ErrorBody } from '../../shared/errors.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { MemberSummary, PresentPerson } from '../../shared/wire/events.ts'

/**
 * `saved`: every local edit is committed on the server. `saving`: in the project, some edits are not acked yet (with reason
 * `refused`: and will not be until something changes, see `refusal`). `offline`: not in the project; edits are kept here.
 */
export interface SaveState {
  readonly state: 'saved' | 'saving' | 'offline'
  /** Whether an edit may exist only here; true as well for a copy from storage until the server has confirmed it. */
  readonly hasUnsaved: boolean
  /** Local changes not acked yet; 0 beside `hasUnsaved` means that it is not known how many. */
  readonly unsavedCount: number
  readonly reason: 'not_connected' | 'not_joined' | 'refused' | null
}

/** Why a provider stopped for good; a new one has to be made to go on. */
export type ClosedReason = 'unauthenticated' | 'access_lost' | 'not_found' | 'stale_epoch' | 'refused' | 'destroyed'

/** Times are as of `Date.now()`; `nextTryAt` is null while a try is under way. */
export type ProviderConnection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'reconnecting'; readonly attempt: number; readonly nextTryAt: number | null }
  | { readonly state: 'draining'; readonly nextTryAt: number }
  | { readonly state: 'closed'; readonly reason: ClosedReason; readonly error: ErrorBody | null }

export interface ProviderState {
  readonly save: SaveState
  readonly connection: ProviderConnection
  /** Null until the first join, and after access was lost. */
  readonly role: Role | null
  readonly present: readonly PresentPerson[]
  readonly members: readonly MemberSummary[]
  readonly epoch: number | null
  /** Whether the local copy was read, or there is none: what is in the document may be shown. */
  readonly isLoaded: boolean
  /** Whether the document has held all that the server had, at least once. Stays true offline. */
  readonly isSynced: boolean
  /** Whether edits survive a reload of the page while offline: a storage was given and works. */
  readonly isKept: boolean
  /**
   * The refusal of the last write that still stands: `retryable` ones are tried again, of the others (`read_only`,
   * `document_full`, `too_large`) the edit stays in the document, unsaved. Null again once a write is acked.
   */
  readonly refusal: ErrorBody | null
  /** The whole local text, when the provider closed while `hasUnsaved`: for the person to copy. */
  readonly lostText: string | null
}
