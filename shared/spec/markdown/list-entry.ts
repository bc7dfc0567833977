// A top-level list item with all that is nested in it, as a flat list of nodes. Flat, so that no depth of nesting can overflow a stack.

import { fenceEnd, interruptsParagraph } from './block-starts.ts'
import { fenceMark, isBlank, isQuote, listMarker, markerAt, nextLineFrom, opensComment, readLine, type Line } from './lines.ts'
import type { LeftOutReason } from '../spec-item.ts'
import type { Span } from '../span.ts'

/** One list item: its own words, without those nested in it, which follow it with a greater `depth`. */
export interface EntryNode extends Span {
  readonly depth: number
  readonly checked: boolean | null
  /** Its words, line by line; a paragraph of its own behind a blank line opens a new list. */
  readonly paragraphs: Span[][]
}

/** A list item as it was read. */
export interface Entry extends Span {
  readonly nodes: readonly EntryNode[]
  readonly leftOut: readonly (Span & { readonly reason: LeftOutReason })[]
}

/** Deeper list items count as words of the one at this depth. */
const maxDepth = 100

interface OpenNode {
  readonly node: { depth: number; checked: boolean | null; paragraphs: Span[][]; from: number; to: number }
  readonly indent: number
  readonly contentIndent: number
}

/** Reads the list item that opens on `first` up to where the next block starts. */
export function readEntry(text: string, first: Line): Entry {
  return new EntryReader(text, first).read()
}

class EntryReader {
  readonly #text: string
  readonly #first: Line
  readonly #nodes: OpenNode['node'][] = []
  readonly #leftOut: (Span & { reason: LeftOutReason })[] = []
  readonly #open: OpenNode[] = []
  #isAfterBlank = false

  constructor(text: string, first: Line) {
    this.#text = text
    this.#first = first
  }

  read(): Entry {
    const text = this.#text
    this.#openNodes(this.#first)
    let end = nextLineFrom(text, this.#first)
    for (let at = end; at < text.length;) {
      const line = readLine(text, at)
      if (isBlank(line)) {
        this.#isAfterBlank = true
        at = nextLineFrom(text, line)
        continue
      }
      const next = this.#take(line)
      if (next === undefined) break
      this.#isAfterBlank = false
      at = next
      end = at
    }
    return { nodes: this.#nodes, leftOut: this.#leftOut, from: this.#first.from, to: end }
  }

  /** Takes a line that belongs to the item and gives where the next one starts; undefined when it starts another block. */
  #take(line: Line): number | undefined {
    const text = this.#text
    const root = this.#open[0]
    if (root === undefined) return undefined
    const marker = listMarker(text, line)
    // A nested list is indented by two columns at least; that some of it is less than CommonMark wants is how people write.
    if (marker !== undefined && line.indent < root.indent + 2) return undefined
    const isInside = line.indent >= root.contentIndent
    if (marker === undefined && !isInside && (this.#isAfterBlank || interruptsParagraph(text, line))) return undefined
    if (marker !== undefined && line.indent < this.#deepestIndent() + 6) {
      this.#closeTo(line.indent - 2)
      this.#openNodes(line)
      return nextLineFrom(text, line)
    }
    if (this.#isAfterBlank) this.#closeToContent(line.indent)
    return this.#takeWords(line)
  }

  #takeWords(line: Line): number {
    const text = this.#text
    const top = this.#open.at(-1)
    const next = nextLineFrom(text, line)
    if (top === undefined) return next
    if (fenceMark(text, line) !== undefined) return this.#leaveOut('code', line, fenceEnd(text, line))
    if (isQuote(text, { ...line, indent: 0 })) return this.#leaveOut('quote', line, next)
    if (opensComment(text, line)) return this.#leaveOut('comment', line, this.#commentEnd(line))
    if (this.#isAfterBlank && line.indent >= top.contentIndent + 4) return this.#leaveOut('code', line, next)
    if (this.#isAfterBlank || top.node.paragraphs.length === 0) top.node.paragraphs.push([])
    top.node.paragraphs.at(-1)?.push({ from: line.contentFrom, to: line.to })
    this.#extend(next)
    return next
  }

  /** A comment that is not closed ends with the list item. */
  #commentEnd(first: Line): number {
    const text = this.#text
    for (let line = first; ; line = readLine(text, nextLineFrom(text, line))) {
      const end = nextLineFrom(text, line)
      if (text.slice(line.from, line.to).includes('-->') || end >= text.length) return end
      const next = readLine(text, end)
      if (!isBlank(next) && next.indent < (this.#open[0]?.contentIndent ?? 0)) return end
    }
  }

  #leaveOut(reason: LeftOutReason, line: Line, to: number): number {
    this.#leftOut.push({ reason, from: line.from, to })
    this.#extend(to)
    return to
  }

  /** All list items that open on the line: `- 1. x` opens two. */
  #openNodes(line: Line): void {
    let at = line.contentFrom
    let indent = line.indent
    for (let marker = listMarker(this.#text, line); marker !== undefined; marker = markerAt(this.#text, at, indent, line.to)) {
      const task = taskBox(this.#text, marker.contentFrom, line.to)
      const node = { depth: this.#open.length, checked: task.checked, paragraphs: [], from: line.from, to: line.to }
      this.#nodes.push(node)
      this.#open.push({ node, indent, contentIndent: marker.contentIndent })
      at = task.from
      indent = marker.contentIndent
      if (this.#open.length >= maxDepth) break
    }
    if (at < line.to) this.#open.at(-1)?.node.paragraphs.push([{ from: at, to: line.to }])
    this.#extend(nextLineFrom(this.#text, line))
  }

  #extend(to: number): void {
    for (const open of this.#open) open.node.to = to
  }

  #deepestIndent(): number {
    return this.#open.at(-1)?.contentIndent ?? 0
  }

  /** Closes items whose mark stands right of `indent`, but never the outermost. */
  #closeTo(indent: number): void {
    while (this.#open.length > 1 && (this.#open.at(-1)?.indent ?? 0) > indent) this.#open.pop()
  }

  #closeToContent(indent: number): void {
    while (this.#open.length > 1 && (this.#open.at(-1)?.contentIndent ?? 0) > indent) this.#open.pop()
  }
}

const taskPattern = /\[([ xX])\](?=\s)[ \t]*/y

function taskBox(text: string, at: number, lineTo: number): { checked: boolean | null; from: number } {
  taskPattern.lastIndex = at
  const match = taskPattern.exec(text)
  if (match === null || at + match[0].length > lineTo) return { checked: null, from: at }
  return { checked: match[1] !== ' ', from: at + match[0].length }
}
