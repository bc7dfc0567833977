// Who may do what in a project: the one check that every door makes.

import { may, type Right, type Role } from '../../shared/domain/roles.ts'
import { actingRole } from '../../shared/domain/scopes.ts'
import { AppError } from '../../shared/errors.ts'
import { isProjectId, type ProjectId } from '../../shared/ids.ts'
import type { Asker } from '../auth/asker.ts'
import type { ProjectRow, ProjectsStore } from '../store/projects-store.ts'

/** A project and the role in which the asker acts there: the person's own, or what an API token leaves of it. */
export interface Granted {
  project: ProjectRow
  role: Role
  /** What the person is called now; a session may have been looked up before they took another name. */
  memberName: string
}

/** Checks rights against the members in the database. */
export class Access {
  readonly #store: ProjectsStore

  constructor(store: ProjectsStore) {
    this.#store = store
  }

  /**
   * The project, if the asker has `right` in it; its `role` is the acting one too. Errors: not_found when it is not there, they are
   * not in it or their token is not for it (never told apart), forbidden when their role does not carry the right,
   * token_not_allowed when only their token does not, project_archived when the project only lets itself be read, store_unavailable.
   */
  async requireRole(asker: Asker, projectId: string, right: Right): Promise<Granted> {
    const found = isProjectId(projectId) && isMeant(asker, projectId) ? await this.#store.findForMember(projectId, asker.userId) : null
    if (!found) throw new AppError('not_found')
    const { memberName, ...project } = found
    const role = actingRole(project.role, asker.scopes)
    if (project.archivedAt !== null && changing.has(right)) throw new AppError('project_archived')
    if (role !== null && may(role, right)) return { project: { ...project, role }, role, memberName }
    throw new AppError(may(project.role, right) ? 'token_not_allowed' : 'forbidden')
  }
}

/** What an archived project lets nobody do; it can be read, and its owner can bring it back. */
const changing: ReadonlySet<Right> = new Set(['write', 'answer', 'invite'])

/** The role in which someone is in the project's document: nobody writes in one that is archived. */
export function documentRole({ project, role }: Granted): Role {
  return project.archivedAt === null ? role : 'viewer'
}

/** Lets through who may run a project as its owner does: a session, or a token made for that. Errors: token_not_allowed. */
export function requireAdministrator({ scopes }: Asker): void {
  if (scopes !== null && !scopes.includes('administer')) throw new AppError('token_not_allowed')
}

function isMeant({ projectIds }: Asker, projectId: ProjectId): boolean {
  return projectIds === null || projectIds.includes(projectId)
}

/** Lets through what concerns no project yet (to make one, to list them), unless a token is too narrow. Errors: token_not_allowed. */
export function requireAtLarge({ scopes, projectIds }: Asker, right: 'read' | 'write'): void {
  const role = actingRole('owner', scopes)
  // A project that a token makes would not be among those it works in.
  const isBound = right === 'write' && projectIds !== null
  if (role === null || !may(role, right) || isBound) throw new AppError('token_not_allowed')
}

/** Lets only a session through: what changes an account, or lets a person in, is not a token's to do. Errors: token_not_allowed. */
export function requireWholePerson({ scopes }: Asker): void {
  if (scopes !== null) throw new AppError('token_not_allowed')
}
