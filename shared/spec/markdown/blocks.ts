// Reads Markdown block by block. A block ends before a line that starts another one, so a document may be cut there and read in pieces.

import type { LeftOutReason } from '../spec-item.ts'
import type { Span } from '../span.ts'
import { readEntry, type EntryNode } from './list-entry.ts'
import { fenceEnd, interruptsParagraph } from './block-starts.ts'
import {
  fenceMark,
  headingLevel,
  isBlank,
  isQuote,
  isThematicBreak,
  listMarker,
  nextLineFrom,
  opensComment,
  opensHtml,
  readLine,
  type Line,
} from './lines.ts'
import { isDelimiterRow, splitRow } from './table-row.ts'

/** One block; `from` to `to` are its whole lines, the blank ones behind it not among them. */
export type Block = Span &
  (
    | { readonly kind: 'heading'; readonly level: number; readonly title: Span }
    | {
        readonly kind: 'entry'
        readonly nodes: readonly EntryNode[]
        readonly leftOut: readonly (Span & { readonly reason: LeftOutReason })[]
      }
    | { readonly kind: 'row'; readonly header: readonly string[]; readonly cells: readonly Span[] }
    | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
    | { readonly kind: 'left_out'; readonly reason: LeftOutReason }
    | { readonly kind: 'other' }
  )

/** What a reader must know of the text before it: the header of the table it stands in, and whether it is at the very start. */
export interface BlockContext {
  readonly tableHeader: readonly string[] | null
  readonly isStart: boolean
}

/** Reads blocks from `position` on; `position` and `context` between two blocks are enough to go on from there later. */
export class BlockReader {
  readonly #text: string
  #position: number
  #context: BlockContext

  constructor(text: string, position: number, context: BlockContext) {
    this.#text = text
    this.#position = position
    this.#context = context
    this.#skipBlankLines()
  }

  get position(): number {
    return this.#position
  }

  get context(): BlockContext {
    return this.#context
  }

  /** The next block; undefined at the end of the text. */
  next(): Block | undefined {
    if (this.#position >= this.#text.length) return undefined
    const block = this.#read(readLine(this.#text, this.#position))
    this.#position = block.to
    const tableHeader = block.kind === 'row' ? block.header : block.kind === 'other' ? this.#context.tableHeader : null
    this.#context = { tableHeader, isStart: false }
    this.#skipBlankLines()
    return block
  }

  #skipBlankLines(): void {
    while (this.#position < this.#text.length) {
      const line = readLine(this.#text, this.#position)
      if (!isBlank(line)) return
      this.#position = nextLineFrom(this.#text, line)
      this.#context = { tableHeader: null, isStart: this.#context.isStart }
    }
  }

  #read(line: Line): Block {
    const text = this.#text
    if (this.#context.isStart && line.from === 0) {
      const end = frontMatterEnd(text, line)
      if (end !== undefined) return { kind: 'left_out', reason: 'front_matter', from: line.from, to: end }
    }
    if (line.indent >= 4) return { kind: 'left_out', reason: 'code', from: line.from, to: indentedCodeEnd(text, line) }
    if (fenceMark(text, line) !== undefined) return { kind: 'left_out', reason: 'code', from: line.from, to: fenceEnd(text, line) }
    const level = headingLevel(text, line)
    if (level > 0) return { kind: 'heading', level, title: headingTitle(text, line, level), from: line.from, to: nextLineFrom(text, line) }
    if (isQuote(text, line)) return { kind: 'left_out', reason: 'quote', from: line.from, to: quoteEnd(text, line) }
    if (opensComment(text, line)) return { kind: 'left_out', reason: 'comment', from: line.from, to: commentEnd(text, line) }
    if (opensHtml(text, line)) return { kind: 'left_out', reason: 'html', from: line.from, to: untilBlankLine(text, line) }
    if (isThematicBreak(text, line)) return this.#other(line)
    if (listMarker(text, line) !== undefined) return { kind: 'entry', ...readEntry(text, line) }
    return this.#readRow(line) ?? this.#readParagraph(line)
  }

