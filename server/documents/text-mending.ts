// What an editor may put into a Yjs text and may not leave there, found and taken out: carriage returns, and content that is no text.

import * as Y from 'yjs'
import type { DecodedUpdate } from './update-coverage.ts'

/** Whether the update may bring something into the text that `mendText` takes out. */
export function needsMending({ structs }: DecodedUpdate): boolean {
  return structs.some(
    (struct) =>
      struct instanceof Y.Item && (isForeign(struct) || (struct.content instanceof Y.ContentString && struct.content.str.includes('\r'))),
  )
}

/**
 * Takes out of the text what is no text (an embed counts as one position in Yjs and is nothing in a string, so that every edit behind
 * it would land in the wrong place), and makes each CRLF and each lone CR an LF, by edits of single characters.
 */
export function mendText(text: Y.Text): void {
  removeForeign(text)
  const content = text.toString()
  // From the end, so that earlier offsets stay true.
  for (let index = content.lastIndexOf('\r'); index >= 0; index = index === 0 ? -1 : content.lastIndexOf('\r', index - 1)) {
    text.delete(index, 1)
    if (content[index + 1] !== '\n') text.insert(index, '\n')
  }
}

function removeForeign(text: Y.Text): void {
  const foreign: { at: number; length: number }[] = []
  let at = 0
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (isForeign(item)) foreign.push({ at, length: item.length })
    at += item.length
  }
  for (const { at: start, length } of foreign.toReversed()) text.delete(start, length)
}

function isForeign({ content, countable }: Y.Item): boolean {
  return countable && !(content instanceof Y.ContentString)
}
