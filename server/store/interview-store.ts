// Statements on the conversation of a project: what is asked and said, in which mode, and in which order.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { InterviewMode, MessageState } from '../../shared/wire/interview.ts'
import type { Database, Sql } from './database.ts'

export interface MessageRow {
  id: string
  /** A `bigint`; grows along the conversation. */
  number: string
  projectId: ProjectId
  role: 'interviewer' | 'person'
  kind: 'question' | 'answer' | null
  authorId: UserId
  replyTo: string | null
  category: CategoryKey | null
  askedAs: string | null
  why: string | null
  questionId: string | null
  skippedBy: UserId | null
  text: string
  suggestions: string[]
  state: MessageState
  isOpen: boolean
  /** Its place in the queue from 1; 0 outside of it. */
  position: number
  createdAt: Date
}

/** Somebody's request, which takes effect once. */
export interface Asking {
  projectId: ProjectId
  authorId: UserId
  requestId: string
}

/** One statement each. Errors of all: store_unavailable, overloaded. */
export interface InterviewStore {
  /** The message of an earlier same request, else the open question, else a new question in the queue. */
  ask(asking: Asking): Promise<MessageRow | null>
  /** Keeps a person's words as the answer to the open question, and queues what follows; null when the project is gone. */
  say(asking: Asking, text: string): Promise<{ message: MessageRow; isNew: boolean } | null>
  find(projectId: ProjectId, messageId: string): Promise<MessageRow | null>
  /** The latest before a number, newest first. */
  list(projectId: ProjectId, before: number | null, limit: number): Promise<MessageRow[]>
  /** Every question whose words were read, oldest first. */
  asked(projectId: ProjectId): Promise<{ id: string; questionId: string | null; text: string }[]>
  mode(projectId: ProjectId): Promise<InterviewMode>
  /** Whether it was another. */
  setMode(projectId: ProjectId, mode: InterviewMode): Promise<boolean>
  /** Closes the open question without an answer and queues another; null when it is not open. */
  skip(projectId: ProjectId, messageId: string, userId: UserId): Promise<MessageRow | null>
  /** Queues a message that ended early to go on from its text; null when it is not such a one. */
  goOn(projectId: ProjectId, messageId: string): Promise<MessageRow | null>
  /** Queues another message in place of one that ended early, once; gives the new one. */
  retry(projectId: ProjectId, messageId: string, userId: UserId): Promise<MessageRow | null>
  /** Wants it to end: at once while it is queued, by its writer while it runs; null when it has ended already. */
  wantStop(projectId: ProjectId, messageId: string): Promise<MessageRow | null>
}

/** What every statement gives of a message; `m` is the message. */
export const messageColumns = (sql: Sql) => sql`
  m.id, m.number, m.project_id as "projectId", m.role, m.kind, m.author_id as "authorId", m.reply_to as "replyTo", m.category,
  m.asked_as as "askedAs", m.why, m.question_id as "questionId", m.skipped_by as "skippedBy",
  m.text, m.suggestions, m.state,
  (m.role = 'interviewer' and m.kind = 'question' and m.state = 'finished' and m.closed_at is null) as "isOpen",
  coalesce((select place from interview_queue queue where queue.id = m.id), 0) as position, m.created_at as "createdAt"`

/** The question of a project that waits for its answer. */
export const openQuestion = (sql: Sql, projectId: ProjectId) => sql`
  select id from interview_messages
  where project_id = ${projectId} and role = 'interviewer' and kind = 'question' and state = 'finished' and closed_at is null
  order by number desc
  limit 1`

const repeated = (sql: Sql, { projectId, authorId, requestId }: Asking) => sql`
  select id from interview_messages where project_id = ${projectId} and author_id = ${authorId} and request_id = ${requestId}`

