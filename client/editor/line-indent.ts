// How wide the beginning of a line is, up to where its text starts: a list's mark, a box to tick, an indent.

/** Spaces, then perhaps a list's mark, then perhaps a box to tick. */
const beginning = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?/

const tabSpaces = '    '
/** Large, so that rounding does not show. */
const measuredAtPx = 100
const widths = new Map<string, number>()
let context: CanvasRenderingContext2D | null = null

/** The part of a line before its text; empty for a line that begins at the margin. */
export function lineBeginning(text: string): string {
  return beginning.exec(text)?.[0] ?? ''
}

/** The width of that part in em, in the face of running text; 0 at the margin. */
export function lineIndent(text: string): number {
  const start = lineBeginning(text)
  if (start === '' || start.length === text.length) return 0
  const known = widths.get(start)
  if (known !== undefined) return known
  context ??= document.createElement('canvas').getContext('2d')
  if (!context) return 0
  context.font = `${measuredAtPx}px ${getComputedStyle(document.documentElement).getPropertyValue('--font-read')}`
  const width = Math.round(context.measureText(start.replaceAll('\t', tabSpaces)).width) / measuredAtPx
  widths.set(start, width)
  return width
}
