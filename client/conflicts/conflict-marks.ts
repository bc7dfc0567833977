// The words that clash, underlined where they stand in the text of the editor.

import { StateEffect, StateField, type Extension, type Range } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { Conflict } from '../../shared/wire/conflicts.ts'
import './conflict-marks.css'
import { isCounted } from './conflicts-data.ts'

/** Where an item stands now; null when it does not. */
export type FindItem = (itemId: string) => number | null

const setMarks = StateEffect.define<DecorationSet>()

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, transaction) {
    let after = before.map(transaction.changes)
    for (const effect of transaction.effects) if (effect.is(setMarks)) after = effect.value
    return after
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Room for marks; what is typed moves them along until they are shown anew. */
export const conflictMarks: Extension = marks

/** Shows the open conflicts in the text. Where the words of an item are written with marks between them, its whole line is underlined. */
export function showConflicts(view: EditorView, conflicts: readonly Conflict[], find: FindItem): void {
  if (view.state.field(marks, false) === undefined) return
  const ranges = conflicts.flatMap((conflict) => rangesOf(view, conflict, find))
  view.dispatch({ effects: setMarks.of(Decoration.set(ranges, true)) })
}

function rangesOf({ state }: EditorView, conflict: Conflict, find: FindItem): Range<Decoration>[] {
  const { items, severity, why } = conflict
  const look = isCounted(conflict) ? severity : 'redundancy'
  return items.flatMap((item) => {
    const place = find(item.id)
    if (place === null || place > state.doc.length) return []
    const { to: end } = state.doc.lineAt(place)
    if (end === place) return []
    const others = items.filter(({ id }) => id !== item.id).map(({ ref }) => ref)
    const decoration = Decoration.mark({ class: `clash clash-${look}`, attributes: { title: `${why} Clashes with ${others.join(', ')}.` } })
    const line = state.sliceDoc(place, end)
    const found = item.words.flatMap(({ from, to }) => {
      const at = line.indexOf(item.text.slice(from, to))
      return at < 0 || to <= from ? [] : [decoration.range(place + at, place + at + to - from)]
    })
    return found.length > 0 ? found : [decoration.range(place, end)]
  })
}
