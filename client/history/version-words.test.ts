// How versions are named and put under their days.

import { describe, expect, it } from 'vitest'
import type { Version } from '../../shared/wire/versions.ts'
import { byDay, nameOf, sizeOf, titleOf } from './version-words.ts'

function version(part: Partial<Version>): Version {
  return {
    id: 'v',
    number: 1,
    kind: 'automatic',
    name: null,
    authorId: null,
    authors: [],
    createdAt: '2026-03-31T12:00:00Z',
    sizeBytes: 1,
    restoredFrom: null,
    ...part,
  }
}

describe('the words of a version', () => {
  it('[VER14] are its name, or why it was made', () => {
    const restoredFrom = { id: 'w', name: 'Draft', createdAt: '2026-03-30T12:00:00Z' }
    expect(titleOf(version({ name: 'Final', kind: 'restore' }))).toBe('Final')
    expect(titleOf(version({ kind: 'before_restore' }))).toBe('Before a restore')
    expect(titleOf(version({ kind: 'restore', restoredFrom }))).toBe('Restored Draft')
    expect(titleOf(version({ kind: 'restore', restoredFrom: { ...restoredFrom, name: null } }))).toMatch(/^Restored .*2026/)
    expect(titleOf(version({ kind: 'restore' }))).toBe('Restored an older version')
    expect(titleOf(version({}))).toMatch(/2026/)
    expect([nameOf({ name: 'Ada' }), nameOf({ name: null }), nameOf(undefined)]).toEqual(['Ada', 'Former member', 'Former member'])
    expect([sizeOf(84), sizeOf(5_210), sizeOf(1_400_000)]).toEqual(['84 bytes', '5.2 KB', '1.4 MB'])
  })

  it('[VER14] stand under the days of whoever reads them', () => {
    const now = new Date(2026, 2, 31, 12)
    const at = (...parts: [number, number, number, number]) => version({ createdAt: new Date(...parts).toISOString() })
    const days = byDay([at(2026, 2, 31, 11), at(2026, 2, 31, 0), at(2026, 2, 30, 23), at(2026, 1, 28, 5)], now)
    expect(days.map(({ label, versions }) => [label, versions.length])).toEqual([
      ['Today', 2],
      ['Yesterday', 1],
      [expect.stringMatching(/2026/), 1],
    ])
    expect(byDay([])).toEqual([])
  })
})
