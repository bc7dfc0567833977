// Statements on the model that a project has chosen.

import type { ProjectId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** One statement each. Errors of all: store_unavailable, overloaded. */
export interface ProjectModelsStore {
  /** Null when it has chosen none. */
  read(projectId: ProjectId): Promise<string | null>
  choose(projectId: ProjectId, model: string): Promise<void>
  /** Takes the choice back. */
  drop(projectId: ProjectId): Promise<void>
}

/** The store over a database. */
export function createProjectModelsStore(database: Database): ProjectModelsStore {
  return {
    async read(projectId) {
      const rows = await database.query<{ model: string }>(
        'project_models.read',
        (sql) => sql`select model from project_models where project_id = ${projectId}`,
      )
      return rows[0]?.model ?? null
    },

    async choose(projectId, model) {
      await database.query(
        'project_models.choose',
        (sql) => sql`
          insert into project_models (project_id, model) select id, ${model} from projects where id = ${projectId}
          on conflict (project_id) do update set model = excluded.model`,
      )
    },

    async drop(projectId) {
      await database.query('project_models.drop', (sql) => sql`delete from project_models where project_id = ${projectId}`)
    },
  }
}
