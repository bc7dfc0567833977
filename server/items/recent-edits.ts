// Who has put words into a document or taken some out within the last seconds, and where those stand.

import * as Y from 'yjs'
import type { UserId } from '../../shared/ids.ts'
import type { Span } from '../../shared/spec/span.ts'
import type { Origin } from '../documents/inbound-update.ts'
import type { CharId } from './anchors.ts'

/** Clocks of one Yjs client: words that somebody has put in, or taken out. */
interface Stretch {
  readonly userId: UserId
  readonly atMs: number
  readonly client: number
  readonly from: number
  readonly to: number
  readonly isTaken: boolean
}

/** A place where somebody has edited the text as it is; empty where they have only taken words out. */
export interface Edited extends Span {
  readonly userId: UserId
  readonly atMs: number
}

/** Words that somebody types fit; a whole document that is put in, or brought back, is nothing that two people type at once. */
const maxUpdateBytes = 64 * 1024
const maxStretches = 2_000

export class RecentEdits {
  readonly #windowMs: number
  #taken: Stretch[] = []
  /** Put in or taken out, and not located yet. */
  #open: Stretch[] = []
  /** Located, and not dealt with. */
  #located: Stretch[] = []

  /** Older ones are forgotten. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** Notes an update that is in the document now. */
  note(update: Uint8Array, { userId, authors, deletions }: Origin, atMs: number): void {
    this.#forgetOld(atMs)
    if (update.byteLength > maxUpdateBytes) return
    const { structs, ds } = Y.decodeUpdate(update)
    for (const struct of structs) {
      const by = authors === undefined ? userId : authors.get(struct.id.client)
      if (by === undefined || by === null || !(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue
      const { client, clock } = struct.id
      const { str } = struct.content
      const from = clock + str.length - str.trimStart().length
      // Line ends and blanks alone change no item.
      if (from < clock + str.length)
        append(this.#open, { userId: by, atMs, client, from, to: clock + str.trimEnd().length, isTaken: false })
    }
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of ranges) {
        const by = userId ?? deletions?.find((deletion) => covers(deletion.ranges.get(client), clock))?.userId
        if (by === undefined) continue
        const taken = { userId: by, atMs, client, from: clock, to: clock + len, isTaken: true }
        append(this.#taken, taken)
        append(this.#open, taken)
      }
    }
  }

  /** Who took a character out. */
  takenBy({ client, clock }: CharId): { userId: UserId; atMs: number } | undefined {
    return this.#taken.findLast((taken) => taken.client === client && taken.from <= clock && clock < taken.to)
  }

  /** Where those stand that are not dealt with. One walk for all of them. */
  locate(text: Y.Text): Edited[] {
    this.#located = [...this.#located, ...this.#open]
    this.#open = []
    const put = byClient(this.#located.filter(({ isTaken }) => !isTaken))
    const taken = byClient(this.#located.filter(({ isTaken }) => isTaken))
    const found: Edited[] = []
    let at = 0
    for (let item = this.#located.length === 0 ? null : text._start; item !== null; item = item.right) {
      const isThere = !item.deleted && item.countable
      const { clock } = item.id
      for (const { userId, atMs, from, to } of within(put.get(item.id.client), clock, clock + item.length)) {
        const first = isThere ? at + Math.max(from, clock) - clock : at
        found.push({ userId, atMs, from: first, to: isThere ? at + Math.min(to, clock + item.length) - clock : at })
      }
      if (isThere) at += item.length
      else
        for (const { userId, atMs } of within(taken.get(item.id.client), clock, clock + item.length))
          found.push({ userId, atMs, from: at, to: at })
    }
    return found
  }

  /** Who put words in that were taken out together with a character before `locate` could say where they stood. */
  takenWith({ client, clock }: CharId, text: Y.Text): { userId: UserId; atMs: number }[] {
    const put = byClient(this.#located.filter(({ isTaken }) => !isTaken))
    let found: Stretch[] = []
    let hasChar = false
    for (let item = put.size === 0 ? null : text._start; item !== null; item = item.right) {
      if (item.deleted) {
        found.push(...within(put.get(item.id.client), item.id.clock, item.id.clock + item.length))
        hasChar ||= item.id.client === client && item.id.clock <= clock && clock < item.id.clock + item.length
      } else if (hasChar) break
      else found = []
    }
    return hasChar ? found : []
  }

  /** What `locate` gave last is dealt with. */
  settle(): void {
    this.#located = []
  }

  #forgetOld(nowMs: number): void {
    const isOld = ({ atMs }: Stretch) => nowMs - atMs > this.#windowMs
    this.#open = recent(this.#open, isOld)
    this.#located = recent(this.#located, isOld)
    this.#taken = recent(this.#taken, isOld)
  }
}

function recent(list: Stretch[], isOld: (stretch: Stretch) => boolean): Stretch[] {
  const [oldest] = list
  if (oldest === undefined || (list.length <= maxStretches && !isOld(oldest))) return list
  return list.slice(-maxStretches).filter((stretch) => !isOld(stretch))
}

/** Somebody's typing is one stretch for as long as it goes on and is not old. */
const joinedWithinMs = 500

function append(list: Stretch[], next: Stretch): void {
  const last = list.at(-1)
  const isOne =
    last?.client === next.client &&
    last.isTaken === next.isTaken &&
    last.userId === next.userId &&
    last.to === next.from &&
    next.atMs - last.atMs < joinedWithinMs
  if (last && isOne) list[list.length - 1] = { ...last, to: next.to }
  else list.push(next)
}

const covers = (ranges: readonly { clock: number; len: number }[] | undefined, clock: number): boolean =>
  ranges?.some((range) => range.clock <= clock && clock < range.clock + range.len) ?? false

/** By clock; those of one client are apart, since words are put in once and taken out once. */
function byClient(stretches: readonly Stretch[]): Map<number, Stretch[]> {
  const clients = Map.groupBy(stretches, ({ client }) => client)
  for (const list of clients.values()) list.sort((one, other) => one.from - other.from)
  return clients
}

/** Those of one client that have something of the clocks from `from` to `to`. */
function* within(list: readonly Stretch[] = [], from: number, to: number): Generator<Stretch> {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.to ?? 0) <= from) low = middle + 1
    else high = middle
  }
  for (let stretch = list[low]; stretch !== undefined && stretch.from < to; stretch = list[++low]) yield stretch
}
