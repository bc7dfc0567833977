// Takes an item out of the text here, as if its lines had been selected and deleted: at once, also offline, and one step of undo.

import type { Item } from '../../shared/wire/items.ts'
import { parseSpec } from '../../shared/spec/parse-spec.ts'
import type { Provider } from '../collab/provider.ts'
import { placeOf } from './item-place.ts'

/** False when it is not where it was: somebody took it out, or is changing it. */
export function removeItem(item: Item, { text, doc, undo }: Pick<Provider, 'text' | 'doc' | 'undo'>): boolean {
  const place = placeOf(item, text)
  const found = parseSpec(text.toString()).items.find(({ from }) => from === place)
  if (!found) return false
  const { from, to } = found.lines
  undo.stopCapturing()
  doc.transact(() => text.delete(from, to - from))
  undo.stopCapturing()
  return true
}
