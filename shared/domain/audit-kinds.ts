// What is worth keeping of what people did: the closed list of kinds.

/** Each with what `details` may hold. Kinds about a project are shown to its owners, the others to the person they are about. */
export const auditKinds = [
  'account.signed_up',
  'account.signed_in',
  'account.sign_in_failed',
  'account.signed_out',
  'account.name_changed',
  'account.password_changed',
  'account.session_ended',
  'account.reset_link_made',
  'account.password_reset',
  'account.token_made',
  'account.token_deleted',
  'account.deleted',
  'project.created',
  'project.changed',
  'project.archived',
  'project.restored',
  'member.joined',
  'member.role_changed',
  'member.removed',
  'member.left',
  'invitation.made',
  'invitation.withdrawn',
  'version.named',
  'version.renamed',
  'version.deleted',
  'version.restored',
  'spec.rebuilt',
  'project.phase_changed',
  'project.model_changed',
  'quality.notice_dismissed',
  'quality.tables_changed',
] as const

export type AuditKind = (typeof auditKinds)[number]
