// Undo of one's own: what the person typed, and what the server changed on their behalf as one step each.

import * as Y from 'yjs'

/**
 * Makes the undo manager of `text`. Changes tagged with `ownEditOrigin` become a step of their own, however soon before or after them
 * the person typed; changes without an origin are taken for the person's. An editor adds the origin of what is typed in it.
 */
export function createUndo(text: Y.Text, ownEditOrigin: object): Y.UndoManager {
  const undo = new Y.UndoManager(text, { trackedOrigins: new Set([null, ownEditOrigin]) })
  const keepApart = ({ origin }: Y.Transaction) => {
    if (origin === ownEditOrigin) undo.stopCapturing()
  }
  const { doc } = undo
  // The second is heard after the manager's own listener, which was there first.
  doc.on('beforeTransaction', keepApart)
  doc.on('afterTransaction', keepApart)
  doc.once('destroy', () => {
    doc.off('beforeTransaction', keepApart)
    doc.off('afterTransaction', keepApart)
  })
  return undo
}
