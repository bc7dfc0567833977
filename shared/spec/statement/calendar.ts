// Dates and times of day, as quantities.

import { comparingBefore } from './comparing-words.ts'
import { boundsOf, type Quantity } from './quantity.ts'

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const dayMs = 86_400_000

const datePattern = new RegExp(
  [
    String.raw`(?<![\d-])(?<y1>\d{4})-(?<m1>\d{2})-(?<d1>\d{2})(?![\d-])`,
    String.raw`\b(?<d2>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?<m2>${monthName})\.?,?\s+(?<y2>\d{4})\b`,
    String.raw`\b(?<m3>${monthName})\.?\s+(?<d3>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<y3>\d{4})\b`,
    String.raw`\b(?<m4>${monthName})\.?\s+(?<y4>\d{4})\b`,
    String.raw`\bQ(?<q>[1-4])[\s/-]+(?<y5>\d{4})\b`,
  ].join('|'),
  'gi',
)
const timePattern = /(?<![\d:])(?:(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]\.?m\b\.?)?|(\d{1,2})\s*([ap]\.?m\b\.?))(?![\d:])/gi

/** All dates and times of day in `text`. A date that does not exist has no bounds and says so. */
export const readCalendar = (text: string): Quantity[] => [...readDates(text), ...readTimes(text)]

function readDates(text: string): Quantity[] {
  return [...text.matchAll(datePattern)].map((match) => {
    const groups = match.groups ?? {}
    const year = Number(groups['y1'] ?? groups['y2'] ?? groups['y3'] ?? groups['y4'] ?? groups['y5'])
    const name = groups['m2'] ?? groups['m3'] ?? groups['m4']
    const quarter = groups['q'] === undefined ? undefined : Number(groups['q'])
    const first =
      quarter === undefined
        ? name === undefined
          ? Number(groups['m1']) - 1
          : months.findIndex((full) => full.startsWith(name.toLowerCase().slice(0, 3)))
        : 3 * (quarter - 1)
    const day = groups['d1'] ?? groups['d2'] ?? groups['d3']
    const low = day === undefined ? dayNumber(year, first, 1) : dayNumber(year, first, Number(day))
    const high = day === undefined ? dayNumber(year, first + (quarter === undefined ? 1 : 3), 0) : low
    return calendarQuantity(text, match, { dimension: 'date', low, high: high ?? low })
  })
}

/** Days since 1970-01-01; undefined for a day the month does not have. Day 0 is the last of the month before. */
function dayNumber(year: number, month: number, day: number): number | undefined {
  const ms = Date.UTC(year, month, day)
  const date = new Date(ms)
  return day === 0 || (date.getUTCDate() === day && date.getUTCMonth() === month % 12) ? Math.floor(ms / dayMs) : undefined
}

function readTimes(text: string): Quantity[] {
  const found: Quantity[] = []
  for (const match of text.matchAll(timePattern)) {
    const half = (match[3] ?? match[5] ?? '').toLowerCase()
    const hours = Number(match[1] ?? match[4])
    const minutes = Number(match[2] ?? 0)
    const isHalfDay = half !== ''
    if (minutes > 59 || hours > (isHalfDay ? 12 : 24) || (isHalfDay && hours === 0)) continue
    const value = (isHalfDay ? (hours % 12) + (half.startsWith('p') ? 12 : 0) : hours) * 60 + minutes
    found.push(calendarQuantity(text, match, { dimension: 'time_of_day', low: value, high: value }))
  }
  return found
}

interface Reading {
  readonly dimension: 'date' | 'time_of_day'
  readonly low: number | undefined
  readonly high: number | undefined
}

function calendarQuantity(text: string, match: RegExpExecArray, { dimension, low, high }: Reading): Quantity {
  const comparing = comparingBefore(text, match.index, true)
  const comparator = comparing?.comparator ?? 'exactly'
  return {
    from: match.index - (comparing?.length ?? 0),
    to: match.index + match[0].trimEnd().length,
    dimension,
    unit: dimension === 'date' ? 'day' : 'min',
    per: null,
    comparator,
    ...(low === undefined || high === undefined
      ? { min: -Infinity, max: Infinity, isMinOpen: false, isMaxOpen: false }
      : boundsOf(comparator, low, high)),
    attribute: null,
    problem: low === undefined ? 'no_such_date' : null,
  }
}
