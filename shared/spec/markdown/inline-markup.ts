// Finds the markup in inline Markdown: what is not words, and what stands for it.

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  le: '≤',
  ge: '≥',
}
const entityPattern = /&(#39|[a-z]{2,5});/y
const tagPattern =
  /<\/?(?:a|abbr|b|br|code|del|em|i|img|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|summary|sup|u|var)(?:[\s/][^<>]*)?>/iy
const autolinkPattern = /<((?:https?|ftp|mailto):[^\s<>]*)>/iy
const emphasisMark = /[*_~]/
const wordUnit = /[\p{L}\p{N}_]/u
const escapable = /[!-/:-@[-`{-~]/

/** Markup at a place: how long it is, and what stands for it. */
export interface Markup {
  readonly length: number
  readonly words: string
}

/** Finds all markup in one pass; every look ahead is either bounded by the next mark of its kind or remembered, so that no input makes it quadratic. */
export function markupOf(raw: string): Map<number, Markup> {
  const found = new Map<number, Markup>()
  const marks: Marks = { found, brackets: [], openers: new Map(), missing: new Set() }
  for (let at = nextMark(raw, 0); at < raw.length;) at = nextMark(raw, readMark(raw, at, marks))
  return found
}

const markUnits = /[\\`<&[\]*_~]/g

/** Where the next unit stands that may be markup; the length of `raw` behind the last. */
function nextMark(raw: string, from: number): number {
  markUnits.lastIndex = from
  return markUnits.exec(raw)?.index ?? raw.length
}

interface Marks {
  readonly found: Map<number, Markup>
  readonly brackets: number[]
  readonly openers: Map<string, number>
  /** Closers that do not come any more. */
  readonly missing: Set<string>
  codeEnds?: Map<number, number>
}

function readMark(raw: string, at: number, marks: Marks): number {
  const unit = raw[at] ?? ''
  if (unit === '\\') return readEscape(raw, at, marks)
  if (unit === '`') return readCode(raw, at, marks)
  if (unit === '<') return readAngle(raw, at, marks)
  if (unit === '&') return readEntity(raw, at, marks)
  if (unit === '[') {
    marks.brackets.push(at)
    return at + 1
  }
  if (unit === ']') return readLinkEnd(raw, at, marks)
  if (emphasisMark.test(unit)) return readEmphasis(raw, at, marks)
  return at + 1
}

function readEscape(raw: string, at: number, { found }: Marks): number {
  const next = raw[at + 1]
  if (next === undefined || !escapable.test(next)) return at + 1
  found.set(at, { length: 1, words: '' })
  return at + 2
}

function runLength(raw: string, at: number): number {
  const unit = raw[at]
  let end = at + 1
  while (raw[end] === unit) end += 1
  return end - at
}

function readCode(raw: string, at: number, marks: Marks): number {
  marks.codeEnds ??= codeEnds(raw)
  const length = runLength(raw, at)
  const close = marks.codeEnds.get(at)
  if (close === undefined) return at + length
  marks.found.set(at, { length, words: '' }).set(close, { length, words: '' })
  return close + length
}

/** For each run of backticks the next one of the same length, found in one pass from the end. */
function codeEnds(raw: string): Map<number, number> {
  const ends = new Map<number, number>()
  const nextOfLength = new Map<number, number>()
  for (const run of [...raw.matchAll(/`+/g)].reverse()) {
    const next = nextOfLength.get(run[0].length)
    if (next !== undefined) ends.set(run.index, next)
    nextOfLength.set(run[0].length, run.index)
  }
  return ends
}

function readAngle(raw: string, at: number, { found, missing }: Marks): number {
  if (raw.startsWith('<!--', at) && !missing.has('-->')) {
    const close = raw.indexOf('-->', at + 4)
    if (close >= 0) {
      found.set(at, { length: close + 3 - at, words: ' ' })
      return close + 3
    }
    missing.add('-->')
  }
  autolinkPattern.lastIndex = at
  const link = autolinkPattern.exec(raw)
  if (link !== null) {
    found.set(at, { length: 1, words: '' }).set(at + link[0].length - 1, { length: 1, words: '' })
    return at + link[0].length
  }
  tagPattern.lastIndex = at
  const tag = tagPattern.exec(raw)?.[0]
  if (tag === undefined) return at + 1
  found.set(at, { length: tag.length, words: /^<br\b/i.test(tag) ? '\n' : '' })
  return at + tag.length
}

function readEntity(raw: string, at: number, { found }: Marks): number {
  entityPattern.lastIndex = at
  const match = entityPattern.exec(raw)
  const words = match === null ? undefined : entities[match[1] ?? '']
  if (match === null || words === undefined) return at + 1
  found.set(at, { length: match[0].length, words })
  return at + match[0].length
}

const targetPattern = /\((?:[^()\n]|\([^()\n]*\))*\)|\[[^[\]\n]*\]/y

/** `[words](address)` and `[words][name]` are their words; a bracket of any other kind stays. */
function readLinkEnd(raw: string, at: number, { found, brackets }: Marks): number {
  const open = brackets.pop()
  const next = raw[at + 1]
  if (open === undefined || (next !== '(' && next !== '[')) return at + 1
  targetPattern.lastIndex = at + 1
  const target = targetPattern.exec(raw)?.[0]
  if (target === undefined) return at + 1
  const isImage = raw[open - 1] === '!' && !found.has(open - 1)
  found.set(isImage ? open - 1 : open, { length: isImage ? 2 : 1, words: '' })
  found.set(at, { length: 1 + target.length, words: '' })
  return at + 1 + target.length
}

/** Emphasis counts in pairs of the same mark and length; one that is left over is text, and so is `_` inside a word. */
function readEmphasis(raw: string, at: number, { found, openers }: Marks): number {
  const length = runLength(raw, at)
  const before = raw[at - 1] ?? ' '
  const after = raw[at + length] ?? ' '
  const mark = raw.slice(at, at + length)
  if (length > 3 || mark === '~') return at + length
  const isInWord = mark.startsWith('_') && wordUnit.test(before) && wordUnit.test(after)
  const opener = openers.get(mark)
  if (opener !== undefined && !/\s/.test(before) && !isInWord) {
    found.set(opener, { length, words: '' }).set(at, { length, words: '' })
    openers.delete(mark)
  } else if (!/\s/.test(after) && !isInWord) openers.set(mark, at)
  return at + length
}
