// Who asks for something, and how much of what they may do they ask with.

import type { Scope } from '../../shared/domain/scopes.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'

/** A person by a session, or by an API token of theirs, which may be narrower than they are. */
export interface Asker {
  readonly userId: UserId
  /** What the token was made for; null for a session, which may do everything its person may. */
  readonly scopes: readonly Scope[] | null
  /** The only projects the token works in; null for all of the person's. */
  readonly projectIds: readonly ProjectId[] | null
}

/** Someone with all that they may do, as a session of theirs has it. */
export function wholePerson(userId: UserId): Asker {
  return { userId, scopes: null, projectIds: null }
}
