// The smallest edits that add, reword, move and remove one item, each tried on the outline before it is made.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import { AppError } from '../../shared/errors.ts'
import { formatItem } from '../../shared/spec/format-items.ts'
import type { OutlineChange, SpecOutline, TextChange } from '../../shared/spec/outline.ts'
import { cleanText } from '../../shared/spec/plain-text.ts'
import { sourceSpan, type SpecItem } from '../../shared/spec/spec-item.ts'
import { editsBetween, type TextEdit } from '../../shared/spec/text-edits.ts'
import { placesFor } from './item-places.ts'

/** Edits that refer to one text and ascend, and where what they bring begins to be the item. */
export interface ItemEdit {
  readonly edits: readonly TextEdit[]
  /** How far into the one text that they insert; null when the item's first character was there before. */
  readonly firstChar: number | null
}

/** An item that is to be written, its words as plain text. */
export interface WantedItem {
  readonly category: CategoryKey
  readonly text: string
  readonly externalId: string | null
  readonly checked: boolean | null
}

/** Words as one item can have them: in one line. */
export const itemWords = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim()

/** How many units the edits insert before the item's first character, made from the last to the first; null when they do not bring it. */
export function charBefore({ edits, firstChar }: ItemEdit): number | null {
  if (firstChar === null) return null
  const bringing = edits.findLastIndex(({ insert }) => insert !== '')
  return edits.slice(bringing + 1).reduce((sum, { insert }) => sum + insert.length, 0) + firstChar
}

/** Puts an item at the end of its category, under a heading that is made when there is none. Errors: item_not_writable. */
export function editToAdd(outline: SpecOutline, wanted: WantedItem): ItemEdit {
  return writeBehind(outline, wanted, null)
}

/** Puts an item that is there at the end of another category, perhaps with other words. Errors: item_not_writable. */
export function editToMove(outline: SpecOutline, item: SpecItem, { category, text }: { category: CategoryKey; text: string }): ItemEdit {
  const { externalId, checked } = item
  return writeBehind(outline, { category, text, externalId, checked }, removal(outline.text, item))
}

/** Takes an item's lines out. */
export function editToRemove(outline: SpecOutline, item: SpecItem): ItemEdit {
  return { edits: [removal(outline.text, item)], firstChar: null }
}

/**
 * Gives an item other words where it stands, its emphasis kept where the words stay. Errors: item_not_writable where no other line
 * reads as just that, as in a table.
 */
export function editToReword(outline: SpecOutline, item: SpecItem, text: string): ItemEdit {
  const source = outline.text.slice(item.from, item.to)
  const wanted = { category: item.category, text, externalId: item.externalId }
  for (const target of rewordings(source, item, text)) {
    const [change] = outline.preview([{ from: item.from, to: item.to, insert: target }])
    if (change && isExchange(change, item, wanted)) {
      return { edits: editsBetween(source, target).map((edit) => ({ ...edit, at: item.from + edit.at })), firstChar: null }
    }
  }
  throw new AppError('item_not_writable')
}

/** Where an offset of the text is behind the edits, none of which takes out what stands there; edits right at it come behind it. */
export function offsetBehind({ edits }: ItemEdit, offset: number): number {
  return edits.reduce((moved, { at, remove, insert }) => (at < offset ? moved + insert.length - remove : moved), offset)
}

/** Several edits of one text as one. Errors: item_not_writable where they meet. */
export function together(parts: readonly ItemEdit[]): ItemEdit {
  const edits = parts.flatMap((part) => part.edits).toSorted((one, other) => one.at - other.at)
  for (const [nth, { at, remove }] of edits.entries()) {
    if (at + remove > (edits[nth + 1]?.at ?? Infinity)) throw new AppError('item_not_writable')
  }
  return { edits, firstChar: null }
}

