// What other nodes have told of and this replica is about to take: gathered for a turn of the event loop, applied in one Yjs transaction.

import * as Y from 'yjs'
import type { Origin } from './inbound-update.ts'
import type { EditedBy } from './peer-message.ts'
import { waitingBytes } from './replica.ts'

/** An update that another node has applied, and logs itself. */
export interface PeerUpdate {
  readonly update: Uint8Array
  readonly by: EditedBy
  /** Called when something is missing that it builds on, or it cannot be applied: the two replicas must be compared. */
  readonly onGap?: () => void
}

/** Of one replica. `onApplied` is told how many bytes each update had. */
export class PeerInbox {
  readonly #doc: Y.Doc
  readonly #onApplied: (bytes: number) => void
  #told: PeerUpdate[] = []

  constructor(doc: Y.Doc, onApplied: (bytes: number) => void) {
    this.#doc = doc
    this.#onApplied = onApplied
  }

  get isEmpty(): boolean {
    return this.#told.length === 0
  }

  push(told: PeerUpdate): void {
    this.#told.push(told)
  }

  /** Takes all of it out. */
  clear(): PeerUpdate[] {
    return this.#told.splice(0)
  }

  apply(): void {
    const told = this.clear()
    if (told.length === 0) return
    const waiting = waitingBytes(this.#doc)
    const failed = runsOf(told).flatMap((run) => this.#applyRun(run))
    const stillWaiting = waitingBytes(this.#doc)
    // What had waited here for these words came in as theirs, and the others have not been told of it.
    const hasGap = stillWaiting > waiting || (waiting > 0 && stillWaiting < waiting)
    for (const one of hasGap ? told : failed) one.onGap?.()
  }

  /** Gives what could not be applied: another node, of a later version perhaps, must not end this one. */
  #applyRun({ told, by }: Run): PeerUpdate[] {
    const failed: PeerUpdate[] = []
    try {
      this.#doc.transact(
        () => {
          for (const one of told) if (!this.#applyOne(one)) failed.push(one)
        },
        { ...by, isFromPeer: true } satisfies Origin,
      )
    } catch {
      // It showed at the end of the transaction only, so nobody knows whose it was.
      return told
    }
    return failed
  }

  #applyOne({ update }: PeerUpdate): boolean {
    try {
      Y.applyUpdate(this.#doc, update)
    } catch {
      return false
    }
    this.#onApplied(update.byteLength)
    return true
  }
}

/** Updates that can be one transaction: whose each word is can still be told from what is said of all of them. */
interface Run {
  told: PeerUpdate[]
  by: EditedBy
}

function runsOf(told: readonly PeerUpdate[]): Run[] {
  const runs: Run[] = []
  for (const one of told) {
    const last = runs.at(-1)
    const by = last && together(last.by, one.by)
    if (last && by) {
      last.told.push(one)
      last.by = by
    } else runs.push({ told: [one], by: one.by })
  }
  return runs
}

/** Undefined when the two could not be told apart any more: a server writes for many by one Yjs client, and from several sources. */
function together(one: EditedBy, other: EditedBy): EditedBy | undefined {
  if (one.authors === undefined || other.authors === undefined || one.itemSource !== other.itemSource) return undefined
  for (const [client, author] of other.authors) if ((one.authors.get(client) ?? author) !== author) return undefined
  const userId = one.userId === other.userId ? one.userId : null
  return { userId, itemSource: one.itemSource, authors: new Map([...one.authors, ...other.authors]) }
}
