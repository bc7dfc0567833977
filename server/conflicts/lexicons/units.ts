// Units of measure, number words and the words that make a number a bound.

import { numberWords as sharedNumberWords, unitsByName, type Unit as SharedUnit } from '../../../shared/domain/units.ts'

/** A unit as a multiple of its dimension's base unit. */
export interface Unit {
  readonly dimension: string
  readonly factor: number
}

/** What the shared table leaves out, since such a name is a unit only right behind a number; these come first. */
const more: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  time: { 'working-day business-day workday': 120_960 },
  /** Working time: eight hours a day, five days a week. */
  effort: {
    'person-hour man-hour': 3_600,
    'person-day man-day': 28_800,
    'person-week man-week': 144_000,
    'person-month man-month': 626_000,
    'person-year man-year': 7_513_000,
  },
  length: { m: 1, in: 0.0254, 'yd yard': 0.9144 },
  mass: { g: 1e-3, gramme: 1e-3, kilo: 1, 't ton tonne': 1e3, 'pound-weight': 0.45359237, 'oz ounce': 0.028349523 },
  speed: {
    'km/h kmh kph kilometers-per-hour kilometres-per-hour': 1 / 3.6,
    'mph miles-per-hour': 0.44704,
    'm/s meters-per-second metres-per-second': 1,
    'knot kn': 0.514444,
    'feet-per-second ft/s': 0.3048,
  },
  'data rate': { 'kb/s': 125, 'mb/s': 125e3, 'gb/s': 125e6 },
  share: { 'per-cent': 1 },
  temperature: { c: 1 },
  power: { 'w watt': 1, 'mw milliwatt': 1e-3, 'kw kilowatt': 1e3 },
  energy: { 'wh watt-hour': 1, 'kwh kilowatt-hour': 1e3, mah: 1 },
  frequency: { 'kilohertz khz': 1e3, 'megahertz mhz': 1e6, 'gigahertz ghz': 1e9, fps: 1 },
  angle: { 'degree deg °': 1 },
  voltage: { 'v volt': 1, kv: 1e3 },
  volume: { 'l liter litre': 1, 'ml milliliter millilitre': 1e-3, gallon: 3.785 },
  sound: { 'db decibel': 1 },
  image: { 'megapixel mp': 1e6, dpi: 1 },
  'money in GBP': { pound: 1 },
}

/** What is compared with what: money of one currency, a rate with rates. */
function comparedAs({ dimension, base, perSecond }: SharedUnit): string | undefined {
  if (dimension === 'money') return `money in ${base}`
  if (perSecond === true) return dimension === 'data' ? 'data rate' : base === 'cycle' ? 'frequency' : undefined
  return { duration: 'time', percent: 'share', pixels: 'image' }[dimension as string] ?? dimension
}

const shared = [...unitsByName].flatMap(([name, unit]): (readonly [string, Unit])[] => {
  const dimension = comparedAs(unit)
  return dimension === undefined ? [] : [[name.toLowerCase(), { dimension, factor: unit.factor }]]
})

/** Units by every name they go by, in lower case. */
export const units: ReadonlyMap<string, Unit> = new Map([
  ...shared,
  ...Object.entries(more).flatMap(([dimension, entries]) =>
    Object.entries(entries).flatMap(([names, factor]) => names.split(' ').map((name) => [name, { dimension, factor }] as const)),
  ),
])

/** Numbers that are written as words, and what alone or before a unit is as good as one. */
export const numberWords: ReadonlyMap<string, number> = new Map(
  Object.entries({ ...sharedNumberWords, thousand: 1e3, million: 1e6, billion: 1e9, dozen: 12, half: 0.5 }),
)

/** Words after a number that multiply it. */
export const multipliers: ReadonlyMap<string, number> = new Map(
  Object.entries({ hundred: 100, thousand: 1e3, million: 1e6, billion: 1e9, k: 1e3, mn: 1e6, bn: 1e9, dozen: 12 }),
)

/** What a number is: a least, a most, or neither; an open bound leaves the number itself out. */
export type Bound = 'least' | 'above' | 'most' | 'below' | 'about'

