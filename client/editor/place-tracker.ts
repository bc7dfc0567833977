// Joins the document's place to the editor: headings after a pause in typing, the section with each scroll or caret, jumps.

import { Compartment, type Extension } from '@codemirror/state'
import { EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { DocumentPlace } from './document-place.ts'

/** Headings are read anew at most this often while people type. */
const textPauseMs = 200
/** A scroll this soon after the caret moved is the caret's doing: the section of the caret stays the current one. */
const caretScrollMs = 300
/** What scrolls on purpose, also right after typing. */
const ownScrolls = ['wheel', 'touchmove'] as const
/** A heading that was jumped to stands this far under the top edge, and counts as the current one from there on. */
const topMarginPx = 24

/** Keeps `place` true while the editor is open. */
export function placeTracker(place: DocumentPlace): Extension {
  const additions = new Compartment()
  return [additions.of([]), ViewPlugin.define((view) => new PlaceTracker({ view, place, additions }))]
}

interface Tracked {
  view: EditorView
  place: DocumentPlace
  additions: Compartment
}

class PlaceTracker {
  readonly #view: EditorView
  readonly #place: DocumentPlace
  readonly #additions: Compartment
  #textTimer: ReturnType<typeof setTimeout> | undefined
  #frame: number
  #caretMovedAt = -Infinity

  constructor({ view, place, additions }: Tracked) {
    this.#view = view
    this.#place = place
    this.#additions = additions
    view.scrollDOM.addEventListener('scroll', this.#onScroll, { passive: true })
    for (const name of ownScrolls) view.scrollDOM.addEventListener(name, this.#onOwnScroll, { passive: true })
    // An editor in the making has no layout to read.
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      this.#attach()
    })
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) this.#textTimer ??= setTimeout(this.#readText, textPauseMs)
    if (update.selectionSet && update.view.hasFocus) {
      this.#caretMovedAt = performance.now()
      this.#place.readPosition(update.state.selection.main.head)
    }
  }

  destroy(): void {
    clearTimeout(this.#textTimer)
    cancelAnimationFrame(this.#frame)
    this.#view.scrollDOM.removeEventListener('scroll', this.#onScroll)
    for (const name of ownScrolls) this.#view.scrollDOM.removeEventListener(name, this.#onOwnScroll)
    this.#place.attach(null)
  }

  #attach(): void {
    const view = this.#view
    this.#place.attach({
      view,
      lines: () => view.state.doc.iterLines(),
      topPosition: () => topPosition(view),
      extend: (extensions) => view.dispatch({ effects: this.#additions.reconfigure(extensions) }),
      jump: (position) => jump(view, position),
      scrollTo: (position) => view.dispatch({ effects: scrollEffect(position) }),
    })
  }

  readonly #onOwnScroll = () => {
    this.#caretMovedAt = -Infinity
  }

  readonly #onScroll = () => {
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      if (performance.now() - this.#caretMovedAt >= caretScrollMs) this.#place.readPosition()
      this.#place.tellScroll()
    })
  }

  readonly #readText = () => {
    this.#textTimer = undefined
    this.#place.readText()
  }
}

/** The line under the top edge of what is on the screen. */
function topPosition(view: EditorView): number {
  const edge = view.scrollDOM.getBoundingClientRect().top
  return view.lineBlockAtHeight(edge - view.documentTop + topMarginPx * 2).from
}

function scrollEffect(position: number) {
  return EditorView.scrollIntoView(position, { y: 'start', yMargin: topMarginPx })
}

function jump(view: EditorView, position: number): void {
  // Focus first: a caret that moves in a text without it does not count as the place one reads.
  view.focus()
  // What is told from elsewhere may be of a longer text.
  const anchor = Math.min(position, view.state.doc.length)
  view.dispatch({ selection: { anchor }, effects: scrollEffect(anchor) })
}
