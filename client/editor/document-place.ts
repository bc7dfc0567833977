// Where one is in the open document: its headings, the section on the screen, and the way to another one.

import type { Extension } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { findHeadings, sectionAt, type Heading } from './headings.ts'

export interface PlaceSnapshot {
  readonly headings: readonly Heading[]
  /** The index of the heading whose section is on the screen; -1 before the first. */
  readonly current: number
}

/** What the place asks of the editor; so that those who only show the place need not load one. */
export interface PlaceEditor {
  /** The editor itself, for what was added to it. */
  readonly view: EditorView
  /** The lines of the text as it is now. */
  lines(): Iterable<string>
  /** The position of the line that is read: the one under the top edge of the screen. */
  topPosition(): number
  /** Brings a position to the top, with the caret on it. */
  jump(position: number): void
  /** Takes all that others add to it, instead of what it had from them. */
  extend(extensions: readonly Extension[]): void
  /** Brings a position to the top, and leaves the caret where it is. */
  scrollTo(position: number): void
}

/** Shared by the editor, which tells it where it is, and by all that shows or changes that place. */
export class DocumentPlace {
  #editor: PlaceEditor | null = null
  #snapshot: PlaceSnapshot = { headings: [], current: -1 }
  readonly #listeners = new Set<() => void>()
  readonly #extensions = new Set<Extension>()
  readonly #scrollListeners = new Set<() => void>()

  get snapshot(): PlaceSnapshot {
    return this.#snapshot
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The editor that shows the document; null when it goes. */
  attach(editor: PlaceEditor | null): void {
    this.#editor = editor
    this.#editor?.extend([...this.#extensions])
    this.readText()
  }

  /** Reads the headings anew. */
  readText(): void {
    if (!this.#editor) return
    const headings = findHeadings(this.#editor.lines())
    this.#show({ headings, current: sectionAt(headings, this.#editor.topPosition()) })
  }

  /** Says which position of the text counts as the one being read; without one, the top of the screen does. */
  readPosition(position = this.#editor?.topPosition() ?? 0): void {
    const { headings } = this.#snapshot
    const current = sectionAt(headings, position)
    if (current !== this.#snapshot.current) this.#show({ headings, current })
  }

  /** Brings the heading with that index to the top, with the caret on it. */
  jumpTo(index: number): void {
    // The text may have moved since the headings were read.
    this.readText()
    const { headings } = this.#snapshot
    const heading = headings[index]
    if (!heading || !this.#editor) return
    this.#editor.jump(heading.from)
    this.#show({ headings, current: index })
  }

  /** Brings a position to the top, with the caret on it. */
  show(position: number): void {
    this.#editor?.jump(position)
  }

  /** Adds to the editor what others show in the text, until the returned function is called. */
  extend(extension: Extension): () => void {
    this.#extensions.add(extension)
    this.#editor?.extend([...this.#extensions])
    return () => {
      this.#extensions.delete(extension)
      this.#editor?.extend([...this.#extensions])
    }
  }

  /** Calls `run` with the editor, if one is open. */
  withEditor(run: (view: EditorView) => void): void {
    if (this.#editor) run(this.#editor.view)
  }

  /** The position of the line under the top edge of the editor. */
  get topPosition(): number {
    return this.#editor?.topPosition() ?? 0
  }

  /** Scrolls the editor so that a position is at its top. */
  scrollTo(position: number): void {
    this.#editor?.scrollTo(position)
  }

  /** Calls `listener` after each frame in which the editor was scrolled, by whomever; gives the way to stop. */
  onScroll(listener: () => void): () => void {
    this.#scrollListeners.add(listener)
    return () => this.#scrollListeners.delete(listener)
  }

  /** The editor was scrolled. */
  tellScroll(): void {
    for (const listener of this.#scrollListeners) listener()
  }

  #show(snapshot: PlaceSnapshot): void {
    this.#snapshot = snapshot
    for (const listener of this.#listeners) listener()
  }
}
