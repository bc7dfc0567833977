// An edit that the server makes on someone's behalf: a restore, a text given over HTTP, a resolution that was accepted.

import type { OpenDocument } from './open-document.ts'
import type { Participant } from './participant.ts'
import type { ItemSource } from '../../shared/wire/items.ts'
import { addedBytes, applyEdits, type TextEdit } from '../../shared/spec/text-edits.ts'

/** On whose behalf. */
export interface Author {
  userId: string
  /** The conversation they asked from, if they did so from inside the document; else it is each in which they have it open, on any node. */
  screen?: Participant | undefined
  /** What new items in the edit come from, where that is not somebody's keyboard. */
  itemSource?: ItemSource | undefined
}

/**
 * Makes the edits in one transaction; resolves after COMMIT with the Yjs update, null when there was nothing to change. The author's
 * screen, or each of their screens, hears of it first and apart from others' words, whatever else is under way, so that its editor can take it as one step of
 * undo; to everyone else it goes like any update. Errors: document_full, overloaded, store_unavailable, stale_epoch.
 */
export function editFor(
  document: OpenDocument,
  { userId, screen, itemSource }: Author,
  edits: readonly TextEdit[],
): Promise<Uint8Array | null> {
  let made: Uint8Array | null = null
  // What the edit builds on must be on that screen before it.
  document.flush()
  const stop = document.live.onUpdate((update) => {
    made = update
    screen?.deliverOwnEdit(update)
  })
  return new Promise((resolve, reject) => {
    try {
      document.live.edit(
        { userId, itemSource, isOnBehalf: screen === undefined },
        addedBytes(edits),
        (text) => applyEdits(edits, text),
        (refusal) => (refusal ? reject(refusal) : resolve(made)),
      )
    } finally {
      // The edit is in the document by now; what comes until its COMMIT is others'.
      stop()
    }
  })
}
