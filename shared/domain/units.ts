// Units of measure: what each measures and how many of the base unit it is, by every way specs write it.

/** What a quantity measures. A `count` counts things named by a noun; a `date` is in days since 1970-01-01, a `time_of_day` in minutes. */
export type Dimension =
  | 'duration'
  | 'data'
  | 'percent'
  | 'money'
  | 'length'
  | 'mass'
  | 'temperature'
  | 'pressure'
  | 'pixels'
  | 'count'
  | 'frequency'
  | 'date'
  | 'time_of_day'

/** One unit: `factor` base units; a `perSecond` unit is a rate of what it names. */
export interface Unit {
  readonly dimension: Dimension
  readonly base: string
  readonly factor: number
  readonly perSecond?: true
}

const second = 1
const minute = 60
const hour = 3_600
const day = 86_400
/** Mean Gregorian month and year: 12 of one are one of the other. */
const month = 2_629_746
const year = 31_556_952

const durations: Readonly<Record<string, number>> = {
  'ns|nanosecond|nanoseconds': 1e-9,
  'us|µs|μs|microsecond|microseconds': 1e-6,
  'ms|msec|msecs|millisecond|milliseconds|millis': 1e-3,
  's|sec|secs|second|seconds': second,
  'min|mins|minute|minutes': minute,
  'h|hr|hrs|hour|hours': hour,
  'd|day|days|night|nights': day,
  'w|wk|wks|week|weeks|sprint-week|sprint-weeks': 7 * day,
  'fortnight|fortnights': 14 * day,
  'mo|month|months': month,
  'quarter|quarters': 3 * month,
  'y|yr|yrs|year|years': year,
  'decade|decades': 10 * year,
}

const dataSizes: Readonly<Record<string, number>> = {
  'bit|bits': 1 / 8,
  'B|byte|bytes': 1,
  'KB|kB|kb|kilobyte|kilobytes': 1e3,
  'MB|mb|megabyte|megabytes|megs': 1e6,
  'GB|gb|gigabyte|gigabytes|gigs': 1e9,
  'TB|tb|terabyte|terabytes': 1e12,
  'PB|pb|petabyte|petabytes': 1e15,
  'KiB|kib|kibibyte|kibibytes': 1024,
  'MiB|mib|mebibyte|mebibytes': 1024 ** 2,
  'GiB|gib|gibibyte|gibibytes': 1024 ** 3,
  'TiB|tib|tebibyte|tebibytes': 1024 ** 4,
}

const currencies: Readonly<Record<string, string>> = {
  '$|USD|dollar|dollars': 'USD',
  '€|EUR|euro|euros': 'EUR',
  '£|GBP': 'GBP',
  '¥|JPY|yen': 'JPY',
  'CHF|francs': 'CHF',
  'INR|rupee|rupees': 'INR',
}

const others: Readonly<Record<string, Unit>> = {
  '%|percent|pct|percentage': { dimension: 'percent', base: '%', factor: 1 },
  'mm|millimeter|millimeters|millimetre|millimetres': { dimension: 'length', base: 'm', factor: 1e-3 },
  'cm|centimeter|centimeters|centimetre|centimetres': { dimension: 'length', base: 'm', factor: 1e-2 },
  'meter|meters|metre|metres': { dimension: 'length', base: 'm', factor: 1 },
  'km|kilometer|kilometers|kilometre|kilometres': { dimension: 'length', base: 'm', factor: 1e3 },
  'inch|inches': { dimension: 'length', base: 'm', factor: 0.0254 },
  'ft|foot|feet': { dimension: 'length', base: 'm', factor: 0.3048 },
  'mile|miles|mi': { dimension: 'length', base: 'm', factor: 1609.344 },
  'mg|milligram|milligrams': { dimension: 'mass', base: 'kg', factor: 1e-6 },
  'gram|grams': { dimension: 'mass', base: 'kg', factor: 1e-3 },
  'kg|kilogram|kilograms': { dimension: 'mass', base: 'kg', factor: 1 },
  'lb|lbs|pound|pounds': { dimension: 'mass', base: 'kg', factor: 0.45359237 },
  '°C|celsius': { dimension: 'temperature', base: '°C', factor: 1 },
  mmHg: { dimension: 'pressure', base: 'mmHg', factor: 1 },
  'px|pixel|pixels': { dimension: 'pixels', base: 'px', factor: 1 },
  'Hz|hertz': { dimension: 'count', base: 'cycle', factor: 1, perSecond: true },
  'kHz|khz': { dimension: 'count', base: 'cycle', factor: 1e3, perSecond: true },
  'MHz|mhz': { dimension: 'count', base: 'cycle', factor: 1e6, perSecond: true },
  'GHz|ghz': { dimension: 'count', base: 'cycle', factor: 1e9, perSecond: true },
  'rps|req/s|reqs/s|RPS': { dimension: 'count', base: 'request', factor: 1, perSecond: true },
  'qps|QPS': { dimension: 'count', base: 'query', factor: 1, perSecond: true },
  'tps|TPS|tx/s': { dimension: 'count', base: 'transaction', factor: 1, perSecond: true },
  'fps|FPS': { dimension: 'count', base: 'frame', factor: 1, perSecond: true },
  'mph|MPH': { dimension: 'length', base: 'm', factor: 0.44704, perSecond: true },
  'kbps|kbit/s|Kbps': { dimension: 'data', base: 'B', factor: 125, perSecond: true },
  'Mbps|mbps|Mbit/s': { dimension: 'data', base: 'B', factor: 125e3, perSecond: true },
  'Gbps|gbps|Gbit/s': { dimension: 'data', base: 'B', factor: 125e6, perSecond: true },
}

const byName = new Map<string, Unit>()
function add(names: string, unit: Unit): void {
  for (const name of names.split('|')) byName.set(name, unit)
}
for (const [names, factor] of Object.entries(durations)) add(names, { dimension: 'duration', base: 's', factor })
for (const [names, factor] of Object.entries(dataSizes)) add(names, { dimension: 'data', base: 'B', factor })
for (const [names, base] of Object.entries(currencies)) add(names, { dimension: 'money', base, factor: 1 })
for (const [names, unit] of Object.entries(others)) add(names, unit)

/** Every unit by each of its names. */
export const unitsByName: ReadonlyMap<string, Unit> = byName

/** The unit that is written so, with its letters as they stand or else in lower case; undefined for any other word. */
export const unitNamed = (name: string): Unit | undefined => byName.get(name) ?? byName.get(name.toLowerCase())

/** How often in a second something happens that happens so. */
export const frequencyWords: Readonly<Record<string, number>> = {
  hourly: 1 / hour,
  daily: 1 / day,
  nightly: 1 / day,
  weekly: 1 / (7 * day),
  fortnightly: 1 / (14 * day),
  monthly: 1 / month,
  quarterly: 1 / (3 * month),
  yearly: 1 / year,
  annually: 1 / year,
  annual: 1 / year,
}

/** Numbers that are written as words. */
export const numberWords: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
}

/** What stands behind a number and multiplies it. */
export const multipliers: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  M: 1e6,
  bn: 1e9,
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  dozen: 12,
}
