// The diagnostics of the text: each part of the page brings those of its own, and they share one set, its keys and its hints.

import { forEachDiagnostic, nextDiagnostic, previousDiagnostic, setDiagnostics, linter, type Diagnostic } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { keymap, type EditorView } from '@codemirror/view'
import type { Span } from '../../shared/spec/span.ts'
import './text-marks.css'

/** Puts `diagnostics` in the place of those from `source` that lie in `span`, or of all of them; the others stay where they are by now. */
export function showDiagnostics(view: EditorView, source: string, diagnostics: readonly Diagnostic[], span?: Span): void {
  const kept: Diagnostic[] = []
  const replaced: Diagnostic[] = []
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    const isReplaced = diagnostic.source === source && (span === undefined || (from >= span.from && to <= span.to))
    ;(isReplaced ? replaced : kept).push({ ...diagnostic, from, to })
  })
  if (!areSame(replaced, diagnostics)) view.dispatch(setDiagnostics(view.state, [...kept, ...diagnostics]))
}

/** Most of what is typed changes none. */
function areSame(before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  const inOrder = (list: readonly Diagnostic[]) =>
    list.toSorted((a, b) => a.from - b.from || a.to - b.to || a.message.localeCompare(b.message))
  const old = inOrder(before)
  return (
    before.length === after.length &&
    inOrder(after).every(
      ({ from, to, message }, index) => old[index]?.from === from && old[index].to === to && old[index].message === message,
    )
  )
}

/** The keys to the next and the previous one, where a hint says what it is; marks that are shown anew as others type leave that hint. */
export const textMarks: Extension = [
  linter(null, { hideOn: ({ changes, docChanged }, from, to) => docChanged && changes.touchesRange(from, to) !== false }),
  keymap.of([
    { key: 'F8', run: nextDiagnostic, preventDefault: true },
    { key: 'Shift-F8', run: previousDiagnostic, preventDefault: true },
  ]),
]
