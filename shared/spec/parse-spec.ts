// A whole document at once: the plain way to read one, and what reading it piece by piece is held against.

import { BlockReader } from './markdown/blocks.ts'
import { ItemReader } from './grammar/item-reader.ts'
import { documentStart } from './grammar/section.ts'
import type { ParsedSpec } from './spec-item.ts'

/** Reads the items of `markdown`, which has LF line ends (`cleanText`). No input makes it fail; its time grows with the text. */
export function parseSpec(markdown: string): ParsedSpec {
  const blocks = new BlockReader(markdown, 0, { tableHeader: null, isStart: true })
  const reader = new ItemReader(markdown, documentStart)
  for (let block = blocks.next(); block !== undefined; block = blocks.next()) reader.take(block)
  reader.close()
  return { items: reader.items, leftOut: reader.leftOut, gaps: reader.gaps }
}
