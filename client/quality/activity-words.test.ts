// The sentences of the activity feed.

import { expect, it } from 'vitest'
import { activityAuditKinds, activityEventKinds } from '../../shared/domain/activity-kinds.ts'
import type { Activity } from '../../shared/wire/activity.ts'
import { describeActivity } from './activity-words.ts'

const ada = { userId: 'ada', name: 'Ada' }
const entry: Activity = { id: '1-1', at: '2026-01-01T00:00:00.000Z', kind: 'spec.edited', people: [ada], subject: null, details: {} }
const say = (part: Partial<Activity>) => describeActivity({ ...entry, ...part })

it('[QUA12] says each kind in a sentence of its own', () => {
  const kinds = [...activityAuditKinds, ...activityEventKinds, 'spec.edited'] as const
  expect(new Set(kinds.map((kind) => say({ kind }))).size).toBe(kinds.length)
})

it('[QUA12] names all who worked on the text, former members too, and counts those beyond three', () => {
  const gone = { userId: 'gone', name: null }
  const others = ['Bob', 'Eve', 'Mia'].map((name) => ({ userId: name, name }))
  expect(say({})).toBe('Ada worked on the text')
  expect(say({ people: [ada, gone] })).toBe('Ada and a former member worked on the text')
  expect(say({ people: [ada, ...others] })).toBe('Ada, Bob, Eve and 1 more worked on the text')
})

it('[QUA12] tells a conflict that somebody resolved from one that went with the text', () => {
  const conflict = { kind: 'contradiction', why: 'Both cannot be.' }
  expect(say({ kind: 'conflict:closed', details: { ...conflict, closedBy: 'person' } })).toBe(
    'Ada resolved a contradiction: Both cannot be.',
  )
  expect(say({ kind: 'conflict:closed', people: [], details: { ...conflict, closedBy: 'text' } })).toBe(
    'A contradiction is gone from the text: Both cannot be.',
  )
  expect(say({ kind: 'conflict:opened', people: [], details: { kind: 'inconsistency' } })).toBe('An inconsistency came up')
})
