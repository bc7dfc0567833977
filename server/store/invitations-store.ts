// Statements on invitations: make one, look at one, accept one.

import { roles, type Role } from '../../shared/domain/roles.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

export interface NewInvitation {
  projectId: ProjectId
  tokenHash: Uint8Array
  role: Role
  /** Lower case; null lets anyone who holds the link in. */
  email: string | null
  expiresAt: Date
  createdBy: UserId
  /** Open invitations that a project may have. */
  openMax: number
}

/** An invitation that can still be accepted. */
export interface OpenInvitationRow {
  id: string
  role: Role
  email: string | null
  createdByName: string
  createdAt: Date
  expiresAt: Date
  uses: number
}

/** What the holder of a link may know before they are let in. */
export interface InvitationPreviewRow {
  projectName: string
  role: Role
  inviterName: string
  email: string | null
  expiresAt: Date
}

/** The outcome of accepting; `role` is null when the project is full, or the invitation is bound to another email. */
export interface AcceptedRow {
  projectId: ProjectId
  role: Role | null
  isFull: boolean
  /** Whether the person was not in the project before. */
  isNew: boolean
}

export interface Acceptance {
  tokenHash: Uint8Array
  userId: UserId
  email: string
  /** People that a project may have. */
  membersMax: number
}

/** Statements on invitations. Errors of all: store_unavailable, overloaded. */
export interface InvitationsStore {
  /** Gives its id, or null when it was not made: a project may have `openMax` of them. */
  create(invitation: NewInvitation): Promise<string | null>
  /** Those of a project that can still be accepted, the last made first. */
  listOpen(projectId: ProjectId): Promise<OpenInvitationRow[]>
  /** Ends it at once; gives its role, or null when there is no such open invitation in the project. */
  withdraw(projectId: ProjectId, invitationId: string): Promise<Role | null>
  /** The invitation if it can still be accepted, else null. */
  preview(tokenHash: Uint8Array): Promise<InvitationPreviewRow | null>
  /** Lets the person in, keeping the higher of two roles; null when the invitation cannot be accepted any more. Twice is once. */
  accept(acceptance: Acceptance): Promise<AcceptedRow | null>
}

/** The store over a database. */
export function createInvitationsStore(database: Database): InvitationsStore {
  return {
    async create({ projectId, tokenHash, role, email, expiresAt, createdBy, openMax }) {
      const made = await database.query<{ id: string }>(
        'invitations.create',
        (sql) => sql<{ id: string }[]>`
          insert into invitations (project_id, token_hash, role, email, expires_at, created_by)
          select ${projectId}, ${Buffer.from(tokenHash)}, ${role}, ${email}, ${expiresAt}, ${createdBy}
          where (
            select count(*) from invitations where project_id = ${projectId} and withdrawn_at is null and expires_at > now()
          ) < ${openMax}
          returning id`,
      )
      return made[0]?.id ?? null
    },

    listOpen: (projectId) =>
      database.query<OpenInvitationRow>(
        'invitations.list_open',
        (sql) => sql<OpenInvitationRow[]>`
          select i.id, i.role, i.email, u."name" as "createdByName", i.created_at as "createdAt", i.expires_at as "expiresAt", i.uses
          from invitations i
          join "user" u on u."id" = i.created_by
          where i.project_id = ${projectId}
            and i.withdrawn_at is null
            and i.expires_at > now()
          order by i.created_at desc, i.id`,
      ),

    async withdraw(projectId, invitationId) {
      const rows = await database.query<{ role: Role }>(
        'invitations.withdraw',
        (sql) => sql<{ role: Role }[]>`
          update invitations
          set withdrawn_at = now()
          where id = ${invitationId}
            and project_id = ${projectId}
            and withdrawn_at is null
            and expires_at > now()
          returning role`,
      )
      return rows[0]?.role ?? null
    },

    async preview(tokenHash) {
      const rows = await database.query<InvitationPreviewRow>(
        'invitations.preview',
        (sql) => sql<InvitationPreviewRow[]>`
          select p.name as "projectName", i.role, u."name" as "inviterName", i.email, i.expires_at as "expiresAt"
          from invitations i
          join projects p on p.id = i.project_id
          join "user" u on u."id" = i.created_by
          where i.token_hash = ${Buffer.from(tokenHash)}
            and i.withdrawn_at is null
            and i.expires_at > now()
            and p.archived_at is null`,
      )
      return rows[0] ?? null
    },

    accept: (acceptance) => acceptInvitation(database, acceptance),
  }
}

async function acceptInvitation(database: Database, { tokenHash, userId, email, membersMax }: Acceptance): Promise<AcceptedRow | null> {
  const rows = await database.query<AcceptedRow>(
    'invitations.accept',
    (sql) => sql<AcceptedRow[]>`
      with invitation as (
        select i.id, i.project_id, i.role, i.email
        from invitations i
        join projects p on p.id = i.project_id
        where i.token_hash = ${Buffer.from(tokenHash)}
          and i.withdrawn_at is null
          and i.expires_at > now()
          and p.archived_at is null
      ), seats as (
        select count(*) >= ${membersMax} and not coalesce(bool_or(user_id = ${userId}), false) as full
        from members
        where project_id = (select project_id from invitation)
      ), joined as (
        insert into members as m (project_id, user_id, role)
        select project_id, ${userId}, role
        from invitation
        where (email is null or email = ${email}) and not (select seats.full from seats)
        on conflict (project_id, user_id) do update
          -- Roles are ordered from most to least rights: the lower place is the higher role.
          set role = case
            when array_position(${[...roles]}::text[], excluded.role)
              < array_position(${[...roles]}::text[], m.role) then excluded.role
            else m.role
          end
        returning m.role, m.user_id
      ), used as (
        update invitations i
        set uses = i.uses + 1
        from invitation, joined
        where i.id = invitation.id
          and not exists (select 1 from members m where m.project_id = i.project_id and m.user_id = ${userId})
      )
      select i.project_id as "projectId", j.role, s.full as "isFull",
        not exists (select 1 from members m where m.project_id = i.project_id and m.user_id = ${userId}) as "isNew"
      from invitation i
      cross join seats s
      left join joined j on true`,
  )
  return rows[0] ?? null
}
