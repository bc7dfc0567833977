// What ends the block before it, and where a block of code ends: asked at the top level and inside list items alike.

import {
  fenceMark,
  headingLevel,
  isQuote,
  isThematicBreak,
  listMarker,
  nextLineFrom,
  opensComment,
  opensHtml,
  readLine,
  type Line,
} from './lines.ts'
import { isDelimiterRow } from './table-row.ts'

/** Whether `line` starts a block of its own although a paragraph stands right before it. */
export function interruptsParagraph(text: string, line: Line): boolean {
  if (line.indent >= 4) return false
  return (
    headingLevel(text, line) > 0 ||
    listMarker(text, line) !== undefined ||
    fenceMark(text, line) !== undefined ||
    isQuote(text, line) ||
    opensComment(text, line) ||
    opensHtml(text, line) ||
    isThematicBreak(text, line) ||
    startsTable(text, line)
  )
}

function startsTable(text: string, line: Line): boolean {
  if (!text.slice(line.from, line.to).includes('|')) return false
  const next = nextLineFrom(text, line)
  return next < text.length && isDelimiterRow(text, line, readLine(text, next))
}

/** A fence that is never closed goes on to the end of the text, as everywhere else. */
export function fenceEnd(text: string, first: Line): number {
  const mark = fenceMark(text, first) ?? ''
  let end = nextLineFrom(text, first)
  for (let line = readLine(text, end); end < text.length; line = readLine(text, end)) {
    end = nextLineFrom(text, line)
    if (!text.startsWith(mark, line.contentFrom)) continue
    const rest = text.slice(line.contentFrom, line.to).trimEnd()
    if (rest.split('').every((unit) => unit === mark[0])) return end
  }
  return end
}
