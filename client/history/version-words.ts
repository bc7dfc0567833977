// What versions are called, and under which day they stand.

import { formerMemberName } from '../../shared/domain/former-member.ts'
import type { Version, VersionPerson } from '../../shared/wire/versions.ts'

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' })
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** `10:42`. */
export function timeOf(iso: string): string {
  return time.format(new Date(iso))
}

/** `12 Nov 2026, 10:42`. */
export function momentOf(iso: string): string {
  return moment.format(new Date(iso))
}

/** The name, or what the version is without one. */
export function titleOf({ name, kind, restoredFrom, createdAt }: Version): string {
  if (name !== null) return name
  if (kind === 'before_restore') return 'Before a restore'
  if (kind === 'restore')
    return restoredFrom ? `Restored ${restoredFrom.name ?? momentOf(restoredFrom.createdAt)}` : 'Restored an older version'
  return momentOf(createdAt)
}

/** A person's name; accounts that are gone leave their work. */
export function nameOf(person: Pick<VersionPerson, 'name'> | undefined): string {
  return person?.name ?? formerMemberName
}

/** `84 bytes`, `5.2 KB`, `1.4 MB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** Versions of one day of the reader's. */
export interface Day {
  label: string
  versions: Version[]
}

/** Puts a list, newest first, under its days: today, yesterday, then dates. */
export function byDay(versions: readonly Version[], now: Date = new Date()): Day[] {
  const days: Day[] = []
  for (const version of versions) {
    const label = dayLabel(new Date(version.createdAt), now)
    const last = days.at(-1)
    if (last?.label === label) last.versions.push(version)
    else days.push({ label, versions: [version] })
  }
  return days
}

function dayLabel(date: Date, now: Date): string {
  const yesterday = new Date(now)
  yesterday.setDate(now.getDate() - 1)
  if (date.toDateString() === now.toDateString()) return 'Today'
  return date.toDateString() === yesterday.toDateString() ? 'Yesterday' : day.format(date)
}
