// Statements on what a model said about pairs of statements: asked by one node at a time, known to all.

import type { JSONValue } from 'postgres'
import type { ProjectId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** What is wrong between two statements, in the order of their texts. */
export interface StoredClash {
  readonly kind: 'contradiction' | 'inconsistency' | 'dependency'
  readonly domain: 'technology' | 'requirement' | 'timeline' | 'resource'
  readonly severity: 'low' | 'medium' | 'high'
  readonly why: string
  /** The words of each that clash; empty when it did not say. */
  readonly words: readonly [string, string]
}

export interface OpinionRow {
  readonly pair: string
  /** Null while nobody has said anything. */
  readonly opinion: { readonly clash: StoredClash | null } | null
  /** Whether the caller is the one who asks. */
  readonly isClaimed: boolean
}

/** One statement each. Errors of all: store_unavailable, overloaded. */
export interface ConflictOpinionsStore {
  /** What is known of each pair; those of which nothing is, and that nobody asks about, are the caller's for `leaseMs`. */
  claim(projectId: ProjectId, pairs: readonly string[], leaseMs: number): Promise<OpinionRow[]>
  /** Keeps what was said, and drops what was said long ago. */
  keep(projectId: ProjectId, said: readonly { pair: string; clash: StoredClash | null }[]): Promise<void>
  /** Others may ask. */
  release(projectId: ProjectId, pairs: readonly string[]): Promise<void>
}

const keptDays = 180

/** The store over a database. */
export function createConflictOpinionsStore(database: Database): ConflictOpinionsStore {
  return {
    claim: (projectId, pairs, leaseMs) =>
      database.query<OpinionRow>(
        'conflict_opinions.claim',
        (sql) => sql`
          with wanted as (
            select pair from unnest(${[...pairs]}::text[]) as wanted (pair)
          ), claimed as (
            insert into conflict_opinions as known (project_id, pair, asked_until)
            select projects.id, wanted.pair, now() + ${leaseMs} * interval '1 millisecond' from wanted, projects where projects.id = ${projectId}
            order by wanted.pair
            on conflict (project_id, pair) do update set asked_until = excluded.asked_until
            where known.opinion is null and known.asked_until < now()
            returning pair
          )
          select wanted.pair, known.opinion, claimed.pair is not null as "isClaimed"
          from wanted
          left join conflict_opinions known on known.project_id = ${projectId} and known.pair = wanted.pair
          left join claimed on claimed.pair = wanted.pair`,
      ),

    async keep(projectId, said) {
      await database.query(
        'conflict_opinions.keep',
        (sql) => sql`
          with old as (
            delete from conflict_opinions where told_at < now() - ${keptDays} * interval '1 day'
          )
          update conflict_opinions known
          set opinion = jsonb_build_object('clash', said.clash), told_at = now()
          from jsonb_to_recordset(${sql.json(said as unknown as JSONValue)}) as said (pair text, clash jsonb)
          where known.project_id = ${projectId} and known.pair = said.pair`,
      )
    },

    async release(projectId, pairs) {
      await database.query(
        'conflict_opinions.release',
        (sql) => sql`
          delete from conflict_opinions where project_id = ${projectId} and pair = any(${[...pairs]}::text[]) and opinion is null`,
      )
    },
  }
}
