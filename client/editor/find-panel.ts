// Find and replace in the text; loaded when someone first asks for it.

import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search'
import type { Extension } from '@codemirror/state'
import { keymap, type EditorView } from '@codemirror/view'

/** The panel over the text and all its keys. */
export const findPanel: Extension = [search({ top: true }), highlightSelectionMatches(), keymap.of(searchKeymap)]

/** Opens the panel; `findPanel` must be among the view's extensions. */
export function openFindPanel(view: EditorView): void {
  openSearchPanel(view)
}
