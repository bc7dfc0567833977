// An update on its way into a document: its bytes, whose they are, and who is waiting to hear of it.

import { AppError } from '../../shared/errors.ts'
import type { ItemSource } from '../../shared/wire/items.ts'
import type { DecodedUpdate } from './update-coverage.ts'
import type { Settle } from './update-log.ts'

/** Who or what a change came from. `source` is the connection that must not hear its own words again, if there is one. */
export interface Origin {
  readonly userId: string | null
  readonly source?: object | undefined
  /** It was made on another node, which tells the others itself. */
  readonly isFromPeer?: boolean
  /** Whose the Yjs clients are whose words it brings, where several people's updates came in one turn. */
  readonly authors?: ReadonlyMap<number, string> | undefined
  /** Who took out what, where several people's updates came in one turn; perhaps more than was new. */
  readonly deletions?: readonly Deletion[]
  /** The server made it for that person, wherever they have the document open: it is a step of their undo. */
  readonly isOnBehalf?: boolean | undefined
  /** What new items in it come from, where that is not somebody's keyboard. */
  readonly itemSource?: ItemSource | undefined
}

/** Clocks of words that somebody took out, by the Yjs client whose they were. */
export interface Deletion {
  readonly userId: string
  readonly ranges: DecodedUpdate['deletions']
}

/** A Yjs update on its way in. */
export interface InboundUpdate {
  /** May be a view into a socket's buffer that stays as it is until the turn ends. */
  readonly update: Uint8Array
  readonly origin: Origin
  /** Called once: after COMMIT, or with why nothing of the update was applied. */
  readonly settle: Settle
  /** Called when the update builds on something that is missing here, so that its sender can be asked for that. */
  readonly onGap?: () => void
}

/** What became of the updates of one turn. */
export interface Turn {
  readonly applied: { inbound: InboundUpdate; decoded: DecodedUpdate; hasOpenedGap: boolean }[]
  /** Nothing of them was new. Settled only after what the same turn applied is in the log: that may be what covers them. */
  readonly covered: { inbound: InboundUpdate; decoded: DecodedUpdate }[]
  readonly failed: { inbound: InboundUpdate; error: AppError }[]
  /** By Yjs client, of what was applied. */
  readonly authors: Map<number, string>
  readonly deletions: Deletion[]
  /** Bytes that the log is about to be given. */
  bytes: number
}

/** Well-formed bytes that Yjs could not integrate, or not whole. */
export class HalfApplied extends AppError {
  constructor(cause: unknown) {
    super('invalid_frame', { cause })
  }
}

/** A turn has one source, and is one person's, only if all of it came from there. `authors` and `deletions` are filled as it is applied. */
export function turnOrigin(updates: readonly InboundUpdate[], { authors, deletions }: Pick<Turn, 'authors' | 'deletions'>): Origin {
  const { source, userId = null } = updates[0]?.origin ?? {}
  return {
    userId: updates.every(({ origin }) => origin.userId === userId) ? userId : null,
    source: updates.every(({ origin }) => origin.source === source) ? source : undefined,
    authors,
    deletions,
  }
}
