// Words around a number that say which side of it is meant.

import type { Comparator } from './quantity.ts'

/** A comparator, and how many units of the text before or behind the number belong to it. */
export interface Comparing {
  readonly comparator: Comparator
  readonly length: number
}

type Row = readonly [Comparator, RegExp]

/** Before a number; the first row that fits counts, so negations stand before what they negate. */
const before: readonly Row[] = [
  [
    'at_most',
    /(?:\b(?:no|not(?:\s+be)?|never(?:\s+be)?|cannot\s+be)\s+(?:more|greater|longer|larger|higher|later|older)\s+than|\b(?:not|never|cannot|can't)(?:\s+to)?\s+exceed(?:ing)?|\bat\s+(?:the\s+)?(?:most|maximum)|\b(?:an?\s+)?upper\s+limit\s+of|\bup\s+to|\bmaximum(?:\s+(?:of|is))?|\bmax\.?(?:\s+of)?|\bwithin|\blimited\s+to|\bcapped\s+at|\bas\s+(?:much|many)\s+as|<=|≤|=<)/i,
  ],
  [
    'at_least',
    /(?:\b(?:no|not(?:\s+be)?|never(?:\s+be)?|cannot\s+be)\s+(?:less|fewer|shorter|smaller|lower|earlier)\s+than|\b(?:not|never)\s+(?:fall\s+)?below|\bat\s+(?:the\s+)?(?:least|minimum)|\bminimum(?:\s+(?:of|is))?|\bmin\.?(?:\s+of)?|>=|≥|=>)/i,
  ],
  ['less_than', /(?:\b(?:less|fewer|shorter|smaller|lower|faster|sooner|younger)\s+than|\bunder|\bbelow|<)/i],
  [
    'more_than',
    /(?:\b(?:more|greater|longer|larger|higher|older)\s+than|\bin\s+excess\s+of|\bover|\babove|\bbeyond|\bexceed(?:s|ing|ed)?|>)/i,
  ],
  ['about', /(?:\b(?:about|approximately|approx\.?|around|roughly|circa|nearly|almost)|[~≈])/i],
  ['exactly', /(?:\b(?:exactly|precisely|equal\s+to|equals)|=)/i],
]

/** Before a date or a time, where some words mean something else. */
const beforeDate: readonly Row[] = [
  ['at_most', /\b(?:no\s+later\s+than|not\s+later\s+than|by|until|till|through|latest)/i],
  ['at_least', /\b(?:no\s+earlier\s+than|not\s+before|from|since|as\s+of|starting(?:\s+on)?|effective)/i],
  ['less_than', /\b(?:before|prior\s+to|earlier\s+than)/i],
  ['more_than', /\b(?:after|later\s+than|following)/i],
]

const behind: readonly Row[] = [
  [
    'at_least',
    /^(?:\s*\+|\s+(?:or|and)\s+(?:more|above|greater|longer|larger|over|higher|older|later|up)\b|\s+(?:minimum|min\b|at\s+least|upwards))/i,
  ],
  [
    'at_most',
    /^(?:\s+(?:or|and)\s+(?:less|fewer|below|under|shorter|smaller|lower|faster|earlier|sooner|younger)\b|\s+(?:maximum|max\b|at\s+most))/i,
  ],
]

/** No comparing words reach further from their number. */
const reachUnits = 48

const tail = /\s*(?:\b(?:the|a\s+total\s+of|of|an?)\s+)?[:(]?\s*$/i

/** The comparing words right before `at`, where a number or a date starts. */
export function comparingBefore(text: string, at: number, isDate = false): Comparing | undefined {
  const context = text.slice(Math.max(0, at - reachUnits), at)
  const gap = tail.exec(context)?.[0].length ?? 0
  const words = context.slice(0, context.length - gap)
  for (const [comparator, pattern] of isDate ? [...beforeDate, ...before] : before) {
    const match = new RegExp(`${pattern.source}$`, 'i').exec(words)
    if (match !== null) return { comparator, length: words.length - match.index + gap }
  }
  return undefined
}

/** The comparing words right behind `at`, where a number with its unit ends. */
export function comparingBehind(text: string, at: number): Comparing | undefined {
  const context = text.slice(at, at + reachUnits)
  for (const [comparator, pattern] of behind) {
    const match = pattern.exec(context)
    if (match !== null) return { comparator, length: match[0].length }
  }
  return undefined
}
