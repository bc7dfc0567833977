// The conflicts as diagnostics of the editor: the words that clash where they stand in its text, and a hint that says why.

import type { Diagnostic } from '@codemirror/lint'
import type { EditorState } from '@codemirror/state'
import type { Conflict } from '../../shared/wire/conflicts.ts'
import type { Span } from '../../shared/spec/span.ts'
import type { CardSlots } from './card-slots.ts'
import './conflict-marks.css'
import { isCounted } from './conflicts-data.ts'

/** Where an item stands now; null when it does not. */
export type FindItem = (itemId: string) => number | null

/** What its diagnostics are told by from those of others. */
export const conflictSource = 'conflict'

export interface ConflictDiagnostic extends Diagnostic {
  readonly conflictId: string
}

const severityOf: Readonly<Record<Conflict['severity'], Diagnostic['severity']>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'warning',
}

/** One for each stretch of words of each item. Where the words of an item are written with marks between them, its whole line is underlined. */
export function conflictDiagnostics(
  { doc }: Pick<EditorState, 'doc'>,
  conflicts: readonly Conflict[],
  find: FindItem,
  slots: CardSlots,
): ConflictDiagnostic[] {
  return conflicts.flatMap((conflict) => {
    const { id, items, severity, why } = conflict
    const look = isCounted(conflict) ? severity : 'redundancy'
    return items.flatMap((item) => {
      const others = items.filter((other) => other.id !== item.id).map(({ ref }) => ref)
      return wordsIn(doc, item, find(item.id)).map((span) => ({
        ...span,
        conflictId: id,
        source: conflictSource,
        severity: isCounted(conflict) ? severityOf[severity] : 'info',
        markClass: `clash clash-${look}`,
        message: `${why} Clashes with ${others.join(', ')}.`,
        renderMessage: () => slots.make(id, null),
      }))
    })
  })
}

function wordsIn(doc: EditorState['doc'], { text, words }: Conflict['items'][number], place: number | null): Span[] {
  if (place === null || place > doc.length) return []
  const { to: end } = doc.lineAt(place)
  if (end === place) return []
  const line = doc.sliceString(place, end)
  const found = words.flatMap(({ from, to }) => {
    const at = line.indexOf(text.slice(from, to))
    return at < 0 || to <= from ? [] : [{ from: place + at, to: place + at + to - from }]
  })
  return found.length > 0 ? found : [{ from: place, to: end }]
}
