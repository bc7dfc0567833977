// Puts an imported text into the document: as a small difference or at its end, and as one step of undo.

import { applyEdits, editsBetween, type TextEdit } from '../../shared/spec/text-edits.ts'
import type { Provider } from '../collab/provider.ts'

/** `replace` keeps what both texts share in its place, so that others' carets stay; `append` goes behind an empty line. */
export type ImportWay = 'replace' | 'append'

/** Changes the document by one transaction; a single undo takes it back. */
export function importText(provider: Pick<Provider, 'doc' | 'text' | 'undo'>, imported: string, way: ImportWay): void {
  const { doc, text, undo } = provider
  undo.stopCapturing()
  doc.transact(() => applyEdits(importEdits(text.toString(), imported, way), text))
  undo.stopCapturing()
}

/** The edits that bring `imported` into `current`. */
export function importEdits(current: string, imported: string, way: ImportWay): TextEdit[] {
  if (way === 'replace') return editsBetween(current, imported)
  const lines = current.trim() === '' || current.endsWith('\n\n') ? '' : current.endsWith('\n') ? '\n' : '\n\n'
  return imported === '' ? [] : [{ at: current.length, remove: 0, insert: lines + imported }]
}
