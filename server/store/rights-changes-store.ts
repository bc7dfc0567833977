// Statements on changes of rights, which triggers write.

import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** Something that may have taken a right away: what it concerns, by kind; the other fields are null. */
export interface RightsChange {
  id: string
  kind: 'member' | 'project' | 'session' | 'account'
  projectId: ProjectId | null
  userId: UserId | null
  tokenHash: string | null
}

/** Statements on changes of rights. Errors of all: store_unavailable, overloaded. */
export interface RightsChangesStore {
  /** Those of the last `seconds`, in the order of their time. */
  since(seconds: number): Promise<RightsChange[]>
  /** Drops what no node can have missed any more. */
  prune(): Promise<void>
}

/** The store over a database. */
export function createRightsChangesStore(database: Database): RightsChangesStore {
  return {
    since: (seconds) =>
      database.query<RightsChange>(
        'rights_changes.since',
        (sql) => sql<RightsChange[]>`
          select id, kind, project_id as "projectId", user_id as "userId", token_hash as "tokenHash"
          from rights_changes
          where at > clock_timestamp() - make_interval(secs => ${seconds})
          order by at, id`,
      ),

    async prune() {
      await database.query(
        'rights_changes.prune',
        (sql) => sql`delete from rights_changes where at < now() - interval '1 day' returning id`,
      )
    },
  }
}
