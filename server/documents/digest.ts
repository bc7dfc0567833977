// A short name for what a replica holds: equal for two replicas only if neither lacks a word or a deletion that the other has.

import { createHash } from 'node:crypto'
import * as Y from 'yjs'

/** SHA-256 over the state vector and the set of deletions: equal state vectors alone say nothing about a deletion that was lost. */
export function digestOf(doc: Y.Doc): Uint8Array {
  const hash = createHash('sha256')
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].toSorted(([one], [other]) => one - other)
  for (const [client, clock] of clocks) hash.update(`${client}:${clock};`)
  const { clients } = Y.createDeleteSetFromStructStore(doc.store)
  for (const client of [...clients.keys()].toSorted((one, other) => one - other)) {
    for (const { clock, len } of mergedRanges(clients.get(client) ?? [])) hash.update(`-${client}:${clock}+${len};`)
  }
  return hash.digest()
}

/** How a replica came to its deletions shows in where their ranges are cut, and means nothing. */
function mergedRanges(ranges: readonly { clock: number; len: number }[]): { clock: number; len: number }[] {
  const merged: { clock: number; len: number }[] = []
  for (const { clock, len } of ranges.toSorted((one, other) => one.clock - other.clock)) {
    const last = merged.at(-1)
    if (last && last.clock + last.len >= clock) last.len = Math.max(last.len, clock + len - last.clock)
    else merged.push({ clock, len })
  }
  return merged
}
