// Reads a place in the shared text out of what somebody else's editor said.

import * as Y from 'yjs'

/** The index of a relative position as JSON in `text`; null for anything that is none, or is of another text. */
export function placeIn(text: Y.Text, position: unknown): number | null {
  if (!position || !text.doc) return null
  try {
    const place = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(position), text.doc)
    return place?.type === text ? place.index : null
  } catch {
    // Anything can stand in a state that another program wrote; it is no place then.
    return null
  }
}