/** Tries the places of a category until one gives just the wanted item and leaves all others as they are. */
function writeBehind(outline: SpecOutline, wanted: WantedItem, removed: TextEdit | null): ItemEdit {
  const line = formatItem(wanted)
  const before = removed === null ? [] : toChanges([removed])
  for (const place of placesFor(outline.text, outline.items, wanted.category)) {
    const shift = removed !== null && place.at > removed.at ? removed.remove : 0
    const at = place.at - shift
    const insert = `${place.before}${line}${place.after}`
    const change = outline.preview([...before, { from: at, to: at, insert }]).at(-1)
    const item = change && onlyAddition(change, wanted)
    if (item) {
      const edits = [{ at: place.at, remove: 0, insert }, ...(removed === null ? [] : [removed])]
      return { edits: edits.toSorted((one, other) => one.at - other.at), firstChar: item.from - at }
    }
  }
  throw new AppError('item_not_writable')
}

function removal(text: string, { lines }: SpecItem): TextEdit {
  // The last line of a text may lack its end: then that of the line before goes.
  const isLast = lines.to === text.length && !text.endsWith('\n') && lines.from > 0
  const at = isLast ? lines.from - 1 : lines.from
  return { at, remove: lines.to - at, insert: '' }
}

/** Sources that may read as the wanted words, the least change first. */
function* rewordings(source: string, item: SpecItem, text: string): Generator<string> {
  let edited = source
  for (const { at, remove, insert } of editsBetween(item.text, text).toReversed()) {
    const { from, to } = sourceSpan(item, { from: at, to: at + remove })
    edited = edited.slice(0, from - item.from) + asMarkdown(insert) + edited.slice(to - item.from)
  }
  yield edited
  const words = sourceSpan(item, { from: 0, to: item.text.length })
  yield source.slice(0, words.from - item.from) + asMarkdown(text) + source.slice(words.to - item.from)
  yield formatItem({ text, category: item.category, externalId: item.externalId }).slice(2)
}

/** Words as Markdown that shows just these words, as they stand inside a line. */
export function asMarkdown(words: string): string {
  return words === '' ? '' : formatItem({ text: `x${words}`, category: 'requirements' }).slice(3)
}

/** The one item that a change adds, if it adds that and leaves all others what they are. */
function onlyAddition({ added, removed }: OutlineChange, wanted: Pick<WantedItem, 'category' | 'text'>): SpecItem | undefined {
  if (added.length !== removed.length + 1) return undefined
  const place = added.findIndex((item, index) => !says(item, removed[index]))
  const item = added[place < 0 ? added.length - 1 : place]
  const isRest = added.toSpliced(place < 0 ? added.length - 1 : place, 1).every((other, index) => says(other, removed[index]))
  if (!isRest || item === undefined || item.category !== wanted.category) return undefined
  // An id in front of the words becomes the item's own.
  return item.text === wanted.text || (item.externalId !== null && wanted.text.endsWith(item.text)) ? item : undefined
}

/** Whether a change puts the wanted item in place of another and leaves all others what they are. */
function isExchange(
  { added, removed }: OutlineChange,
  item: SpecItem,
  wanted: Pick<WantedItem, 'category' | 'text' | 'externalId'>,
): boolean {
  if (added.length !== removed.length) return false
  return added.every((one, index) => {
    const before = removed[index]
    return before !== undefined && before.from === item.from ? says(one, { ...before, ...wanted }) : says(one, before)
  })
}

/** Whether a change leaves all items what they are. */
export function leavesItems(change: OutlineChange | undefined): boolean {
  if (change === undefined) return false
  const { added, removed } = change
  return added.length === removed.length && added.every((one, index) => says(one, removed[index]))
}

function says(one: SpecItem, other: Pick<SpecItem, 'text' | 'category' | 'externalId'> | undefined): boolean {
  return other !== undefined && one.text === other.text && one.category === other.category && one.externalId === other.externalId
}

function toChanges(edits: readonly TextEdit[]): TextChange[] {
  return edits.map(({ at, remove, insert }) => ({ from: at, to: at + remove, insert }))
}