  /** A line that is neither text nor the end of a table that it stands in. */
  #other(line: Line): Block {
    this.#context = { tableHeader: null, isStart: false }
    return { kind: 'other', from: line.from, to: nextLineFrom(this.#text, line) }
  }

  #readRow(line: Line): Block | undefined {
    const text = this.#text
    if (!text.slice(line.from, line.to).includes('|')) return undefined
    const next = nextLineFrom(text, line)
    const header = this.#context.tableHeader
    if (header !== null) return { kind: 'row', header, cells: splitRow(text, line), from: line.from, to: next }
    const delimiter = readLine(text, next)
    if (next >= text.length || !isDelimiterRow(text, line, delimiter)) return undefined
    this.#context = { tableHeader: splitRow(text, line).map((cell) => text.slice(cell.from, cell.to)), isStart: false }
    return { kind: 'other', from: line.from, to: nextLineFrom(text, delimiter) }
  }

  #readParagraph(first: Line): Block {
    const text = this.#text
    const spans: Span[] = [{ from: first.contentFrom, to: first.to }]
    let end = nextLineFrom(text, first)
    for (let line = readLine(text, end); end < text.length; line = readLine(text, end)) {
      if (isBlank(line)) break
      const underline = setextLevel(text, line)
      if (underline > 0 && spans.length === 1) {
        return {
          kind: 'heading',
          level: underline,
          title: { from: first.contentFrom, to: first.to },
          from: first.from,
          to: nextLineFrom(text, line),
        }
      }
      if (interruptsParagraph(text, line)) break
      spans.push({ from: line.contentFrom, to: line.to })
      end = nextLineFrom(text, line)
    }
    return { kind: 'paragraph', spans, from: first.from, to: end }
  }
}

/** One hyphen under a line is how a list begins, whatever CommonMark makes of it. */
const setextPattern = /(?:=+|-{2,})[ \t]*$/my

function setextLevel(text: string, line: Line): number {
  setextPattern.lastIndex = line.contentFrom
  if (line.indent >= 4 || !setextPattern.test(text)) return 0
  return text[line.contentFrom] === '=' ? 1 : 2
}

function headingTitle(text: string, line: Line, level: number): Span {
  let from = line.contentFrom + level
  let to = line.to
  while (from < to && /\s/.test(text[from] ?? '')) from += 1
  while (to > from && /\s/.test(text[to - 1] ?? '')) to -= 1
  let close = to
  while (close > from && text[close - 1] === '#') close -= 1
  if (close === from) return { from, to: from }
  if (close < to && /\s/.test(text[close - 1] ?? '')) to = close - 1
  return { from, to }
}

function commentEnd(text: string, first: Line): number {
  const close = text.indexOf('-->', first.contentFrom)
  return close < 0 ? text.length : nextLineFrom(text, readLine(text, close))
}

function untilBlankLine(text: string, first: Line): number {
  let end = nextLineFrom(text, first)
  for (let line = readLine(text, end); end < text.length && !isBlank(line); line = readLine(text, end)) end = nextLineFrom(text, line)
  return end
}

function quoteEnd(text: string, first: Line): number {
  let end = nextLineFrom(text, first)
  for (let line = readLine(text, end); end < text.length; line = readLine(text, end)) {
    if (isBlank(line) || (!isQuote(text, line) && interruptsParagraph(text, line))) break
    end = nextLineFrom(text, line)
  }
  return end
}

function indentedCodeEnd(text: string, first: Line): number {
  let end = nextLineFrom(text, first)
  for (let at = end; at < text.length;) {
    const line = readLine(text, at)
    at = nextLineFrom(text, line)
    if (isBlank(line)) continue
    if (line.indent < 4) break
    end = at
  }
  return end
}

/** Front matter that is not closed within so many units is none. Whoever reads in pieces gives at least so much of the start. */
export const maxFrontMatterUnits = 8_192

/** Front matter opens with `---` on the first line and closes with `---` or `...`; unclosed, it is no front matter. */
function frontMatterEnd(text: string, first: Line): number | undefined {
  if (text.slice(first.from, first.to).trimEnd() !== '---') return undefined
  let end = nextLineFrom(text, first)
  for (let line = readLine(text, end); end < text.length; line = readLine(text, end)) {
    end = nextLineFrom(text, line)
    if (end > maxFrontMatterUnits) return undefined
    if (/^(?:---|\.\.\.)\s*$/.test(text.slice(line.from, line.to))) return end
  }
  return undefined
}
