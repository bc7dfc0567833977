// Statements on the people of a project.

import type { Role } from '../../shared/domain/roles.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** A person in a project. */
export interface MemberRow {
  userId: UserId
  name: string
  role: Role
  joinedAt: Date
}

/** Statements on members. Errors of all: store_unavailable, overloaded. */
export interface MembersStore {
  /** Everyone in the project, in the order they came. */
  list(projectId: ProjectId): Promise<MemberRow[]>
}

/** The store over a database. */
export function createMembersStore(database: Database): MembersStore {
  return {
    list: (projectId) =>
      database.query<MemberRow>(
        'members.list',
        (sql) => sql<MemberRow[]>`
          select m.user_id as "userId", u."name", m.role, m.joined_at as "joinedAt"
          from members m
          join "user" u on u."id" = m.user_id
          where m.project_id = ${projectId}
          order by m.joined_at, m.user_id`,
      ),
  }
}
