// Says what an event of the audit log was, in a sentence.

import type { AuditKind } from '../../shared/domain/audit-kinds.ts'
import type { AuditEvent } from '../../shared/wire/audit.ts'

interface Words {
  /** Who did it. */
  actor: string
  /** Whom it was done to. */
  subject: string
  /** A detail as text; empty when the event has none of that name. */
  detail: (key: string) => string
}

const ofKind: Record<AuditKind, (words: Words) => string> = {
  'account.signed_up': ({ actor }) => `${actor} signed up`,
  'account.signed_in': ({ actor }) => `${actor} signed in`,
  'account.sign_in_failed': ({ subject }) => `Somebody tried to sign in as ${subject} with a wrong password`,
  'account.signed_out': ({ actor }) => `${actor} signed out`,
  'account.name_changed': ({ actor }) => `${actor} changed their name`,
  'account.password_changed': ({ actor }) => `${actor} changed their password`,
  'account.session_ended': ({ actor }) => `${actor} ended a session`,
  'account.reset_link_made': ({ actor, subject }) => `${actor} made a link to set a new password for ${subject}`,
  'account.password_reset': ({ subject }) => `The password of ${subject} was set anew by a link`,
  'account.token_made': ({ actor, detail }) => `${actor} made an API token${called(detail('name'))}`,
  'account.token_deleted': ({ actor, detail }) => `${actor} deleted an API token${called(detail('name'))}`,
  'account.deleted': ({ subject }) => `${subject} deleted their account`,
  'project.created': ({ actor, detail }) => `${actor} created the project${called(detail('name'))}`,
  'project.changed': ({ actor, detail }) => `${actor} changed the project’s name or description${called(detail('name'))}`,
  'project.archived': ({ actor }) => `${actor} archived the project`,
  'project.restored': ({ actor }) => `${actor} brought the project back`,
  'member.joined': ({ actor, detail }) => `${actor} joined${as(detail('role'))}`,
  'member.role_changed': ({ actor, subject, detail }) =>
    `${actor} made ${subject} ${article(detail('role'))}, who was ${article(detail('before'))}`,
  'member.removed': ({ actor, subject, detail }) => `${actor} removed ${subject}${was(detail('role'))}`,
  'member.left': ({ actor, detail }) => `${actor} left${was(detail('role'))}`,
  'invitation.made': ({ actor, detail }) =>
    `${actor} made an invitation link${forA(detail('role'))}${detail('email') && `, only for ${detail('email')}`}`,
  'invitation.withdrawn': ({ actor, detail }) => `${actor} withdrew an invitation link${forA(detail('role'))}`,
  'version.named': ({ actor, detail }) => `${actor} kept a version${called(detail('name'))}`,
  'version.renamed': ({ actor, detail }) => `${actor} renamed a version${called(detail('name'))}`,
  'version.deleted': ({ actor, detail }) => `${actor} deleted a version${called(detail('name'))}`,
  'version.restored': ({ actor, detail }) => `${actor} restored a version${called(detail('name'))}`,
  'spec.rebuilt': ({ actor }) => `${actor} rebuilt the document anew: copies of the old one no longer merge`,
  'project.phase_changed': ({ actor, detail }) =>
    `${actor} moved the project from ${detail('before')} to ${detail('phase')}${detail('reason') && `, past a closed gate: “${detail('reason')}”`}`,
  'project.model_changed': ({ actor, detail }) => `${actor} chose who interviews: ${detail('model')}`,
  'quality.notice_dismissed': ({ actor, detail }) => `${actor} dismissed a notice${called(detail('notice'))}`,
  'quality.tables_changed': ({ actor }) => `${actor} changed the project's own figures of quality`,
}

/** The sentence of an event; people are named as they are called now, those whose account is gone as former members. */
export function describeEvent({ kind, actorId, actorName, subjectId, subjectName, details }: AuditEvent): string {
  return ofKind[kind]({
    actor: actorName ?? (actorId === null ? 'Somebody' : 'A former member'),
    subject: subjectName ?? (subjectId === null ? 'somebody' : 'a former member'),
    detail: (key) => String(details[key] ?? ''),
  })
}

function called(name: string): string {
  return name && `, “${name}”`
}

function as(role: string): string {
  return role && ` as ${article(role)}`
}

function forA(role: string): string {
  return role && ` for ${article(role)}`
}

function was(role: string): string {
  return role && `, who was ${article(role)}`
}

function article(role: string): string {
  return /^[aeiou]/i.test(role) ? `an ${role}` : `a ${role || 'member'}`
}