/** Phrases before a number, the longest first where one begins another. */
export const boundsBefore: readonly (readonly [string, Bound])[] = [
  ['no less than', 'least'],
  ['not less than', 'least'],
  ['no fewer than', 'least'],
  ['not fewer than', 'least'],
  ['no more than', 'most'],
  ['not more than', 'most'],
  ['no longer than', 'most'],
  ['not longer than', 'most'],
  ['no later than', 'most'],
  ['no greater than', 'most'],
  ['no higher than', 'most'],
  ['not exceed', 'most'],
  ['not exceeding', 'most'],
  ['a minimum of', 'least'],
  ['minimum of', 'least'],
  ['a maximum of', 'most'],
  ['maximum of', 'most'],
  ['in less than', 'below'],
  ['in under', 'below'],
  ['greater than or equal to', 'least'],
  ['less than or equal to', 'most'],
  ['at least', 'least'],
  ['at most', 'most'],
  ['up to', 'most'],
  ['upwards to', 'most'],
  ['as many as', 'most'],
  ['more than', 'above'],
  ['greater than', 'above'],
  ['larger than', 'above'],
  ['longer than', 'above'],
  ['higher than', 'above'],
  ['older than', 'above'],
  ['heavier than', 'above'],
  ['bigger than', 'above'],
  ['faster than', 'above'],
  ['less than', 'below'],
  ['fewer than', 'below'],
  ['smaller than', 'below'],
  ['shorter than', 'below'],
  ['lower than', 'below'],
  ['younger than', 'below'],
  ['lighter than', 'below'],
  ['faster than', 'below'],
  ['a limit of', 'most'],
  ['limit of', 'most'],
  ['limited to', 'most'],
  ['on average', 'about'],
  ['an average of', 'about'],
  ['within the radius of', 'most'],
  ['within a radius of', 'most'],
  ['within', 'most'],
  ['above', 'above'],
  ['over', 'above'],
  ['exceed', 'above'],
  ['exceeds', 'above'],
  ['exceeding', 'above'],
  ['under', 'below'],
  ['below', 'below'],
  ['beneath', 'below'],
  ['approximately', 'about'],
  ['about', 'about'],
  ['around', 'about'],
  ['roughly', 'about'],
  ['circa', 'about'],
  ['~', 'about'],
  ['> =', 'least'],
  ['< =', 'most'],
  ['≥', 'least'],
  ['≤', 'most'],
  ['>', 'above'],
  ['<', 'below'],
  ['minimum', 'least'],
  ['min', 'least'],
  ['maximum', 'most'],
  ['max', 'most'],
]

/** Phrases after a number and its unit. */
export const boundsAfter: readonly (readonly [string, Bound])[] = [
  ['or more', 'least'],
  ['or above', 'least'],
  ['or higher', 'least'],
  ['or greater', 'least'],
  ['or longer', 'least'],
  ['or older', 'least'],
  ['and above', 'least'],
  ['and later', 'least'],
  ['or later', 'least'],
  ['minimum', 'least'],
  ['or less', 'most'],
  ['or fewer', 'most'],
  ['or below', 'most'],
  ['or lower', 'most'],
  ['or under', 'most'],
  ['maximum', 'most'],
  ['at most', 'most'],
  ['at least', 'least'],
  ['or shorter', 'most'],
  ['or younger', 'most'],
]

/** How often, as words: seconds from one time to the next. */
export const frequencyWords: ReadonlyMap<string, number> = new Map(
  Object.entries({
    secondly: 1,
    minutely: 60,
    hourly: 3_600,
    daily: 86_400,
    nightly: 86_400,
    weekly: 604_800,
    biweekly: 1_209_600,
    fortnightly: 1_209_600,
    monthly: 2_629_800,
    quarterly: 7_889_400,
    yearly: 31_557_600,
    annually: 31_557_600,
    annual: 31_557_600,
    'semi-annually': 15_778_800,
  }),
)

/** Months by name. */
export const months: ReadonlyMap<string, number> = new Map(
  'january february march april may june july august september october november december'.split(' ').map((name, at) => [name, at + 1]),
)

/** Days of the week by name. */
export const weekdays: ReadonlySet<string> = new Set('monday tuesday wednesday thursday friday saturday sunday'.split(' '))

/** Times of a calendar that come back: how many seconds apart. */
export const recurringTimes: ReadonlyMap<string, number> = new Map(
  Object.entries({
    second: 1,
    minute: 60,
    hour: 3_600,
    day: 86_400,
    night: 86_400,
    morning: 86_400,
    evening: 86_400,
    weekday: 86_400,
    week: 604_800,
    weekend: 604_800,
    monday: 604_800,
    tuesday: 604_800,
    wednesday: 604_800,
    thursday: 604_800,
    friday: 604_800,
    saturday: 604_800,
    sunday: 604_800,
    fortnight: 1_209_600,
    month: 2_629_800,
    quarter: 7_889_400,
    year: 31_557_600,
  }),
)
