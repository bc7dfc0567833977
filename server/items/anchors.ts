// Places in a Yjs text that stay right while others type: from offsets to the characters there, and back.

import * as Y from 'yjs'

/** A character of a text, by which it is known on every replica. */
export interface CharId {
  readonly client: number
  readonly clock: number
}

/** Whether both are one character. */
export const isSameChar = (one: CharId, other: CharId): boolean => one.client === other.client && one.clock === other.clock

/** The characters at offsets, which ascend; null where the text ends before. One walk for all of them. */
export function charsAt(text: Y.Text, offsets: readonly number[]): (CharId | null)[] {
  const found: (CharId | null)[] = []
  let at = 0
  for (let item = text._start; item !== null && found.length < offsets.length; item = item.right) {
    if (item.deleted || !item.countable) continue
    for (let next = offsets[found.length]; next !== undefined && next < at + item.length; next = offsets[found.length]) {
      found.push({ client: item.id.client, clock: item.id.clock + next - at })
    }
    at += item.length
  }
  while (found.length < offsets.length) found.push(null)
  return found
}

/** Where characters stand; null for those that are deleted, or that this replica has never seen. One walk for all of them. */
export function offsetsOf(text: Y.Text, chars: readonly CharId[]): (number | null)[] {
  const offsets: (number | null)[] = chars.map(() => null)
  const wanted = new Map<number, { clock: number; index: number }[]>()
  for (const [index, { client, clock }] of chars.entries()) {
    const list = wanted.get(client)
    if (list) list.push({ clock, index })
    else wanted.set(client, [{ clock, index }])
  }
  for (const list of wanted.values()) list.sort((one, other) => one.clock - other.clock)
  let at = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    const list = wanted.get(item.id.client)
    if (list) {
      const { clock } = item.id
      for (let place = firstFrom(list, clock); place < list.length; place++) {
        const entry = list[place]
        if (!entry || entry.clock >= clock + item.length) break
        offsets[entry.index] = at + entry.clock - clock
      }
    }
    at += item.length
  }
  return offsets
}

/** As a Yjs relative position, which clients can resolve. */
export function encodeAnchor({ client, clock }: CharId): Uint8Array {
  return Y.encodeRelativePosition(new Y.RelativePosition(null, null, Y.createID(client, clock), 0))
}

/** Null for what is no position at a character. */
export function decodeAnchor(anchor: Uint8Array | null): CharId | null {
  if (anchor === null) return null
  return Y.decodeRelativePosition(anchor).item
}

function firstFrom(list: readonly { clock: number }[], clock: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.clock ?? 0) < clock) low = middle + 1
    else high = middle
  }
  return low
}
