// `SPEC-12` in the text is a way to that item: Ctrl or Cmd and a click, as for any link in a text that is being written.

import { Decoration, MatchDecorator, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view'
import { goToItem } from '../session/ways.ts'

const mark = Decoration.mark({ class: 'item-ref', attributes: { title: 'Ctrl or ⌘ and click to go there' } })
const matcher = new MatchDecorator({ regexp: /\bSPEC-[1-9]\d{0,8}\b/g, decoration: mark })

/** The links, and the click that follows them. */
export const itemRefs = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view)
    }

    update(update: ViewUpdate): void {
      this.decorations = matcher.updateDeco(update, this.decorations)
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
