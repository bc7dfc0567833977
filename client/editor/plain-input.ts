// Keeps what is typed, pasted or dropped clean: LF line ends, no lone surrogates, before it reaches the shared text.

import { EditorState, type Extension, type TransactionSpec } from '@codemirror/state'
import { ySyncAnnotation } from 'y-codemirror.next'
import { cleanText } from '../../shared/spec/plain-text.ts'

/**
 * With `\n` as the only separator the editor counts like the shared text does; a `\r` that came in would be one character
 * for both, and stay. What comes from the shared text itself passes untouched, or the two would differ.
 */
export const plainInput: Extension = [
  EditorState.lineSeparator.of('\n'),
  EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.annotation(ySyncAnnotation)) return transaction
    const cleaned: { from: number; to: number; insert: string }[] = []
    let isClean = true
    transaction.changes.iterChanges((from, to, ...[, , inserted]) => {
      const text = inserted.sliceString(0, inserted.length, '\n')
      const insert = cleanText(text)
      if (insert !== text) isClean = false
      cleaned.push({ from, to, insert })
    })
    if (isClean) return transaction
    const changes = transaction.startState.changes(cleaned)
    const spec: TransactionSpec = { changes, scrollIntoView: true }
    // The caret goes behind what was put in, as after any paste.
    const head = changes.mapPos(Math.max(...cleaned.map((change) => change.to)), 1)
    return [spec, { selection: { anchor: head }, sequential: true }]
  }),
]
