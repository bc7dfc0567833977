// What an API token may do at most: a ladder of scopes, each holding those before it, and the role it lets a person act in.

import { roles, type Role } from './roles.ts'

/** From least to most. `answer` takes part in the interview, `write` changes documents, `administer` runs a project as its owner does. */
export const scopes = ['read', 'answer', 'write', 'administer'] as const

export type Scope = (typeof scopes)[number]

const roleOfScope = { read: 'viewer', answer: 'commenter', write: 'editor', administer: 'owner' } as const satisfies Record<Scope, Role>

/**
 * The role in which someone with `role` acts: their own when `scopes` is null, which is a session; else the lesser of it and the
 * greatest of the scopes, and none at all without a scope. So a scope narrows what the role allows and never widens it.
 */
export function actingRole(role: Role, scopes: readonly Scope[] | null): Role | null {
  if (scopes === null) return role
  const greatest = Math.min(...scopes.map((scope) => roles.indexOf(roleOfScope[scope])))
  return roles[Math.max(greatest, roles.indexOf(role))] ?? null
}