/** The store over a database. */
export function createInterviewStore(database: Database): InterviewStore {
  const find = async (projectId: ProjectId, messageId: string): Promise<MessageRow | null> => {
    const rows = await database.query<MessageRow>(
      'interview.find',
      (sql) => sql`select ${messageColumns(sql)} from interview_messages m where m.project_id = ${projectId} and m.id = ${messageId}`,
    )
    return rows[0] ?? null
  }
  /** A statement sees no rows that it writes itself, so what it has made is read afterwards. */
  const found = async (projectId: ProjectId, rows: readonly { id: string }[]): Promise<MessageRow | null> => {
    const [row] = rows
    return row ? find(projectId, row.id) : null
  }

  return {
    find,

    async ask(asking) {
      const { projectId, authorId, requestId } = asking
      const ask = () =>
        database.query<{ id: string }>(
          'interview.ask',
          (sql) => sql`
            with known as (
              select id from (${repeated(sql, asking)}) earlier
              union all
              select id from (${openQuestion(sql, projectId)}) question
            ), made as (
              insert into interview_messages (project_id, role, kind, author_id, request_id, state)
              select id, 'interviewer', 'question', ${authorId}, ${requestId}, 'queued' from projects
              where id = ${projectId} and not exists (select from known)
              on conflict do nothing
              returning id
            )
            select id from known union all select id from made limit 1`,
        )
      // The second time it is there, when another node was quicker with the same request.
      return (await found(projectId, await ask())) ?? found(projectId, await ask())
    },

    async say(asking, text) {
      const { projectId, authorId, requestId } = asking
      const say = () =>
        database.query<{ id: string; isNew: boolean }>(
          'interview.say',
          (sql) => sql`
            with known as (${repeated(sql, asking)}), question as (${openQuestion(sql, projectId)}), said as (
              insert into interview_messages (project_id, role, author_id, request_id, reply_to, text, state)
              select id, 'person', ${authorId}, ${requestId}, (select id from question), ${text}, 'finished' from projects
              where id = ${projectId} and not exists (select from known)
              on conflict do nothing
              returning id
            ), closed as (
              update interview_messages set closed_at = now() where id = (select id from question) and exists (select from said)
            ), followed as (
              insert into interview_messages (project_id, role, kind, author_id, reply_to, state)
              select ${projectId}::uuid, 'interviewer', case mode when 'direct' then 'answer' else 'question' end, ${authorId}, said.id, 'queued'
              from said, (select coalesce((select mode from interviews where project_id = ${projectId}), 'socratic') as mode) current
              where mode = 'direct' or not exists (
                select from interview_messages where project_id = ${projectId} and state = 'queued' and kind = 'question')
            )
            select id, true as "isNew" from said union all select id, false from known`,
        )
      const rows = await say()
      const [row] = rows.length > 0 ? rows : await say()
      const message = row && (await find(projectId, row.id))
      return row && message ? { message, isNew: row.isNew } : null
    },

    list(projectId, before, limit) {
      return database.query<MessageRow>(
        'interview.list',
        (sql) => sql`
          select ${messageColumns(sql)} from interview_messages m
          where m.project_id = ${projectId} and (${before}::bigint is null or m.number < ${before}::bigint)
          order by m.number desc
          limit ${limit}`,
      )
    },

    asked(projectId) {
      return database.query(
        'interview.asked',
        (sql) => sql`
          select id, question_id as "questionId", text from interview_messages
          where project_id = ${projectId} and role = 'interviewer' and kind = 'question' and text <> ''
          order by number`,
      )
    },

    async mode(projectId) {
      const rows = await database.query<{ mode: InterviewMode }>(
        'interview.mode',
        (sql) => sql`select mode from interviews where project_id = ${projectId}`,
      )
      return rows[0]?.mode ?? 'socratic'
    },

    async setMode(projectId, mode) {
      const rows = await database.query(
        'interview.set_mode',
        (sql) => sql`
          insert into interviews as kept (project_id, mode) values (${projectId}, ${mode})
          on conflict (project_id) do update set mode = excluded.mode where kept.mode <> excluded.mode
          returning mode`,
      )
      return rows.length > 0
    },

    async skip(projectId, messageId, userId) {
      const rows = await database.query<{ id: string }>(
        'interview.skip',
        (sql) => sql`
          with skipped as (
            update interview_messages set closed_at = now(), skipped_by = ${userId}
            where id = (select id from (${openQuestion(sql, projectId)}) question where id = ${messageId}) and closed_at is null
            returning id
          ), followed as (
            insert into interview_messages (project_id, role, kind, author_id, reply_to, state)
            select ${projectId}::uuid, 'interviewer', 'question', ${userId}, null, 'queued' from skipped
            where not exists (select from interview_messages where project_id = ${projectId} and state = 'queued' and kind = 'question')
          )
          select id from skipped`,
      )
      return found(projectId, rows)
    },

    async goOn(projectId, messageId) {
      const rows = await database.query<{ id: string }>(
        'interview.go_on',
        (sql) => sql`
          update interview_messages set state = 'queued', is_stop_wanted = false
          where project_id = ${projectId} and id = ${messageId} and role = 'interviewer' and state in ('stopped', 'interrupted')
            and closed_at is null and text <> ''
          returning id`,
      )
      return found(projectId, rows)
    },

    async retry(projectId, messageId, userId) {
      const rows = await database.query<{ id: string }>(
        'interview.retry',
        (sql) => sql`
          with replaced as (
            update interview_messages set closed_at = now()
            where project_id = ${projectId} and id = ${messageId} and role = 'interviewer' and state in ('stopped', 'interrupted', 'failed')
              and closed_at is null
            returning kind, reply_to
          )
          insert into interview_messages (project_id, role, kind, author_id, reply_to, state)
          select ${projectId}::uuid, 'interviewer', kind, ${userId}, reply_to, 'queued' from replaced
          returning id`,
      )
      return found(projectId, rows)
    },

    async wantStop(projectId, messageId) {
      const rows = await database.query<{ id: string }>(
        'interview.want_stop',
        (sql) => sql`
          update interview_messages set is_stop_wanted = true, state = case state when 'queued' then 'stopped' else state end
          where project_id = ${projectId} and id = ${messageId} and state in ('queued', 'running')
          returning id`,
      )
      return found(projectId, rows)
    },
  }
}
