// Statements on proposals: kept, listed, and decided on by one person only.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { proposalStates } from '../../shared/wire/interview.ts'
import type { Database, Sql } from './database.ts'

export interface ProposalRow {
  id: string
  /** A `bigint`, in the order in which they were made. */
  number: string
  messageId: string
  authorId: UserId
  category: CategoryKey
  /** What it is called among the items; null when that is not known. */
  key: string | null
  text: string
  confidence: number
  /** The id of the item that it would take the place of. */
  replaces: string | null
  state: (typeof proposalStates)[number]
}

export interface NewProposal extends Omit<ProposalRow, 'id' | 'number' | 'state'> {
  projectId: ProjectId
}

/** One statement each. Errors of all: store_unavailable, overloaded. */
export interface ProposalsStore {
  /** Null when one that says the same is open already. */
  make(proposal: NewProposal): Promise<ProposalRow | null>
  /** Rejects a person's own open ones of that key: they said something else about it since. */
  withdraw(proposal: Pick<NewProposal, 'projectId' | 'authorId'> & { key: string }): Promise<ProposalRow[]>
  /** Rejects the open ones of a message that are no surer than that. */
  withdrawUnsure(proposal: Pick<NewProposal, 'projectId' | 'authorId' | 'messageId' | 'confidence'>): Promise<ProposalRow[]>
  /** Open ones after a number, in order. */
  listOpen(projectId: ProjectId, after: number, limit: number): Promise<ProposalRow[]>
  /** Goes from one state to another; null, having changed nothing, when it is not in the first. */
  move(
    projectId: ProjectId,
    id: string,
    change: { from: ProposalRow['state']; to: ProposalRow['state']; byId: UserId },
  ): Promise<ProposalRow | null>
}

const columns = (sql: Sql) => sql`
  id, number, message_id as "messageId", author_id as "authorId", category, key, text, confidence, replaces, state`

/** The store over a database. */
export function createProposalsStore(database: Database): ProposalsStore {
  return {
    async make({ projectId, messageId, authorId, category, key, text, confidence, replaces }) {
      const rows = await database.query<ProposalRow>(
        'proposals.make',
        (sql) => sql`
          insert into interview_proposals (project_id, message_id, author_id, category, key, text, confidence, replaces)
          select project_id, id, ${authorId}, ${category}, ${key}, ${text}, ${confidence}, ${replaces}::uuid from interview_messages
          where id = ${messageId} and project_id = ${projectId}
            and not exists (
              select from interview_proposals
              where project_id = ${projectId} and state = 'open' and lower(text) = lower(${text}))
          returning ${columns(sql)}`,
      )
      return rows[0] ?? null
    },

    withdraw({ projectId, authorId, key }) {
      return database.query<ProposalRow>(
        'proposals.withdraw',
        (sql) => sql`
          update interview_proposals set state = 'rejected', decided_by = ${authorId}, decided_at = now()
          where project_id = ${projectId} and author_id = ${authorId} and state = 'open' and key = ${key}
          returning ${columns(sql)}`,
      )
    },

    withdrawUnsure({ projectId, authorId, messageId, confidence }) {
      return database.query<ProposalRow>(
        'proposals.withdraw_unsure',
        (sql) => sql`
          update interview_proposals set state = 'rejected', decided_by = ${authorId}, decided_at = now()
          where project_id = ${projectId} and message_id = ${messageId} and author_id = ${authorId} and state = 'open'
            and confidence <= ${confidence}::real
          returning ${columns(sql)}`,
      )
    },

    listOpen(projectId, after, limit) {
      return database.query<ProposalRow>(
        'proposals.list_open',
        (sql) => sql`
          select ${columns(sql)}
          from interview_proposals
          where project_id = ${projectId} and state = 'open' and number > ${after}
          order by number
          limit ${limit}`,
      )
    },

    async move(projectId, id, { from, to, byId }) {
      const rows = await database.query<ProposalRow>(
        'proposals.move',
        (sql) => sql`
          update interview_proposals set state = ${to}, decided_by = ${byId}, decided_at = now()
          where project_id = ${projectId} and id = ${id} and state = ${from}
          returning ${columns(sql)}`,
      )
      return rows[0] ?? null
    },
  }
}
