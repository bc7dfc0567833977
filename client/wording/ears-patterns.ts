// The five EARS patterns as they are offered: to begin a requirement with, or in place of words that nearly follow one.

import type { EditorView } from '@codemirror/view'
import type { Span } from '../../shared/spec/span.ts'

/** By their names in EARS, with `…` where words of one's own go. */
export const earsPatterns = [
  { name: 'Ubiquitous', text: 'The … shall ….' },
  { name: 'When', text: 'When …, the … shall ….' },
  { name: 'While', text: 'While …, the … shall ….' },
  { name: 'Where', text: 'Where …, the … shall ….' },
  { name: 'If-then', text: 'If …, then the … shall ….' },
] as const

/** Begins a requirement at the caret, as an item of its own, with the first gap selected. */
export function writePattern(view: EditorView, text: string): void {
  const { state } = view
  const line = state.doc.lineAt(state.selection.main.head)
  // An empty bullet is filled; behind anything else a new one begins.
  const isBegun = /^\s*(?:[-*+]\s*)?$/.test(line.text)
  const insert = isBegun ? `${/[-*+]\s*$/.test(line.text) ? line.text.trimEnd() : '-'} ${text}` : `\n- ${text}`
  const from = isBegun ? line.from : line.to
  write(view, { from, to: line.to, insert })
}

/** Puts offered words in the place of an item's own. */
export function writeOffer(view: EditorView, text: string, place: Span): void {
  write(view, { ...place, insert: text })
}

function write(view: EditorView, change: { from: number; to: number; insert: string }): void {
  if (view.state.readOnly) return
  const gap = change.insert.indexOf('…')
  const anchor = change.from + (gap < 0 ? change.insert.length : gap)
  view.focus()
  view.dispatch({ changes: change, selection: { anchor, head: gap < 0 ? anchor : anchor + 1 }, userEvent: 'input', scrollIntoView: true })
}
