// The item of a table's row: the first cell names it, the header's words say what the others are.

import type { Block } from '../markdown/blocks.ts'
import { plainInline } from '../markdown/plain-inline.ts'
import type { Modality } from '../statement/modality.ts'
import { isWholeId, leadingId } from './external-id.ts'
import { ItemDraft, type DraftPlace } from './item-draft.ts'

const idHeader = /^(?:id|#|no\.?|nr\.?|ref\.?|identifier|req(?:uirement)?\.?\s*(?:id|no\.?|#))$/i
const priorityHeader = /^(?:priority|moscow|prio|importance|level|obligation)$/i
const placeholder = /^(?:[-–—*.]*|n\/?a)$/i

const modalityOfPriority: Readonly<Record<string, Modality>> = {
  must: 'must',
  mandatory: 'must',
  required: 'must',
  should: 'should',
  could: 'may',
  may: 'may',
  optional: 'may',
}

/** Plain names of the columns, found once a table: all its rows hold the same header. */
const columnNames = new WeakMap<readonly string[], readonly string[]>()

function namesOf(header: readonly string[]): readonly string[] {
  const known = columnNames.get(header)
  if (known !== undefined) return known
  const names = header.map((name) => plainInline(name, [{ from: 0, to: name.length }]).text)
  columnNames.set(header, names)
  return names
}

const idOf = (words: string): string | null => (isWholeId(words) ? (leadingId(words)?.externalId ?? null) : null)

/** The item of `row`; undefined when no cell says anything. */
export function readRowItem(source: string, row: Block & { kind: 'row' }, place: DraftPlace): ItemDraft | undefined {
  const header = namesOf(row.header)
  const cells = row.cells.map((span, column) => ({ span, name: header[column] ?? '', words: plainInline(source, [span]).text }))
  const id = cells.find(({ name, words }, column) => idHeader.test(name) || (column === 0 && isWholeId(words)))
  const priority = cells.find(({ name }) => priorityHeader.test(name))
  const modality = modalityOfPriority[/^[a-z]+/i.exec(priority?.words ?? '')?.[0].toLowerCase() ?? '']
  const telling = cells.filter((cell) => cell !== id && !(cell === priority && modality !== undefined) && !placeholder.test(cell.words))
  if (telling.length === 0) return undefined
  const isNamed = telling[0]?.span === row.cells.find((span) => span !== id?.span) && /\p{L}/u.test(telling[0]?.words ?? '')
  const needsNames = telling.length > 2 || !isNamed
  // What one of several columns forbids ("Restrictions") is not what the row as a whole says.
  const given: Modality | undefined = modality ?? (needsNames ? 'none' : undefined)
  const draft = new ItemDraft(source, {
    ...place,
    externalId: id === undefined ? null : idOf(id.words),
    ...(given === undefined ? {} : { modality: given }),
  })
  for (const [index, cell] of telling.entries()) {
    const name = needsNames && cell.name !== '' ? `${cell.name}: ` : ''
    draft.addCell(index === 0 ? (isNamed ? '' : name) : isNamed && index === 1 ? `: ${name}` : `; ${name}`, cell.span)
  }
  return draft
}
