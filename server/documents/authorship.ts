// Who brought which words first: stretches of Yjs clocks, taken from updates whose author the session has named.

import * as Y from 'yjs'
import type { UserId } from '../../shared/ids.ts'

/** So many clocks of a Yjs client from `clock` on, brought by one person at about one time. */
export interface Stretch {
  clientId: number
  clock: number
  length: number
  authorId: UserId
  /** Milliseconds since 1970. */
  atMs: number
}

/** An update as the log has it; without an author it is the server's own. */
export interface AuthoredUpdate {
  payload: Uint8Array
  authorId: UserId | null
  createdAt: Date
}

/** What one person typed within this time is one stretch, dated by its beginning. */
const sameTimeMs = 10 * 60_000

/**
 * INVARIANTS: stretches of a client ascend and do not overlap; what is claimed stays claimed. So words belong to whoever's session
 * brought them to the server first, whatever client id they come under and however often others send them again.
 */
export class Authorship {
  readonly #byClient = new Map<number, Stretch[]>()

  /** Gives a stretch to its author, but for what somebody has already. */
  claim(stretch: Stretch): void {
    const known = this.#byClient.get(stretch.clientId) ?? []
    this.#byClient.set(stretch.clientId, known)
    let { clock } = stretch
    const end = stretch.clock + stretch.length
    let index = firstEndingAfter(known, clock)
    while (clock < end) {
      const next = known[index]
      const gapEnd = Math.min(end, next?.clock ?? end)
      if (gapEnd > clock) {
        const isJoined = join(known[index - 1], { ...stretch, clock, length: gapEnd - clock })
        if (!isJoined) known.splice(index++, 0, { ...stretch, clock, length: gapEnd - clock })
      }
      if (!next) return
      clock = next.clock + next.length
      index++
    }
  }

  /** Claims for its author what an update inserts beyond the clocks of `known`. */
  claimUpdate({ payload, authorId, createdAt }: AuthoredUpdate, known?: ReadonlyMap<number, number>): void {
    if (authorId === null) return
    for (const { id, length } of structsOf(payload)) {
      const clock = Math.max(id.clock, known?.get(id.client) ?? 0)
      const end = id.clock + length
      if (end > clock) this.claim({ clientId: id.client, clock, length: end - clock, authorId, atMs: createdAt.getTime() })
    }
  }

  /** The stretches that lie in `length` clocks from `clock` on, cut to them, in order; what nobody has claimed is left out. */
  *within(clientId: number, clock: number, length: number): Generator<Stretch> {
    const known = this.#byClient.get(clientId) ?? []
    for (let index = firstEndingAfter(known, clock); index < known.length; index++) {
      const stretch = known[index]
      if (!stretch || stretch.clock >= clock + length) return
      const from = Math.max(clock, stretch.clock)
      yield { ...stretch, clock: from, length: Math.min(clock + length, stretch.clock + stretch.length) - from }
    }
  }

  /** Claims what a log adds to its snapshot: what is in that already belongs to whom it belonged, or to nobody. */
  claimLog({ snapshot, updates }: { snapshot: Uint8Array | null; updates: readonly AuthoredUpdate[] }): void {
    const known = snapshot ? Y.decodeStateVector(Y.encodeStateVectorFromUpdate(snapshot)) : undefined
    for (const update of updates) this.claimUpdate(update, known)
  }

  /** All of them. */
  all(): Stretch[] {
    return [...this.#byClient.values()].flat()
  }
}

/** Lengthens `last` by `next` where they are of one person, one time and one piece; gives whether it did. */
function join(last: Stretch | undefined, next: Stretch): boolean {
  const isOne =
    last !== undefined &&
    last.authorId === next.authorId &&
    last.clock + last.length === next.clock &&
    Math.abs(next.atMs - last.atMs) < sameTimeMs
  if (isOne) last.length += next.length
  return isOne
}

/** The index of the first stretch that ends after `clock`, by halving. */
function firstEndingAfter(stretches: readonly Stretch[], clock: number): number {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const stretch = stretches[middle]
    if (stretch && stretch.clock + stretch.length <= clock) low = middle + 1
    else high = middle
  }
  return low
}

/** A row that Yjs cannot read is in no text either. */
function structsOf(payload: Uint8Array): (Y.Item | Y.GC)[] {
  try {
    return Y.decodeUpdate(payload).structs.filter((struct) => !(struct instanceof Y.Skip))
  } catch {
    return []
  }
}
