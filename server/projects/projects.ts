// Projects: made, listed and read by the people in them.

import { personColor } from '../../shared/domain/person-colors.ts'
import { actingRole } from '../../shared/domain/scopes.ts'
import { AppError } from '../../shared/errors.ts'
import { limits } from '../../shared/limits.ts'
import type { CreateProjectRequest, ListProjectsQuery, Member, Project, ProjectList } from '../../shared/wire/projects.ts'
import type { Asker } from '../auth/asker.ts'
import type { Config } from '../base/config.ts'
import type { MembersStore } from '../store/members-store.ts'
import type { ProjectRow, ProjectsStore } from '../store/projects-store.ts'
import { requireAtLarge, type Access } from './access.ts'
import { decodePosition, encodePosition } from './list-cursor.ts'

export interface ProjectsOptions {
  projectsStore: ProjectsStore
  membersStore: MembersStore
  access: Access
  config: Pick<Config, 'PROJECTS_PER_PERSON_MAX'>
}

/** What the API does with projects. Errors of all: store_unavailable, overloaded. */
export class Projects {
  readonly #projectsStore: ProjectsStore
  readonly #membersStore: MembersStore
  readonly #access: Access
  readonly #ownedMax: number

  constructor({ projectsStore, membersStore, access, config }: ProjectsOptions) {
    this.#projectsStore = projectsStore
    this.#membersStore = membersStore
    this.#access = access
    this.#ownedMax = config.PROJECTS_PER_PERSON_MAX
  }

  /** Makes a project; the person becomes its owner. Errors: token_not_allowed, too_many_projects. */
  async create(asker: Asker, { name, description = '' }: CreateProjectRequest): Promise<Project> {
    requireAtLarge(asker, 'write')
    const made = await this.#projectsStore.create({ name, description, ownerId: asker.userId, ownedMax: this.#ownedMax })
    if (!made) throw new AppError('too_many_projects')
    return presentProject(narrowed(made, asker))
  }

  /** The person's projects that are not archived, last changed first, a page at a time. Errors: invalid_request for a foreign cursor, token_not_allowed. */
  async list(asker: Asker, { q = '', limit = limits.pageSize, cursor }: ListProjectsQuery): Promise<ProjectList> {
    requireAtLarge(asker, 'read')
    const after = cursor === undefined ? null : decodePosition(cursor)
    // One more than asked tells whether there is a next page.
    const rows = await this.#projectsStore.list({ ...asker, nameContains: q, after, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map((row) => presentProject(narrowed(row, asker))),
      nextCursor: rows.length > limit && last ? encodePosition(last) : null,
    }
  }

  /** One project. Errors: not_found. */
  async read(asker: Asker, projectId: string): Promise<Project> {
    const { project } = await this.#access.requireRole(asker, projectId, 'read')
    return presentProject(project)
  }

  /** The people in a project, in the order they came. Errors: not_found. */
  async members(asker: Asker, projectId: string): Promise<Member[]> {
    const { project } = await this.#access.requireRole(asker, projectId, 'read')
    const rows = await this.#membersStore.list(project.id)
    return rows.map(({ joinedAt, ...member }) => ({ ...member, color: personColor(member.userId), joinedAt: joinedAt.toISOString() }))
  }
}

/** The project with the role in which the asker acts; called where that is known to be one. */
function narrowed(row: ProjectRow, { scopes }: Asker): ProjectRow {
  return { ...row, role: actingRole(row.role, scopes) ?? 'viewer' }
}

/** A project as it crosses the wire. */
export function presentProject({ id, name, description, role, phase, createdAt, updatedAt, archivedAt }: ProjectRow): Project {
  return {
    id,
    name,
    description,
    role,
    phase,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    archivedAt: archivedAt?.toISOString() ?? null,
  }
}
