// Documents to join: one that was edited as often as the B4 editing trace was, and one that is only large.

import * as Y from 'yjs'
import { contentKey } from '../shared/spec/plain-text.ts'
import { typedCharacter } from './typed-updates.ts'

/** Mulberry32: the same edits in each run. */
function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** B4 has 182,315 insertions and 77,463 deletions, in runs of some words; Yjs keeps it in 160 KB. These come out alike. */
const meanInsertions = 140
const meanDeletions = 59.5
/** How often the cursor goes elsewhere after a run. */
const jumps = 0.5

/** One person's document after so many edits of one character each, in one update. */
export function editedDocument(edits: number): Uint8Array {
  const random = randomFrom(4)
  const doc = new Y.Doc()
  const text = doc.getText(contentKey)
  let cursor = 0
  let isDeleting = false
  for (let index = 0; index < edits; index++) {
    if (random() < 1 / (isDeleting ? meanDeletions : meanInsertions)) {
      isDeleting = !isDeleting
      if (random() < jumps) cursor = Math.floor(random() * (text.length + 1))
    }
    if (isDeleting && cursor > 0) text.delete(--cursor, 1)
    else text.insert(cursor++, typedCharacter(index))
  }
  return Y.encodeStateAsUpdate(doc)
}

/** Bytes of one update, which must fit into a message. */
const pieceBytes = 512 * 1024

/** A text of so many bytes, in updates of which each fits into a message. */
export function largeDocument(bytes: number): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const piece = Array.from({ length: pieceBytes }, (_, index) => typedCharacter(index + 1)).join('')
  const text = doc.getText(contentKey)
  while (text.length < bytes) text.insert(text.length, piece.slice(0, bytes - text.length))
  return updates
}
