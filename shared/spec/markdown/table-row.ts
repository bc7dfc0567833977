// Rows of a table: where their cells stand, and which line under a header makes it one.

import type { Span } from '../span.ts'
import type { Line } from './lines.ts'

/** The cells of a row, without the blanks around them. `\|` and a bar in backticks part no cells. */
export function splitRow(text: string, line: Line): Span[] {
  const cells: Span[] = []
  const lastTick = text.slice(line.from, line.to).lastIndexOf('`') + line.from
  let start = text[line.contentFrom] === '|' ? line.contentFrom + 1 : line.contentFrom
  let isCode = false
  for (let at = start; at < line.to; at++) {
    const unit = text[at]
    if (unit === '\\' && !isCode) at += 1
    else if (unit === '`') isCode = !isCode && at < lastTick
    else if (unit === '|' && !isCode) {
      cells.push(trimmed(text, start, at))
      start = at + 1
    }
  }
  const last = trimmed(text, Math.min(start, line.to), line.to)
  if (last.to > last.from) cells.push(last)
  return cells
}

function trimmed(text: string, from: number, to: number): Span {
  let start = from
  let end = to
  while (start < end && /\s/.test(text[start] ?? '')) start += 1
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1
  return { from: start, to: end }
}

/** Whether `line` is the `| --- | :-: |` that makes `header`, the line above, the header of a table. */
export function isDelimiterRow(text: string, header: Line, line: Line): boolean {
  const row = text.slice(line.contentFrom, line.to)
  if (line.indent >= 4 || !row.includes('-') || !/^[-:| \t\r]+$/.test(row)) return false
  const cells = splitRow(text, line)
  return cells.every((cell) => /^:?-+:?$/.test(text.slice(cell.from, cell.to))) && cells.length === splitRow(text, header).length
}
