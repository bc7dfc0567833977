// Ctrl or Cmd F: brings the find panel into the editor the first time, then leaves the key to it.

import { Compartment, type Extension } from '@codemirror/state'
import { keymap, type EditorView } from '@codemirror/view'

/** The key and the place for the panel. A panel that cannot be loaded (offline, never used before) is reported, and tried again. */
export function findOnDemand(): Extension {
  const place = new Compartment()
  const load = async (view: EditorView) => {
    const { findPanel, openFindPanel } = await import('./find-panel.ts')
    view.dispatch({ effects: place.reconfigure(findPanel) })
    openFindPanel(view)
  }
  const run = (view: EditorView) => {
    load(view).catch(reportError)
    return true
  }
  // The panel's own keys, once it is there, stand before this one.
  return [place.of([]), keymap.of([{ key: 'Mod-f', run, preventDefault: true }])]
}
