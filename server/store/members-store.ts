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

/** Someone who changes what a person is in a project. */
export interface MemberChange {
  projectId: ProjectId
  userId: UserId
  actorId: UserId
}

/** Why nothing was changed, or what was: `before` is the role until then. */
export type MemberOutcome = { type: 'changed'; before: Role } | { type: 'not_a_member' | 'last_owner' | 'not_an_owner' }

/** Statements on members. Errors of all: store_unavailable, overloaded. */
export interface MembersStore {
  /** Everyone in the project, in the order they came. */
  list(projectId: ProjectId): Promise<MemberRow[]>
  /** Gives a role. INVARIANT: however many owners do so at once, one stays; and who is no owner any more changes nothing. */
  changeRole(change: MemberChange & { role: Role }): Promise<MemberOutcome>
  /** Takes a person out, or lets them leave when they are the actor. The same invariant. */
  remove(change: MemberChange): Promise<MemberOutcome>
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

    changeRole: (change) => changeRole(database, change),
    remove: (change) => removeMember(database, change),
  }
}

/** What the statements below tell of a change that was not made. */
interface OutcomeRow {
  before: Role | null
  isChanged: boolean
  isActorOwner: boolean
}

/*
 * The rows of all owners are locked first, always in one order. A statement that waited for another's lock sees what that one left of
 * them (EvalPlanQual reads the row again), so two owners who demote each other come one after the other, and the second is refused.
 */

async function changeRole(database: Database, { projectId, userId, actorId, role }: MemberChange & { role: Role }): Promise<MemberOutcome> {
  const rows = await database.query<OutcomeRow>(
    'members.change_role',
    (sql) => sql<OutcomeRow[]>`
      with owners as materialized (
        select user_id
        from members
        where project_id = ${projectId}
          and role = 'owner'
        order by user_id
        for update
      ), changed as (
        update members m
        set role = ${role}
        where m.project_id = ${projectId}
          and m.user_id = ${userId}
          and exists (select 1 from owners o where o.user_id = ${actorId})
          and (m.role <> 'owner' or ${role} = 'owner' or exists (select 1 from owners o where o.user_id <> ${userId}))
        returning m.user_id
      )
      select (select m.role from members m where m.project_id = ${projectId} and m.user_id = ${userId}) as before,
        exists (select 1 from changed) as "isChanged",
        exists (select 1 from owners o where o.user_id = ${actorId}) as "isActorOwner"`,
  )
  return outcomeOf(rows[0])
}

async function removeMember(database: Database, { projectId, userId, actorId }: MemberChange): Promise<MemberOutcome> {
  const isLeaving = userId === actorId
  const rows = await database.query<OutcomeRow>(
    'members.remove',
    (sql) => sql<OutcomeRow[]>`
      with owners as materialized (
        select user_id
        from members
        where project_id = ${projectId}
          and role = 'owner'
        order by user_id
        for update
      ), removed as (
        delete from members m
        where m.project_id = ${projectId}
          and m.user_id = ${userId}
          and (${isLeaving} or exists (select 1 from owners o where o.user_id = ${actorId}))
          and (m.role <> 'owner' or exists (select 1 from owners o where o.user_id <> ${userId}))
        returning m.user_id
      )
      select (select m.role from members m where m.project_id = ${projectId} and m.user_id = ${userId}) as before,
        exists (select 1 from removed) as "isChanged",
        (${isLeaving} or exists (select 1 from owners o where o.user_id = ${actorId})) as "isActorOwner"`,
  )
  return outcomeOf(rows[0])
}

function outcomeOf(row: OutcomeRow | undefined): MemberOutcome {
  if (!row || row.before === null) return { type: 'not_a_member' }
  if (row.isChanged) return { type: 'changed', before: row.before }
  return { type: row.isActorOwner ? 'last_owner' : 'not_an_owner' }
}
