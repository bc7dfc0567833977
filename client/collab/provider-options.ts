// What a provider is made from.

import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { Connection } from '../net/connection.ts'
import type { ReadEvents } from './app-event-stream.ts'
import type { CopyStorage } from './storage.ts'

export interface ProviderOptions {
  projectId: string
  connection: Connection
  /** Made here, and destroyed with the provider, unless given. A given one must be empty or of `epoch`. */
  doc?: Y.Doc
  /** Made here, and destroyed with the provider, unless given. */
  awareness?: Awareness
  /** Where the copy for the next visit is kept; without one, edits made offline end with the page. */
  storage?: CopyStorage
  /** The epoch of what a given `doc` already holds. */
  epoch?: number
  /** Reads events of the project that were missed; without it features are told to read everything anew. */
  readEvents?: ReadEvents
  /** Told once when the server keeps sending changes whose predecessors nobody can give. */
  onGap?: () => void
  /** Told of bytes that cannot be applied and of storage that fails; both are survived. */
  onFault?: (fault: unknown) => void
  /** How long a join or a write may go unanswered before it is done again; 15 s unless given. */
  ackTimeoutMs?: number
  /** 0 to 1; tests pass their own. */
  random?: () => number
}
