// Where an item stands in the text as it is on this screen.

import * as Y from 'yjs'
import type { Item } from '../../shared/wire/items.ts'

/** The index of its first character; null when it has left the text, or what it was anchored to is not here. */
export function placeOf({ anchor, from }: Pick<Item, 'anchor' | 'from'>, text: Y.Text): number | null {
  if (anchor === null || !text.doc) return null
  try {
    const bytes = Uint8Array.from(atob(anchor), (unit) => unit.charCodeAt(0))
    const place = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(bytes), text.doc)
    return place?.type === text ? place.index : null
  } catch {
    // An anchor of a later format: its place as it was then is the best there is.
    return from
  }
}
