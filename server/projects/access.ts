// Who may do what in a project: the one check that every door makes.

import { may, type Right, type Role } from '../../shared/domain/roles.ts'
import { AppError } from '../../shared/errors.ts'
import { isProjectId, type UserId } from '../../shared/ids.ts'
import type { ProjectRow, ProjectsStore } from '../store/projects-store.ts'

/** A project and what the person is in it. */
export interface Granted {
  project: ProjectRow
  role: Role
}

/** Checks rights against the members in the database. */
export class Access {
  readonly #store: ProjectsStore

  constructor(store: ProjectsStore) {
    this.#store = store
  }

  /**
   * The project, if the person has `right` in it. Errors: not_found when it is not there or they are not in it (the
   * two are never told apart), forbidden when their role does not carry the right, store_unavailable.
   */
  async requireRole(userId: UserId, projectId: string, right: Right): Promise<Granted> {
    const project = isProjectId(projectId) ? await this.#store.findForMember(projectId, userId) : null
    if (!project) throw new AppError('not_found')
    if (!may(project.role, right)) throw new AppError('forbidden')
    return { project, role: project.role }
  }
}
