// Who may do what: the four roles of a project and the rights each one carries.

/** From most to least. `commenter` answers the interview and cannot change the document. */
export const roles = ['owner', 'editor', 'commenter', 'viewer'] as const

export type Role = (typeof roles)[number]

const rightsByRole = {
  owner: ['read', 'write', 'answer', 'invite', 'administer'],
  editor: ['read', 'write', 'answer'],
  commenter: ['read', 'answer'],
  viewer: ['read'],
} as const satisfies Record<Role, readonly string[]>

/** `read` the project, `write` its document, `answer` the interview, `invite` people, `administer` members, archive and history. */
export type Right = (typeof rightsByRole)['owner'][number]

/** Whether someone with `role` has `right`. */
export function may(role: Role, right: Right): boolean {
  return (rightsByRole[role] as readonly string[]).includes(right)
}

/** The role that carries more rights: joining a project twice never takes a right away. */
export function higherRole(a: Role, b: Role): Role {
  return roles.indexOf(a) <= roles.indexOf(b) ? a : b
}
