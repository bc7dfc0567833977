// What an editor gets once its text can be read and written: the other people in it, finding, its keys in the list of keys.

import type { Compartment } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type * as Y from 'yjs'
import { registerEditorCommands } from './editor-commands.ts'
import { findOnDemand } from './find-on-demand.ts'
import { followView, type FollowOptions } from './follow-view.ts'
import { remoteCursors } from './remote-cursors.ts'

interface LaterOptions extends FollowOptions {
  /** Where the editor has room for them. */
  room: Compartment
  undo: Y.UndoManager
}

/** Adds them to `view`; gives the way to take the keys away again. */
export function addLaterParts(view: EditorView, { room, undo, ...options }: LaterOptions): () => void {
  const extensions = [remoteCursors(options.text, options.awareness), followView(options), findOnDemand()]
  view.dispatch({ effects: room.reconfigure(extensions) })
  return registerEditorCommands(view, undo)
}
