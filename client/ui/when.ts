// Says how long ago something was, in the reader's language.

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** `2 hr. ago`; a date once it is more than a month. `iso` is an ISO 8601 time. */
export function whenSince(iso: string, now: Date = new Date()): string {
  const seconds = (now.getTime() - Date.parse(iso)) / 1000
  if (seconds > 30 * 86_400) return new Date(iso).toLocaleDateString(undefined, { dateStyle: 'medium' })
  const unit = units.find(([, length]) => seconds >= length)
  return unit ? relative.format(-Math.floor(seconds / unit[1]), unit[0]) : 'just now'
}

/** Whether an ISO 8601 time is over. */
export function isPast(iso: string, now: Date = new Date()): boolean {
  return Date.parse(iso) <= now.getTime()
}
