// Small words of the page: initials, and how long ago something was.

import { describe, expect, it } from 'vitest'
import { initialsOf } from './avatar.tsx'
import { whenSince } from './when.ts'

describe('initialsOf', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['  grace   brewster murray hopper ', 'GH'],
    ['Plato', 'P'],
    ['李 小龍', '李小'],
    ['👩‍🚀 Zoë', '👩‍🚀Z'],
    ['   ', '?'],
  ])('[PAGE5] shortens %j to %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})

describe('whenSince', () => {
  it('[PAGE4] says it in the largest whole unit, and gives a date after a month', () => {
    const now = new Date('2026-03-31T12:00:00Z')
    const ago = (seconds: number) => whenSince(new Date(now.getTime() - seconds * 1000).toISOString(), now)
    expect(ago(20)).toBe('just now')
    expect(ago(150)).toMatch(/^2 min/)
    expect(ago(7_300)).toMatch(/^2 hr/)
    expect(ago(3 * 86_400)).toMatch(/^3 days/)
    expect(ago(60 * 86_400)).toMatch(/2026/)
  })
})
