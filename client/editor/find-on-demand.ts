// Ctrl or Cmd F: brings the find panel into the editor the first time, then leaves the key to it.

import { Compartment, type Extension } from '@codemirror/state'
import { keymap, type EditorView } from '@codemirror/view'
import { tellError } from '../ui/toast.ts'

const place = new Compartment()

/** The key and the place for the panel. */
export function findOnDemand(): Extension {
  const run = (view: EditorView) => {
    openFind(view)
    return true
  }
  // The panel's own keys, once it is there, stand before this one.
  return [place.of([]), keymap.of([{ key: 'Mod-f', run, preventDefault: true }])]
}

/** Opens the panel, with what is selected as the words to find. One that cannot be loaded (offline, never used before) is said to be so. */
export function openFind(view: EditorView): void {
  import('./find-panel.ts').then(
    ({ findPanel, openFindPanel }) => {
      if (place.get(view.state) !== findPanel) view.dispatch({ effects: place.reconfigure(findPanel) })
      openFindPanel(view)
    },
    () => tellError('Finding could not be loaded: the connection is away, and it was not used before. Your text is untouched.'),
  )
}
