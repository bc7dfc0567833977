// Statements on projects: create, read as a member, list a person's own.

import type { Role } from '../../shared/domain/roles.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Project } from '../../shared/wire/projects.ts'
import type { Database } from './database.ts'

/** A project as one of its members sees it. */
export interface ProjectRow {
  id: ProjectId
  name: string
  description: string
  phase: Project['phase']
  epoch: number
  createdBy: UserId
  createdAt: Date
  updatedAt: Date
  archivedAt: Date | null
  role: Role
}

/** The same, with the name of that member as it is now. */
export interface MemberProjectRow extends ProjectRow {
  memberName: string
}

/** Where a page of the list ended. */
export interface ProjectPosition {
  updatedAt: Date
  id: ProjectId
}

export interface ListProjectsQuery {
  userId: UserId
  /** Only these of the person's; null for all. */
  projectIds: readonly ProjectId[] | null
  /** Part of the name, whatever the case; empty lists all. */
  nameContains: string
  /** Only those that were put away, or only the others. */
  isArchived: boolean
  after: ProjectPosition | null
  limit: number
}

export interface NewProject {
  name: string
  description: string
  ownerId: UserId
  ownedMax: number
}

/** What of a project changes; what is undefined stays. */
export interface ProjectChange {
  projectId: ProjectId
  name?: string | undefined
  description?: string | undefined
  isArchived?: boolean | undefined
}

/** Statements on projects. Errors of all: store_unavailable, overloaded. */
export interface ProjectsStore {
  /** Makes a project and its owner in one statement; null when the person owns `ownedMax` already. */
  create(project: NewProject): Promise<ProjectRow | null>
  /** The project with this person's role in it, or null when there is none or they are not in it. */
  findForMember(projectId: ProjectId, userId: UserId): Promise<MemberProjectRow | null>
  /** Changes it for everyone in it; archiving one that is archived keeps the time it has. */
  change(change: ProjectChange): Promise<void>
  /** The person's projects, last changed first. */
  list(query: ListProjectsQuery): Promise<ProjectRow[]>
}

/** The store over a database. */
export function createProjectsStore(database: Database): ProjectsStore {
  return {
    create: (project) => createProject(database, project),

    async findForMember(projectId, userId) {
      const rows = await database.query<MemberProjectRow>(
        'projects.find_for_member',
        (sql) => sql<MemberProjectRow[]>`
          select p.id, p.name, p.description, p.phase, p.epoch, p.created_by as "createdBy",
            p.created_at as "createdAt", p.updated_at as "updatedAt", p.archived_at as "archivedAt", m.role, u."name" as "memberName"
          from members m
          join projects p on p.id = m.project_id
          join "user" u on u."id" = m.user_id
          where m.project_id = ${projectId}
            and m.user_id = ${userId}`,
      )
      return rows[0] ?? null
    },

    async change({ projectId, name, description, isArchived }) {
      await database.query(
        'projects.change',
        (sql) => sql`
          update projects
          set name = coalesce(${name ?? null}, name),
            description = coalesce(${description ?? null}, description),
            archived_at = case
              when ${isArchived ?? null}::boolean is null then archived_at
              when ${isArchived ?? null}::boolean then coalesce(archived_at, now())
            end,
            updated_at = now()
          where id = ${projectId}`,
      )
    },

    list: (query) => listProjects(database, query),
  }
}

async function createProject(database: Database, project: NewProject): Promise<ProjectRow | null> {
  const rows = await database.query<ProjectRow>(
    'projects.create',
    (sql) => sql<ProjectRow[]>`
      with project as (
        insert into projects (name, description, created_by)
        select ${project.name}, ${project.description}, ${project.ownerId}
        where (select count(*) from members where user_id = ${project.ownerId} and role = 'owner') < ${project.ownedMax}
        returning id, name, description, phase, epoch, created_by, created_at, updated_at, archived_at
      ), owner as (
        insert into members (project_id, user_id, role)
        select id, created_by, 'owner' from project
        returning role
      )
      select p.id, p.name, p.description, p.phase, p.epoch, p.created_by as "createdBy",
        p.created_at as "createdAt", p.updated_at as "updatedAt", p.archived_at as "archivedAt", o.role
      from project p
      cross join owner o`,
  )
  return rows[0] ?? null
}

function listProjects(
  database: Database,
  { userId, projectIds, nameContains, isArchived, after, limit }: ListProjectsQuery,
): Promise<ProjectRow[]> {
  return database.query<ProjectRow>(
    'projects.list',
    (sql) => sql<ProjectRow[]>`
      select p.id, p.name, p.description, p.phase, p.epoch, p.created_by as "createdBy",
        p.created_at as "createdAt", p.updated_at as "updatedAt", p.archived_at as "archivedAt", m.role
      from members m
      join projects p on p.id = m.project_id
      where m.user_id = ${userId}
        and (p.archived_at is not null) = ${isArchived}
        and position(lower(${nameContains}) in lower(p.name)) > 0
        ${projectIds === null ? sql`` : sql`and p.id = any (${[...projectIds]}::uuid[])`}
        ${after === null ? sql`` : sql`and (p.updated_at, p.id) < (${after.updatedAt}, ${after.id})`}
      order by p.updated_at desc, p.id desc
      limit ${limit}`,
  )
}
