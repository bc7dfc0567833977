// The sentences of the audit log.

import { expect, it } from 'vitest'
import { auditKinds } from '../../shared/domain/audit-kinds.ts'
import type { AuditEvent } from '../../shared/wire/audit.ts'
import { describeEvent } from './audit-words.ts'

const event: AuditEvent = {
  id: '1',
  at: '2026-11-25T09:00:00.000Z',
  kind: 'member.role_changed',
  actorId: 'a',
  actorName: 'Ada',
  subjectId: 'g',
  subjectName: 'Grace',
  details: { before: 'viewer', role: 'editor' },
}

it('[AUD4] every kind of event has a sentence of its own that names a person', () => {
  const sentences = auditKinds.map((kind) => describeEvent({ ...event, kind }))
  expect(new Set(sentences).size).toBe(auditKinds.length)
  for (const sentence of sentences) expect(sentence).toMatch(/Ada|Grace/)
})

it('[AUD4] names roles before and after, and the address of an invitation', () => {
  expect(describeEvent(event)).toBe('Ada made Grace an editor, who was a viewer')
  const invitation: AuditEvent = {
    ...event,
    kind: 'invitation.made',
    subjectId: null,
    subjectName: null,
    details: { role: 'editor', email: 'g@example.org' },
  }
  expect(describeEvent(invitation)).toBe('Ada made an invitation link for an editor, only for g@example.org')
  expect(describeEvent({ ...invitation, details: { role: 'viewer', email: null } })).toBe('Ada made an invitation link for a viewer')
})

it('[AUD4] calls somebody whose account is gone a former member, and nobody signed in somebody', () => {
  expect(describeEvent({ ...event, kind: 'member.left', actorName: null, details: {} })).toBe('A former member left')
  expect(describeEvent({ ...event, kind: 'member.left', actorId: null, actorName: null, details: {} })).toBe('Somebody left')
})
