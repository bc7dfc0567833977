// One line of Markdown: where it starts and ends, how far it is indented, and which mark opens it.

/** A line: `contentFrom` is its first unit that is no blank, `to` where its line end stands, `indent` in columns. */
export interface Line {
  readonly from: number
  readonly to: number
  readonly contentFrom: number
  readonly indent: number
}

/** A tab goes on to the next multiple of this. */
const tabColumns = 4

/** The line of `text` that starts at `from`. */
export function readLine(text: string, from: number): Line {
  const end = text.indexOf('\n', from)
  const to = end < 0 ? text.length : end
  let indent = 0
  let contentFrom = from
  for (; contentFrom < to; contentFrom++) {
    const unit = text.charCodeAt(contentFrom)
    if (unit === 0x20) indent += 1
    else if (unit === 0x09) indent += tabColumns - (indent % tabColumns)
    else if (unit !== 0x0d) break
  }
  return { from, to, contentFrom, indent }
}

export const isBlank = (line: Line): boolean => line.contentFrom === line.to

/** Where the next line starts; the length of the text behind the last one. */
export const nextLineFrom = (text: string, line: Line): number => Math.min(line.to + 1, text.length)

/** What opens a list item: how many columns in its text starts, and where. */
export interface ListMarker {
  readonly contentIndent: number
  readonly contentFrom: number
}

const markerPattern = /(?:[-*+•◦▪]|\d{1,9}[.)])(?=[ \t]|$)/my
const breakPattern = /(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/my
const fencePattern = /(?:`{3,}(?=[^`\n]*$)|~{3,})/my
const headingPattern = /#{1,6}(?=[ \t]|$)/my
const htmlPattern =
  /<(?:\/?(?:address|article|aside|blockquote|body|center|details|dialog|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|html|iframe|main|nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>]|$)|[!?])/imy

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** The list mark that opens the line, if one does. A line of `---` or `* * *` is a break, not a list. */
export function listMarker(text: string, line: Line): ListMarker | undefined {
  if (isThematicBreak(text, line)) return undefined
  return markerAt(text, line.contentFrom, line.indent, line.to)
}

/** The list mark at `at`, which is `indent` columns in, on a line that ends at `lineTo`. */
export function markerAt(text: string, at: number, indent: number, lineTo: number): ListMarker | undefined {
  const mark = matchAt(markerPattern, text, at)
  if (mark === undefined) return undefined
  let contentFrom = at + mark.length
  let columns = indent + mark.length
  const least = columns + 1
  for (; contentFrom < lineTo; contentFrom++) {
    const unit = text.charCodeAt(contentFrom)
    if (unit === 0x20) columns += 1
    else if (unit === 0x09) columns += tabColumns - (columns % tabColumns)
    else break
  }
  // Five columns behind the mark and more open indented code in CommonMark; people who write so mean text. What follows may be as near as one column.
  return { contentIndent: columns - least > 3 || contentFrom === lineTo ? least : columns, contentFrom }
}

export const isThematicBreak = (text: string, line: Line): boolean => matchAt(breakPattern, text, line.contentFrom) !== undefined

/** The run of backticks or tildes that opens a code block on the line. */
export const fenceMark = (text: string, line: Line): string | undefined => matchAt(fencePattern, text, line.contentFrom)

/** How many `#` make the line a heading; 0 when it is none. */
export const headingLevel = (text: string, line: Line): number => matchAt(headingPattern, text, line.contentFrom)?.length ?? 0

export const opensComment = (text: string, line: Line): boolean => text.startsWith('<!--', line.contentFrom)

/** Whether a block of HTML starts here. Tags inside a sentence, and those this list does not have, are text. */
export const opensHtml = (text: string, line: Line): boolean => matchAt(htmlPattern, text, line.contentFrom) !== undefined

export const isQuote = (text: string, line: Line): boolean => text.charCodeAt(line.contentFrom) === 0x3e && line.indent < 4
