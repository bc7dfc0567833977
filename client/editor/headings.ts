// Finds the headings of a Markdown text by its lines, in one pass: a spec of 5 MB is read between two frames.

/** One heading: how deep, what it says, and where its line begins. */
export interface Heading {
  level: number
  text: string
  /** In UTF-16 code units from the start of the text. */
  from: number
}

const atx = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$/
const fence = /^ {0,3}(`{3,}|~{3,})/
const underline = /^ {0,3}(=+|-{2,})[ \t]*$/
/** A line that cannot be the text over an underline: empty, indented, quoted, an item of a list, a row of a table. */
const noParagraph = /^(?:\s*$| {4}|\t|\s*(?:[>|]|[-*+][ \t]|\d{1,9}[.)][ \t]))/
const marks = /(\*\*|__|~~|`|\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}]))/gu

/** The headings of `lines` in order; those inside fenced code are none. */
export function findHeadings(lines: Iterable<string>): Heading[] {
  const headings: Heading[] = []
  let from = 0
  let open: string | null = null
  let before: { text: string; from: number } | null = null
  for (const line of lines) {
    const mark = fence.exec(line)?.[1]
    if (open !== null) {
      if (mark !== undefined && mark.startsWith(open) && line.trim() === mark) open = null
      before = null
    } else if (mark !== undefined) {
      open = mark
      before = null
    } else {
      const heading: Heading | null = headingAt(line, from) ?? underlinedBy(line, before)
      if (heading) headings.push(heading)
      before = heading || noParagraph.test(line) ? null : { text: line, from }
    }
    from += line.length + 1
  }
  return headings
}

function headingAt(line: string, from: number): Heading | null {
  const match = line.includes('#') ? atx.exec(line) : null
  return match ? { level: match[1]?.length ?? 1, text: plainWords(match[2] ?? ''), from } : null
}

function underlinedBy(line: string, before: { text: string; from: number } | null): Heading | null {
  const match = before ? underline.exec(line) : null
  return match && before ? { level: match[1]?.startsWith('=') ? 1 : 2, text: plainWords(before.text), from: before.from } : null
}

/** A heading's words without the marks of emphasis, code and links. */
function plainWords(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(marks, '')
    .trim()
}

/** The index of the heading whose section holds `position`; -1 before the first. */
export function sectionAt(headings: readonly Heading[], position: number): number {
  let low = 0
  let high = headings.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((headings[middle]?.from ?? 0) <= position) low = middle + 1
    else high = middle
  }
  return low - 1
}
