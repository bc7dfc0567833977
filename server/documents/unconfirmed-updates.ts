// What other nodes have told of and not yet committed: it is in the replica, and nobody knows whether it will last.

import { decodeUpdate, UpdateContents, type DecodedUpdate } from './update-coverage.ts'

/** An update by its number on the node that told of it. */
export interface UnconfirmedUpdate {
  seq: number
  authorId: string | null
  update: Uint8Array
  atMs: number
}

/** A node logs what it tells of; what it has not confirmed by then is logged by whoever heard of it. */
const confirmWithinMs = 5_000

/** Of one document. */
export class UnconfirmedUpdates {
  readonly #byNode = new Map<string, UnconfirmedUpdate[]>()
  #contents: UpdateContents | undefined

  get size(): number {
    let size = 0
    for (const updates of this.#byNode.values()) size += updates.length
    return size
  }

  add(node: string, update: UnconfirmedUpdate): void {
    const known = this.#byNode.get(node)
    if (known) known.push(update)
    else this.#byNode.set(node, [update])
    this.#contents = undefined
  }

  /** The node has committed all up to `seq`. */
  confirm(node: string, seq: number): void {
    this.#keep(node, (update) => update.seq > seq)
  }

  /** Takes out what was not confirmed in time, or never will be since its node is gone. */
  takeOverdue(nowMs: number, isGone: (node: string) => boolean): UnconfirmedUpdate[] {
    const overdue: UnconfirmedUpdate[] = []
    for (const node of [...this.#byNode.keys()]) {
      const areAll = isGone(node)
      this.#keep(node, (update) => {
        const isOverdue = areAll || nowMs - update.atMs > confirmWithinMs
        if (isOverdue) overdue.push(update)
        return !isOverdue
      })
    }
    return overdue
  }

  /** Whether any of the update is among them. */
  hasPartOf(update: DecodedUpdate): boolean {
    if (this.#byNode.size === 0) return false
    this.#contents ??= new UpdateContents([...this.#byNode.values()].flat().flatMap(({ update: bytes }) => decoded(bytes)))
    return this.#contents.overlaps(update)
  }

  #keep(node: string, isKept: (update: UnconfirmedUpdate) => boolean): void {
    const kept = this.#byNode.get(node)?.filter(isKept) ?? []
    if (kept.length > 0) this.#byNode.set(node, kept)
    else this.#byNode.delete(node)
    this.#contents = undefined
  }
}

/** What cannot be read was not applied either. */
function decoded(bytes: Uint8Array): DecodedUpdate[] {
  try {
    return [decodeUpdate(bytes)]
  } catch {
    return []
  }
}
