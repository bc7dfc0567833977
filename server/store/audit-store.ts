// Statements on the audit log.

import type { AuditKind } from '../../shared/domain/audit-kinds.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { AuditEvent } from '../../shared/wire/audit.ts'
import type { Database } from './database.ts'

export interface NewAuditEvent {
  kind: AuditKind
  actorId: UserId | null
  projectId: ProjectId | null
  subjectId: UserId | null
  details: AuditEvent['details']
}

/** An event with the names that people have now. */
export interface AuditRow extends Omit<AuditEvent, 'at'> {
  at: Date
}

export interface AuditPage {
  /** The id of the last event of the page before; null starts at the newest. */
  before: string | null
  limit: number
}

/** Statements on the audit log. Errors of all: store_unavailable, overloaded. */
export interface AuditStore {
  add(event: NewAuditEvent): Promise<void>
  /** Events of a project, newest first. */
  listOfProject(projectId: ProjectId, page: AuditPage): Promise<AuditRow[]>
  /** What a person did to their account, and what was done to it. */
  listOfAccount(userId: UserId, page: AuditPage): Promise<AuditRow[]>
  /** Drops what is older than `days`; gives how many. */
  prune(days: number): Promise<number>
}

/** The store over a database. */
export function createAuditStore(database: Database): AuditStore {
  return {
    async add({ kind, actorId, projectId, subjectId, details }) {
      await database.query(
        'audit.add',
        (sql) => sql`
          insert into audit_events (kind, actor_id, project_id, subject_id, details)
          values (${kind}, ${actorId}, ${projectId}, ${subjectId}, ${sql.json(details)})`,
      )
    },

    listOfProject: (projectId, { before, limit }) =>
      database.query<AuditRow>(
        'audit.list_of_project',
        (sql) => sql<AuditRow[]>`
          select e.id, e.at, e.kind, e.actor_id as "actorId", a."name" as "actorName",
            e.subject_id as "subjectId", s."name" as "subjectName", e.details
          from audit_events e
          left join "user" a on a."id" = e.actor_id
          left join "user" s on s."id" = e.subject_id
          where e.project_id = ${projectId}
            and (${before}::bigint is null or e.id < ${before}::bigint)
          order by e.id desc
          limit ${limit}`,
      ),

    listOfAccount: (userId, { before, limit }) =>
      database.query<AuditRow>(
        'audit.list_of_account',
        (sql) => sql<AuditRow[]>`
          select e.id, e.at, e.kind, e.actor_id as "actorId", a."name" as "actorName",
            e.subject_id as "subjectId", s."name" as "subjectName", e.details
          from audit_events e
          left join "user" a on a."id" = e.actor_id
          left join "user" s on s."id" = e.subject_id
          where e.subject_id = ${userId}
            and e.project_id is null
            and (${before}::bigint is null or e.id < ${before}::bigint)
          order by e.id desc
          limit ${limit}`,
      ),

    async prune(days) {
      const gone = await database.query(
        'audit.prune',
        (sql) => sql`
          delete from audit_events
          where at < now() - make_interval(days => ${days})
          returning id`,
      )
      return gone.length
    },
  }
}
