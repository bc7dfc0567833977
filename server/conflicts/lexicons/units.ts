// Units of measure, number words and the words that make a number a bound.

import { numberWords as sharedNumberWords } from '../../../shared/domain/units.ts'

/** A unit as a multiple of its dimension's base unit. */
export interface Unit {
  readonly dimension: string
  readonly factor: number
}

const table: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  time: {
    's sec second': 1,
    'ms msec millisecond': 1e-3,
    'µs us microsecond': 1e-6,
    'min minute': 60,
    'h hr hour': 3_600,
    'd day': 86_400,
    'working-day business-day workday': 120_960,
    'week wk': 604_800,
    fortnight: 1_209_600,
    month: 2_629_800,
    quarter: 7_889_400,
    'year yr y': 31_557_600,
  },
  length: {
    'mm millimeter millimetre': 1e-3,
    'cm centimeter centimetre': 1e-2,
    'm meter metre': 1,
    'km kilometer kilometre': 1e3,
    'ft foot feet': 0.3048,
    'in inch': 0.0254,
    'yd yard': 0.9144,
    'mi mile': 1_609.344,
  },
  mass: {
    'mg milligram': 1e-6,
    'g gram gramme': 1e-3,
    'kg kilogram kilo': 1,
    't ton tonne': 1e3,
    'lb lbs pound-weight': 0.45359237,
    'oz ounce': 0.028349523,
  },
  speed: {
    'km/h kmh kph kilometers-per-hour kilometres-per-hour': 1 / 3.6,
    'mph miles-per-hour': 0.44704,
    'm/s meters-per-second metres-per-second': 1,
    'knot kn': 0.514444,
    'feet-per-second ft/s': 0.3048,
  },
  data: {
    bit: 1 / 8,
    byte: 1,
    'kb kilobyte': 1e3,
    'mb megabyte': 1e6,
    'gb gigabyte': 1e9,
    'tb terabyte': 1e12,
    'pb petabyte': 1e15,
    kib: 1_024,
    mib: 1_048_576,
    gib: 1_073_741_824,
  },
  'data rate': { 'kbps kbit/s kb/s': 1e3, 'mbps mbit/s mb/s': 1e6, 'gbps gbit/s gb/s': 1e9 },
  share: { '% percent per-cent pct percentage': 1 },
  temperature: { 'c celsius °c': 1 },
  power: { 'w watt': 1, 'mw milliwatt': 1e-3, 'kw kilowatt': 1e3 },
  energy: { 'wh watt-hour': 1, 'kwh kilowatt-hour': 1e3, mah: 1 },
  frequency: { 'hz hertz': 1, 'khz kilohertz': 1e3, 'mhz megahertz': 1e6, 'ghz gigahertz': 1e9, fps: 1 },
  angle: { 'degree deg °': 1 },
  voltage: { 'v volt': 1, kv: 1e3 },
  volume: { 'l liter litre': 1, 'ml milliliter millilitre': 1e-3, gallon: 3.785 },
  sound: { 'db decibel': 1 },
  image: { 'px pixel': 1, 'megapixel mp': 1e6, dpi: 1 },
  'money in EUR': { 'eur euro €': 1 },
  'money in USD': { 'usd dollar $': 1 },
  'money in GBP': { 'gbp £ pound': 1 },
  'money in CHF': { chf: 1 },
}

/** Units by every name they go by, in the singular and in lower case. */
export const units: ReadonlyMap<string, Unit> = new Map(
  Object.entries(table).flatMap(([dimension, entries]) =>
    Object.entries(entries).flatMap(([names, factor]) => names.split(' ').map((name) => [name, { dimension, factor }] as const)),
  ),
)

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
