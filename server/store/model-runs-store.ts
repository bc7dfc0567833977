// The statement that keeps what a run of a model took.

import type { Database } from './database.ts'

export interface ModelRunRow {
  id: string
  projectId: string
  purpose: string
  provider: string
  model: string
  outcome: string
  tries: number
  inputTokens: number
  outputTokens: number
  isEstimated: boolean
  cost: number | null
  firstTokenMs: number | null
  durationMs: number
}

export interface ModelRunsStore {
  /** The same run twice is one row. Errors: store_unavailable, overloaded. */
  record(run: ModelRunRow): Promise<void>
}

/** The store over a database. */
export function createModelRunsStore(database: Database): ModelRunsStore {
  return {
    async record(run) {
      await database.query(
        'model_runs.record',
        (sql) => sql`
          insert into model_runs (id, project_id, purpose, provider, model, outcome, tries, input_tokens, output_tokens, is_estimated, cost,
            first_token_ms, duration_ms)
          select ${run.id}::uuid, (select id from projects where id = ${run.projectId}), ${run.purpose}, ${run.provider}, ${run.model},
            ${run.outcome}, ${run.tries}::integer, ${run.inputTokens}::integer, ${run.outputTokens}::integer, ${run.isEstimated}::boolean,
            ${run.cost}::numeric, ${run.firstTokenMs}::integer, ${run.durationMs}::integer
          on conflict (id) do nothing`,
      )
    },
  }
}
