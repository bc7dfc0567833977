// Statements on proposals: kept, listed, and decided on by one person only.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { proposalStates } from '../../shared/wire/interview.ts'
import type { Database } from './database.ts'

export interface ProposalRow {
  id: string
  /** A `bigint`, in the order in which they were made. */
  number: string
  messageId: string
  authorId: UserId
  category: CategoryKey
  text: string
  confidence: number
  state: (typeof proposalStates)[number]
}

export interface NewProposal extends Pick<ProposalRow, 'messageId' | 'authorId' | 'category' | 'text' | 'confidence'> {
  projectId: ProjectId
}

/** One statement each. Errors of all: store_unavailable, overloaded. */
export interface ProposalsStore {
  make(proposal: NewProposal): Promise<ProposalRow | null>
  /** Open ones after a number, in order. */
  listOpen(projectId: ProjectId, after: number, limit: number): Promise<ProposalRow[]>
  /** Goes from one state to another; null, having changed nothing, when it is not in the first. */
  move(
    projectId: ProjectId,
    id: string,
    change: { from: ProposalRow['state']; to: ProposalRow['state']; byId: UserId },
  ): Promise<ProposalRow | null>
}

/** The store over a database. */
export function createProposalsStore(database: Database): ProposalsStore {
  return {
    async make({ projectId, messageId, authorId, category, text, confidence }) {
      const rows = await database.query<ProposalRow>(
        'proposals.make',
        (sql) => sql`
          insert into interview_proposals (project_id, message_id, author_id, category, text, confidence)
          select project_id, id, ${authorId}, ${category}, ${text}, ${confidence} from interview_messages
          where id = ${messageId} and project_id = ${projectId}
          returning id, number, message_id as "messageId", author_id as "authorId", category, text, confidence, state`,
      )
      return rows[0] ?? null
    },

    listOpen(projectId, after, limit) {
      return database.query<ProposalRow>(
        'proposals.list_open',
        (sql) => sql`
          select id, number, message_id as "messageId", author_id as "authorId", category, text, confidence, state
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
          returning id, number, message_id as "messageId", author_id as "authorId", category, text, confidence, state`,
      )
      return rows[0] ?? null
    },
  }
}
