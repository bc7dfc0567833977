// Unclear words marked in the editor as they are typed: what is unclear, what would fix it, and the EARS pattern that is nearly there.

import type { Diagnostic } from '@codemirror/lint'
import type { ChangeSet, Extension } from '@codemirror/state'
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view'
import type { TextChange } from '../../shared/spec/outline.ts'
import type { Span } from '../../shared/spec/span.ts'
import './wording-marks.css'
import { writeOffer } from './ears-patterns.ts'
import { noticeHint } from './notice-hint.ts'
import { WordingReader, type EarsOffer, type PlacedNotice } from './wording-reader.ts'

/** What its diagnostics are told by from those of others. */
export const wordingSource = 'wording'

/** Puts diagnostics into the place of those there were within `span`, or of all. */
export type ShowNotices = (view: EditorView, diagnostics: readonly Diagnostic[], span?: Span) => void

/** A whole text is read in stretches of this length, so that typing goes on. */
const stretchMs = 6
/** Words are looked at when the typing pauses, or goes on for so long. */
const pauseMs = 300
const longestWaitMs = 1_000
/** A longer text, or one with a longer stretch that has to be read in one go, would hold up whoever types in it: it is left unmarked. */
const maxUnits = 1_000_000
const maxStretchUnits = 50_000

class WordingKeeper {
  readonly #view: EditorView
  readonly #show: ShowNotices
  #reader: WordingReader | null = null
  /** What was typed since the reader's text. */
  #typed: ChangeSet | null = null
  #typedAtMs = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(view: EditorView, show: ShowNotices) {
    this.#view = view
    this.#show = show
    const { doc } = view.state
    if (doc.length <= maxUnits) this.#inSteps(WordingReader.read(doc.toString()), (reader) => this.#begin(reader))
  }

  update({ docChanged, changes }: ViewUpdate): void {
    if (!docChanged) return
    const now = performance.now()
    if (this.#typed === null) this.#typedAtMs = now
    this.#typed = this.#typed?.compose(changes) ?? changes
    if (this.#reader === null) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#take(), Math.max(0, Math.min(pauseMs, this.#typedAtMs + longestWaitMs - now)))
  }

  destroy(): void {
    clearTimeout(this.#timer)
    this.#reader = null
  }

  /** Writes the pattern that the item at the caret nearly follows; says whether there was one. */
  writeOfferHere(): boolean {
    this.#take()
    const offer = this.#reader?.offerAt(this.#view.state.selection.main.head) ?? null
    return offer !== null && this.#write(offer)
  }

  /** An offer may be taken up long after it was made: its words are where they are now. */
  #write(offer: EarsOffer): boolean {
    this.#take()
    const place = this.#reader?.placeOf(offer) ?? null
    if (place) writeOffer(this.#view, offer.text, place)
    return place !== null
  }

  readonly #diagnosticOf = (notice: PlacedNotice): Diagnostic => ({
    from: notice.from,
    to: notice.to,
    severity: 'hint',
    source: wordingSource,
    markClass: 'wording',
    message: `${notice.message} ${notice.fix}`,
    renderMessage: ({ state }) => noticeHint(notice, state.readOnly ? null : (offer) => this.#write(offer)),
  })

  #begin(reader: WordingReader): void {
    if (reader.longestStretch > maxStretchUnits) return
    if (this.#typed) reader.take(editsOf(this.#typed))
    this.#typed = null
    this.#inSteps(reader.all(), (notices) => {
      const typed = this.#typed
      const moved = typed
        ? notices.map((notice) => ({ ...notice, from: typed.mapPos(notice.from, 1), to: typed.mapPos(notice.to, -1) }))
        : notices
      this.#reader = reader
      this.#show(this.#view, moved.filter(({ from, to }) => from < to).map(this.#diagnosticOf))
      this.#take()
    })
  }

  #take(): void {
    clearTimeout(this.#timer)
    if (this.#reader === null || this.#typed === null) return
    const { span, notices } = this.#reader.take(editsOf(this.#typed))
    this.#typed = null
    if (this.#reader.longestStretch > maxStretchUnits) {
      this.#reader = null
      this.#show(this.#view, [])
    } else {
      this.#show(this.#view, notices.map(this.#diagnosticOf), span)
    }
  }

  #inSteps<T>(steps: Generator<void, T>, onEnd: (result: T) => void): void {
    const until = performance.now() + stretchMs
    while (performance.now() < until) {
      const step = steps.next()
      if (step.done === true) {
        onEnd(step.value)
        return
      }
    }
    this.#timer = setTimeout(() => this.#inSteps(steps, onEnd))
  }
}

/** One after the other, as the reader takes them. */
function editsOf(changes: ChangeSet): TextChange[] {
  const edits: TextChange[] = []
  changes.iterChanges((fromBefore, toBefore, from, _to, insert) => {
    edits.push({ from, to: from + toBefore - fromBefore, insert: insert.toString() })
  })
  return edits
}

const keeper = (show: ShowNotices) => ViewPlugin.define((view) => new WordingKeeper(view, show))

/** The marks of a text, and the pattern that is nearly there at the caret. */
export interface WordingMarks {
  readonly extension: Extension
  /** Says whether there was one to write. */
  writeOfferHere(view: EditorView): boolean
}

/** Marks by `show`. */
export function wordingMarks(show: ShowNotices): WordingMarks {
  // Not within the making of the editor's state, where nothing can be shown.
  const plugin = keeper((view, diagnostics, span) => queueMicrotask(() => show(view, diagnostics, span)))
  return { extension: plugin, writeOfferHere: (view) => view.plugin(plugin)?.writeOfferHere() === true }
}
