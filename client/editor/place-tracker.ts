// Joins the document's place to the editor: headings after a pause in typing, the section with each scroll or caret, jumps.

import { EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { DocumentPlace } from './document-place.ts'

/** Headings are read anew at most this often while people type. */
const textPauseMs = 200
/** A scroll this soon after the caret moved is the caret's doing: the section of the caret stays the current one. */
const caretScrollMs = 300
/** A heading that was jumped to stands this far under the top edge, and counts as the current one from there on. */
const topMarginPx = 24

/** Keeps `place` true while the editor is open. */
export function placeTracker(place: DocumentPlace) {
  return ViewPlugin.fromClass(
    class {
      readonly #view: EditorView
      #textTimer: ReturnType<typeof setTimeout> | undefined
      #frame = 0
      #caretMovedAt = -Infinity

      constructor(view: EditorView) {
        this.#view = view
        view.scrollDOM.addEventListener('scroll', this.#onScroll, { passive: true })
        // An editor in the making has no layout to read.
        this.#frame = requestAnimationFrame(() => {
          this.#frame = 0
          place.attach({
            lines: () => view.state.doc.iterLines(),
            topPosition: () => topPosition(view),
            show: (position) => show(view, position),
          })
        })
      }

      readonly #onScroll = () => {
        if (this.#frame !== 0 || performance.now() - this.#caretMovedAt < caretScrollMs) return
        this.#frame = requestAnimationFrame(() => {
          this.#frame = 0
          place.readPosition()
        })
      }

      update(update: ViewUpdate): void {
        if (update.docChanged) this.#textTimer ??= setTimeout(this.#readText, textPauseMs)
        if (update.selectionSet && update.view.hasFocus) {
          this.#caretMovedAt = performance.now()
          place.readPosition(update.state.selection.main.head)
        }
      }

      readonly #readText = () => {
        this.#textTimer = undefined
        place.readText()
      }

      destroy(): void {
        clearTimeout(this.#textTimer)
        cancelAnimationFrame(this.#frame)
        this.#view.scrollDOM.removeEventListener('scroll', this.#onScroll)
        place.attach(null)
      }
    },
  )
}

/** The line under the top edge of what is on the screen. */
function topPosition(view: EditorView): number {
  const edge = view.scrollDOM.getBoundingClientRect().top
  return view.lineBlockAtHeight(edge - view.documentTop + topMarginPx * 2).from
}

function show(view: EditorView, position: number): void {
  view.dispatch({
    selection: { anchor: position },
    effects: EditorView.scrollIntoView(position, { y: 'start', yMargin: topMarginPx }),
  })
  view.focus()
}
