// `SPEC-12` in the text is a way to that item: Ctrl or Cmd and a click, as for any link in a text that is being written.

import { RangeSetBuilder } from '@codemirror/state'
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view'
import { goToItem } from '../session/ways.ts'

const mark = Decoration.mark({ class: 'item-ref', attributes: { title: 'Ctrl or ⌘ and click to go there' } })
const refs = /\bSPEC-[1-9]\d{0,8}\b/g

/** The links, and the click that follows them. */
export const itemRefs = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = refsOn(view)
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = refsOn(update.view)
    }
  },
  {
    decorations: (plugin) => plugin.decorations,
    eventHandlers: {
      mousedown(event) {
        const link = event.target instanceof Element ? event.target.closest('.item-ref') : null
        const number = Number(/\d+/.exec(link?.textContent ?? '')?.[0])
        if (!(event.ctrlKey || event.metaKey) || !number) return false
        event.preventDefault()
        goToItem(number)
        return true
      },
    },
  },
)

/** Those on the screen. */
function refsOn(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges) {
    const shown = view.state.sliceDoc(from, to)
    for (const { 0: ref, index } of shown.matchAll(refs)) builder.add(from + index, from + index + ref.length, mark)
  }
  return builder.finish()
}
