// The editor's keys as commands of the page: they stand in the key list, and work when the text has no focus.

import { moveLineDown, moveLineUp } from '@codemirror/commands'
import type { EditorView } from '@codemirror/view'
import type * as Y from 'yjs'
import { registerCommands } from '../ui/commands.ts'
import { openFind } from './find-on-demand.ts'

/** Registers them until the returned function is called. The editor itself runs its keys before the page hears of them. */
export function registerEditorCommands(view: EditorView, undo: Y.UndoManager): () => void {
  const group = 'Text'
  // In another field these keys mean that field's own text.
  const inText = { group, isKeyOnly: true, isOutsideText: true }
  return registerCommands([
    { ...inText, id: 'text.undo', title: 'Undo your last change', keys: ['Mod-z'], run: () => undo.undo() },
    { ...inText, id: 'text.redo', title: 'Redo it', keys: ['Shift-Mod-z', 'Mod-y'], run: () => undo.redo() },
    { id: 'text.find', title: 'Find and replace', group: 'Document', keys: ['Mod-f'], words: 'search', run: () => openFind(view) },
    { ...inText, id: 'text.up', title: 'Move the line up', keys: ['Alt-ArrowUp'], run: () => moveLineUp(view) },
    { ...inText, id: 'text.down', title: 'Move the line down', keys: ['Alt-ArrowDown'], run: () => moveLineDown(view) },
  ])
}
