// Statements on quality: the phase and its changes, a project's own figures, dismissed notices, and when items were changed.

import type { Phase } from '../../shared/domain/phases.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { OwnTables } from '../../shared/wire/quality.ts'
import type { Database } from './database.ts'

/** What a report is made from, beside items and conflicts. */
export interface QualityState {
  phase: Phase
  phaseFromNumber: number | null
  own: OwnTables
  /** 0 while the project has no figures of its own. */
  tablesRevision: number
  dismissed: { noticeId: string; evidence: string[] }[]
  /** Items that were changed often: every occasion that is kept, the first one included, in order. */
  occasions: { itemId: string; occasions: number[] }[]
  /** Of what was told last; 0 and empty before anything was. */
  revision: number
  digest: string
}

export interface PhaseChangeRow {
  from: Phase
  to: Phase
  at: Date
  byId: UserId
  byName: string | null
  overrideReason: string | null
  unmet: string[]
}

export interface NewPhaseChange {
  projectId: ProjectId
  /** The phase as it was seen. */
  from: Phase
  to: Phase
  byId: UserId
  overrideReason: string | null
  unmet: readonly string[]
  /** The number of the last item there is; null leads back to the first phase. */
  lastNumber: number | null
}

/** An item was changed within some ten minutes. */
export interface ItemOccasion {
  itemId: string
  /** Minutes since 1970, by tens. */
  occasion: number
}

/** Statements on quality, one each. Errors of all: store_unavailable, overloaded. */
export interface QualityStore {
  /** Null when there is no such project. Items with fewer than `minOccasions` are left out. */
  read(projectId: ProjectId, minOccasions: number): Promise<QualityState | null>
  /** Changes the phase and keeps that it was; false, having changed nothing, when it is no longer `from`. */
  changePhase(change: NewPhaseChange): Promise<boolean>
  /** The latest, newest first. */
  phaseChanges(projectId: ProjectId, limit: number): Promise<PhaseChangeRow[]>
  /** Replaces the project's own figures; false, having changed nothing, when `revision` is no longer theirs. */
  changeTables(change: { projectId: ProjectId; own: OwnTables; revision: number }): Promise<boolean>
  dismiss(notice: { projectId: ProjectId; noticeId: string; evidence: readonly string[]; byId: UserId }): Promise<void>
  /** Notes when items were changed, and forgets what was before `keptFrom`. */
  noteOccasions(note: { projectId: ProjectId; changes: readonly ItemOccasion[]; keptFrom: number }): Promise<void>
  /** Takes the next revision for something new to tell; null when another was taken since `after` was read. */
  claim(projectId: ProjectId, after: number, digest: string): Promise<number | null>
}

/** The store over a database. */
export function createQualityStore(database: Database): QualityStore {
  return {
    read: (projectId, minOccasions) => readState(database, projectId, minOccasions),
    changePhase: (change) => changePhase(database, change),

    phaseChanges: (projectId, limit) =>
      database.query<PhaseChangeRow>(
        'quality.phase_changes',
        (sql) => sql<PhaseChangeRow[]>`
          select c.from_phase as "from", c.to_phase as "to", c.at, c.by_id as "byId", u."name" as "byName",
            c.override_reason as "overrideReason", c.unmet
          from phase_changes c
          left join "user" u on u."id" = c.by_id
          where c.project_id = ${projectId}
          order by c.id desc
          limit ${limit}`,
      ),

    async changeTables({ projectId, own, revision }) {
      const rows = await database.query(
        'quality.change_tables',
        (sql) => sql`
          insert into quality_tables as tables (project_id, own)
          select id, ${sql.json(own)} from projects where id = ${projectId} and ${revision}::integer = 0
          union all
          select project_id, ${sql.json(own)} from quality_tables where project_id = ${projectId} and revision = ${revision}
          on conflict (project_id) do update
          set own = excluded.own, revision = tables.revision + 1
          where tables.revision = ${revision}
          returning revision`,
      )
      return rows.length > 0
    },

    async dismiss({ projectId, noticeId, evidence, byId }) {
      await database.query(
        'quality.dismiss',
        (sql) => sql`
          insert into dismissed_notices (project_id, notice_id, evidence, dismissed_by)
          values (${projectId}, ${noticeId}, ${[...evidence]}::text[], ${byId})
          on conflict (project_id, notice_id) do update
          set evidence = excluded.evidence, dismissed_by = excluded.dismissed_by, dismissed_at = now()`,
      )
    },

    async noteOccasions({ projectId, changes, keptFrom }) {
      await database.query(
        'quality.note_occasions',
        (sql) => sql`
          with forgotten as (
            -- The first one of an item stays: it is when the item was written, and no change of it.
            delete from item_occasions old
            where project_id = ${projectId} and occasion < ${keptFrom} and exists (
              select from item_occasions first
              where first.project_id = old.project_id and first.item_id = old.item_id and first.occasion < old.occasion
            )
          )
          insert into item_occasions (project_id, item_id, occasion)
          select p.id, item.id, item.occasion
          from projects p, unnest(${changes.map(({ itemId }) => itemId)}::uuid[], ${changes.map(({ occasion }) => occasion)}::integer[]) as item (id, occasion)
          where p.id = ${projectId}
          on conflict do nothing`,
      )
    },

    async claim(projectId, after, digest) {
      const rows = await database.query<{ revision: number }>(
        'quality.claim',
        (sql) => sql<{ revision: number }[]>`
          insert into quality_heads as heads (project_id, revision, digest)
          select id, ${after}::integer + 1, ${digest} from projects where id = ${projectId}
          on conflict (project_id) do update
          set revision = excluded.revision, digest = excluded.digest
          where heads.revision = ${after}
          returning revision`,
      )
      return rows[0]?.revision ?? null
    },
  }
}

async function readState(database: Database, projectId: ProjectId, minOccasions: number): Promise<QualityState | null> {
  const rows = await database.query<QualityState>(
    'quality.read',
    (sql) => sql<QualityState[]>`
      select p.phase, p.phase_from_number as "phaseFromNumber",
        coalesce(t.own, '{}') as own, coalesce(t.revision, 0) as "tablesRevision",
        coalesce(h.revision, 0) as revision, coalesce(h.digest, '') as digest,
        coalesce((
          select jsonb_agg(jsonb_build_object('noticeId', d.notice_id, 'evidence', to_jsonb(d.evidence)))
          from dismissed_notices d
          where d.project_id = p.id
        ), '[]') as dismissed,
        coalesce((
          select jsonb_agg(jsonb_build_object('itemId', o.item_id, 'occasions', o.occasions))
          from (
            select item_id, jsonb_agg(occasion order by occasion) as occasions
            from item_occasions
            where project_id = p.id
            group by item_id
            having count(*) >= ${minOccasions}
          ) o
        ), '[]') as occasions
      from projects p
      left join quality_tables t on t.project_id = p.id
      left join quality_heads h on h.project_id = p.id
      where p.id = ${projectId}`,
  )
  return rows[0] ?? null
}

async function changePhase(database: Database, change: NewPhaseChange): Promise<boolean> {
  const rows = await database.query(
    'quality.change_phase',
    (sql) => sql`
      with changed as (
        update projects
        set phase = ${change.to}, phase_from_number = ${change.lastNumber}, updated_at = now()
        where id = ${change.projectId} and phase = ${change.from}
        returning id
      )
      insert into phase_changes (project_id, from_phase, to_phase, by_id, override_reason, unmet)
      select id, ${change.from}, ${change.to}, ${change.byId}, ${change.overrideReason}, ${[...change.unmet]}::text[] from changed
      returning id`,
  )
  return rows.length > 0
}
