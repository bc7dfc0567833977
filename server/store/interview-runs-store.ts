// Statements on who writes a message: a run takes the next of the queue, renews its lease with the words so far, and ends it.

import type { ProjectId } from '../../shared/ids.ts'
import type { Database } from './database.ts'
import { messageColumns, openQuestion, type MessageRow } from './interview-store.ts'

/** What is known of a message while it is written. */
export interface WrittenSoFar extends Pick<MessageRow, 'category' | 'askedAs' | 'why' | 'questionId' | 'suggestions'> {
  text: string
}

/** A message that this node has heard of, for the case that its writer has died. */
export interface HeldText {
  messageId: string
  text: string
}

/** One statement each. Errors of all: store_unavailable, overloaded. */
export interface InterviewRunsStore {
  /** Takes the next message of the queue, if none of the project runs and no question is open that it would add to. */
  claimNext(projectId: ProjectId, runId: string, leaseMs: number): Promise<MessageRow | null>
  /** Keeps the words so far and the lease; null when the run has lost it. */
  renew(runId: string, written: WrittenSoFar, leaseMs: number): Promise<{ isStopWanted: boolean } | null>
  /** Ends the run; null when it has lost its lease. */
  end(runId: string, written: WrittenSoFar, state: EndState): Promise<MessageRow | null>
  /** Ends what nobody renews: at once what is held here, with the longer text, and the rest after `graceMs`. */
  takeOver(held: readonly HeldText[], graceMs: number): Promise<MessageRow[]>
  /** Projects in which something is queued and nothing runs. */
  waitingProjects(limit: number): Promise<ProjectId[]>
  /** The states and texts of messages, to compare with what was heard. */
  read(messageIds: readonly string[]): Promise<MessageRow[]>
}

/** `queued`: nothing came yet, and another node is to write it. */
export type EndState = 'finished' | 'stopped' | 'interrupted' | 'failed' | 'queued'

const uniqueViolation = '23505'

/** The store over a database. */
export function createInterviewRunsStore(database: Database): InterviewRunsStore {
  return {
    async claimNext(projectId, runId, leaseMs) {
      try {
        const rows = await database.query<MessageRow>(
          'interview.claim_next',
          (sql) => sql`
            update interview_messages m
            set state = 'running', run_id = ${runId}, leased_until = now() + ${leaseMs} * interval '1 millisecond', is_stop_wanted = false,
              started_at = now()
            where m.state = 'queued'
              and not exists (select from interview_messages running where running.project_id = ${projectId} and running.state = 'running')
              and m.id = (
                select queue.id from interview_queue queue join interview_messages next on next.id = queue.id
                where queue.project_id = ${projectId} and (next.kind = 'answer' or not exists (${openQuestion(sql, projectId)}))
                order by queue.place
                limit 1)
            returning ${messageColumns(sql)}`,
        )
        return rows[0] ?? null
      } catch (error) {
        // Another node was quicker with another message.
        if (error instanceof Error && 'code' in error && error.code === uniqueViolation) return null
        throw error
      }
    },

    async renew(runId, written, leaseMs) {
      const rows = await database.query<{ isStopWanted: boolean }>(
        'interview.renew',
        (sql) => sql`
          update interview_messages
          set leased_until = now() + ${leaseMs} * interval '1 millisecond', text = ${written.text}, category = ${written.category},
            asked_as = ${written.askedAs}, why = ${written.why}, question_id = ${written.questionId},
            suggestions = ${[...written.suggestions]}::text[]
          where run_id = ${runId} and state = 'running'
          returning is_stop_wanted as "isStopWanted"`,
      )
      return rows[0] ?? null
    },

    async end(runId, written, state) {
      const rows = await database.query<MessageRow>(
        'interview.end',
        (sql) => sql`
          update interview_messages m
          set state = ${state}, run_id = null, leased_until = null, text = ${written.text}, category = ${written.category},
            asked_as = ${written.askedAs}, why = ${written.why}, question_id = ${written.questionId},
            suggestions = ${[...written.suggestions]}::text[]
          where m.run_id = ${runId} and m.state = 'running'
          returning ${messageColumns(sql)}`,
      )
      return rows[0] ?? null
    },

    takeOver(held, graceMs) {
      return database.query<MessageRow>(
        'interview.take_over',
        (sql) => sql`
          update interview_messages m
          set text = taken.text, state = case taken.text when '' then 'failed' else 'interrupted' end, run_id = null, leased_until = null
          from (
            select expired.id, expired.run_id, case when length(held.text) > length(expired.text) then held.text else expired.text end as text
            from interview_messages expired
            left join unnest(
              ${held.map(({ messageId }) => messageId)}::uuid[], ${held.map(({ text }) => text)}::text[]
            ) as held (id, text) on held.id = expired.id
            where expired.state = 'running'
              and expired.leased_until < now() - case when held.id is null then ${graceMs} else 0 end * interval '1 millisecond'
          ) taken
          where m.id = taken.id and m.run_id = taken.run_id and m.state = 'running' and m.leased_until < now()
          returning ${messageColumns(sql)}`,
      )
    },

    async waitingProjects(limit) {
      const rows = await database.query<{ projectId: ProjectId }>(
        'interview.waiting_projects',
        (sql) => sql`
          select distinct m.project_id as "projectId" from interview_messages m
          where m.state = 'queued'
            and not exists (select from interview_messages running where running.project_id = m.project_id and running.state = 'running')
            and (m.kind = 'answer' or not exists (
              select from interview_messages question
              where question.project_id = m.project_id and question.role = 'interviewer' and question.kind = 'question'
                and question.state = 'finished' and question.closed_at is null))
          limit ${limit}`,
      )
      return rows.map(({ projectId }) => projectId)
    },

    read(messageIds) {
      return database.query<MessageRow>(
        'interview.read',
        (sql) => sql`select ${messageColumns(sql)} from interview_messages m where m.id = any(${[...messageIds]}::uuid[])`,
      )
    },
  }
}
