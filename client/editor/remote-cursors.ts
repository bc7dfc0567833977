// Others' carets and selections in the text, and one's own sent to them, in the shape every Yjs editor uses.
// y-codemirror.next has the same, but styles its carets by attribute, which the page's policy blocks.

import { Annotation, RangeSet, type Range } from '@codemirror/state'
import { Decoration, EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from '@codemirror/view'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { personColors } from '../../shared/domain/person-colors.ts'
import { limits } from '../../shared/limits.ts'
import { placeIn } from './shared-place.ts'

interface RemoteCursor {
  clientId: number
  name: string
  color: string
  anchor: number
  head: number
}

const cursorsMoved = Annotation.define<true>()

/** Shows the carets of `awareness` in the editor and keeps one's own there; `text` is the text the editor shows. */
export function remoteCursors(text: Y.Text, awareness: Awareness) {
  class RemoteCursors {
    decorations: DecorationSet = RangeSet.empty
    readonly #view: EditorView
    #frame = 0

    constructor(view: EditorView) {
      this.#view = view
      awareness.on('change', this.#onChange)
      this.decorations = this.#build()
      // The caret may have been put there before anyone could be told.
      sendOwnCursor(view, text, awareness)
    }

    readonly #onChange = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }) => {
      const isRemote = [...added, ...updated, ...removed].some((clientId) => clientId !== awareness.clientID)
      // One repaint a frame however many people move, and never inside an update that is under way.
      if (isRemote && this.#frame === 0) {
        this.#frame = requestAnimationFrame(() => {
          this.#frame = 0
          this.#view.dispatch({ annotations: cursorsMoved.of(true) })
        })
      }
    }

    update(update: ViewUpdate): void {
      if (update.selectionSet || update.docChanged || update.focusChanged) sendOwnCursor(update.view, text, awareness)
      if (update.transactions.some((transaction) => transaction.annotation(cursorsMoved))) this.decorations = this.#build()
      else if (update.docChanged) this.decorations = this.decorations.map(update.changes)
    }

    destroy(): void {
      cancelAnimationFrame(this.#frame)
      awareness.off('change', this.#onChange)
    }

    #build(): DecorationSet {
      const length = this.#view.state.doc.length
      const ranges = readCursors(text, awareness).flatMap((cursor) => decorate(cursor, length))
      return Decoration.set(ranges, true)
    }
  }
  return [ViewPlugin.fromClass(RemoteCursors, { decorations: (plugin) => plugin.decorations }), cursorTheme]
}

/** Puts one's caret into awareness, when it is not there already; a caret stays while the window has no focus. */
function sendOwnCursor(view: EditorView, text: Y.Text, awareness: Awareness): void {
  const state = awareness.getLocalState()
  if (!state || !view.hasFocus) return
  const { anchor, head } = view.state.selection.main
  const cursor = { anchor: Y.createRelativePositionFromTypeIndex(text, anchor), head: Y.createRelativePositionFromTypeIndex(text, head) }
  if (JSON.stringify(state['cursor']) !== JSON.stringify(cursor)) awareness.setLocalStateField('cursor', cursor)
}

/** What others' states say, as places in the text; states that say nothing usable are left out. */
function readCursors(text: Y.Text, awareness: Awareness): RemoteCursor[] {
  const cursors: RemoteCursor[] = []
  for (const [clientId, state] of awareness.getStates()) {
    if (clientId === awareness.clientID || !state['cursor']) continue
    const anchor = placeIn(text, state['cursor'].anchor)
    const head = placeIn(text, state['cursor'].head)
    if (anchor === null || head === null) continue
    const { name, color } = state['user'] ?? {}
    cursors.push({
      clientId,
      anchor,
      head,
      name: typeof name === 'string' && name !== '' ? name.slice(0, limits.personNameChars) : 'Someone',
      color: typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color : personColors[0],
    })
  }
  return cursors
}

function decorate(cursor: RemoteCursor, length: number): Range<Decoration>[] {
  // The shared text may be a moment ahead of the editor.
  const anchor = Math.min(cursor.anchor, length)
  const head = Math.min(cursor.head, length)
  const caret = Decoration.widget({ widget: new CaretWidget(cursor), side: head > anchor ? -1 : 1 }).range(head)
  if (anchor === head) return [caret]
  const selection = Decoration.mark({ class: 'cm-person-selection', attributes: { style: `background-color: ${cursor.color}33` } })
  return [selection.range(Math.min(anchor, head), Math.max(anchor, head)), caret]
}

class CaretWidget extends WidgetType {
  readonly #cursor: RemoteCursor

  constructor(cursor: RemoteCursor) {
    super()
    this.#cursor = cursor
  }

  /** A caret that has not moved keeps its element, so that its name does not show up again. */
  override eq(other: CaretWidget): boolean {
    const mine = this.#cursor
    const theirs = other.#cursor
    return mine.clientId === theirs.clientId && mine.head === theirs.head && mine.name === theirs.name && mine.color === theirs.color
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement('span')
    caret.className = 'cm-person-caret'
    caret.style.setProperty('--person', this.#cursor.color)
    caret.setAttribute('aria-hidden', 'true')
    const name = caret.appendChild(document.createElement('span'))
    name.className = 'cm-person-name'
    name.textContent = this.#cursor.name
    // A word joiner on both sides keeps the caret from breaking a line.
    caret.prepend('\u2060')
    caret.append('\u2060')
    return caret
  }

  override ignoreEvent(): boolean {
    return true
  }
}

const cursorTheme = EditorView.baseTheme({
  '.cm-person-caret': {
    position: 'relative',
    // Lighter in the dark theme, where the darkest colours of the palette would drown.
    borderLeft: '2px solid light-dark(var(--person), color-mix(in oklab, var(--person) 65%, white))',
    marginLeft: '-1px',
    marginRight: '-1px',
  },
  '.cm-person-name': {
    position: 'absolute',
    bottom: '100%',
    left: '-2px',
    zIndex: '10',
    padding: '1px 6px',
    borderRadius: '4px 4px 4px 0',
    backgroundColor: 'var(--person)',
    color: '#fff',
    font: '500 11px/16px var(--font-ui)',
    whiteSpace: 'nowrap',
    textIndent: '0',
    pointerEvents: 'none',
    animation: 'cm-name-rests 150ms ease-out 3s forwards',
  },
  '.cm-person-caret:hover > .cm-person-name': { animation: 'none' },
  '@keyframes cm-name-rests': { to: { opacity: '0' } },
})
