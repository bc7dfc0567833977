// Projects: made, listed and read by the people in them.

import type { AuditKind } from '../../shared/domain/audit-kinds.ts'
import { actingRole } from '../../shared/domain/scopes.ts'
import { AppError } from '../../shared/errors.ts'
import { limits } from '../../shared/limits.ts'
import type { ChangeProjectRequest, CreateProjectRequest, ListProjectsQuery, Project, ProjectList } from '../../shared/wire/projects.ts'
import type { Audit, RecordedEvent } from '../audit/audit.ts'
import type { Asker } from '../auth/asker.ts'
import type { Config } from '../base/config.ts'
import type { ProjectRow, ProjectsStore } from '../store/projects-store.ts'
import { requireAtLarge, type Access } from './access.ts'
import { decodePosition, encodePosition } from './list-cursor.ts'

export interface ProjectsOptions {
  projectsStore: ProjectsStore
  access: Access
  audit: Audit
  config: Pick<Config, 'PROJECTS_PER_PERSON_MAX'>
}

/** What the API does with projects. Errors of all: store_unavailable, overloaded. */
export class Projects {
  readonly #projectsStore: ProjectsStore
  readonly #audit: Audit
  readonly #access: Access
  readonly #ownedMax: number

  constructor({ projectsStore, access, audit, config }: ProjectsOptions) {
    this.#projectsStore = projectsStore
    this.#audit = audit
    this.#access = access
    this.#ownedMax = config.PROJECTS_PER_PERSON_MAX
  }

  /** Makes a project; the person becomes its owner. Errors: token_not_allowed, too_many_projects. */
  async create(asker: Asker, { name, description = '' }: CreateProjectRequest): Promise<Project> {
    requireAtLarge(asker, 'write')
    const made = await this.#projectsStore.create({ name, description, ownerId: asker.userId, ownedMax: this.#ownedMax })
    if (!made) throw new AppError('too_many_projects')
    await this.#audit.record({ kind: 'project.created', actorId: asker.userId, projectId: made.id, details: { name } })
    return presentProject(narrowed(made, asker))
  }

  /** The person's projects, or those of them that were put away, last changed first, a page at a time. Errors: invalid_request for a foreign cursor, token_not_allowed. */
  async list(asker: Asker, { q = '', limit = limits.pageSize, cursor, archived }: ListProjectsQuery): Promise<ProjectList> {
    requireAtLarge(asker, 'read')
    const after = cursor === undefined ? null : decodePosition(cursor)
    // One more than asked tells whether there is a next page.
    const rows = await this.#projectsStore.list({ ...asker, nameContains: q, isArchived: archived === 'true', after, limit: limit + 1 })
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

  /** Renames, describes, puts away or brings back, for everyone in it. Errors: not_found, forbidden, project_archived. */
  async change(asker: Asker, projectId: string, { archived, ...texts }: ChangeProjectRequest): Promise<Project> {
    const { project } = await this.#access.requireRole(asker, projectId, 'administer')
    const isToChange = Object.keys(texts).length > 0
    // In one request it may be brought back and renamed.
    if (isToChange && project.archivedAt !== null && archived !== false) throw new AppError('project_archived')
    await this.#projectsStore.change({ projectId: project.id, ...texts, isArchived: archived })
    if (isToChange) await this.#record('project.changed', asker, project, { before: project.name, name: texts.name ?? project.name })
    if (archived !== undefined && archived !== (project.archivedAt !== null)) {
      await this.#record(archived ? 'project.archived' : 'project.restored', asker, project)
    }
    return this.read(asker, projectId)
  }

  #record(kind: AuditKind, { userId }: Asker, { id, name }: ProjectRow, details: RecordedEvent['details'] = {}): Promise<void> {
    return this.#audit.record({ kind, actorId: userId, projectId: id, details: { name, ...details } })
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
