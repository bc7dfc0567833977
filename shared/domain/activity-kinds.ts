// What the activity feed tells of: from the audit log, and from app events.

import type { AuditKind } from './audit-kinds.ts'

/** What of the audit log everyone in a project may see: not whom links were made for. */
export const activityAuditKinds = [
  'project.created',
  'project.changed',
  'project.archived',
  'project.restored',
  'project.phase_changed',
  'member.joined',
  'member.role_changed',
  'member.removed',
  'member.left',
  'version.named',
  'version.renamed',
  'version.deleted',
  'version.restored',
  'spec.rebuilt',
  'quality.notice_dismissed',
  'quality.tables_changed',
] as const satisfies readonly AuditKind[]

/** What app events tell of; the text that was worked on comes from the versions. */
export const activityEventKinds = [
  'conflict:opened',
  'conflict:updated',
  'conflict:closed',
  'message:finished',
  'generation:finished',
] as const
