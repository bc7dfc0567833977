// Statements on what the interview has learned of a person in a project: roles they named, questions they answered and passed over.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Database } from './database.ts'

/** What one person did with the questions of one role and category. */
export interface QuestionTally {
  category: CategoryKey | null
  askedAs: string | null
  answered: number
  skipped: number
  /** Of all answers together. */
  answerWords: number
}

/** One statement each. Errors of all: store_unavailable, overloaded. */
export interface InterviewPeopleStore {
  roles(projectId: ProjectId, userId: UserId): Promise<string[]>
  /** Once each. */
  setRoles(projectId: ProjectId, userId: UserId, roles: readonly string[]): Promise<void>
  /** Roles too; what was said stays in the conversation, and counts no more. */
  forget(projectId: ProjectId, userId: UserId): Promise<void>
  /** By category and role, since it was forgotten last. */
  tallies(projectId: ProjectId, userId: UserId): Promise<QuestionTally[]>
}

/** The store over a database. */
export function createInterviewPeopleStore(database: Database): InterviewPeopleStore {
  return {
    async roles(projectId, userId) {
      const rows = await database.query<{ roles: string[] }>(
        'interview_people.roles',
        (sql) => sql`select roles from interview_people where project_id = ${projectId} and user_id = ${userId}`,
      )
      return rows[0]?.roles ?? []
    },

    async setRoles(projectId, userId, roles) {
      await database.query(
        'interview_people.set_roles',
        (sql) => sql`
          insert into interview_people (project_id, user_id, roles) values (${projectId}, ${userId}, ${[...new Set(roles)]}::text[])
          on conflict (project_id, user_id) do update set roles = excluded.roles`,
      )
    },

    async forget(projectId, userId) {
      await database.query(
        'interview_people.forget',
        (sql) => sql`
          insert into interview_people (project_id, user_id, forgotten_at) values (${projectId}, ${userId}, now())
          on conflict (project_id, user_id) do update set roles = '{}', forgotten_at = excluded.forgotten_at`,
      )
    },

    tallies(projectId, userId) {
      return database.query<QuestionTally>(
        'interview_people.tallies',
        (sql) => sql`
          with since as (
            select coalesce(max(forgotten_at), '-infinity') as at from interview_people where project_id = ${projectId} and user_id = ${userId}
          ), acts as (
            select question.category, question.asked_as, 1 as answered, 0 as skipped,
              cardinality(regexp_split_to_array(btrim(answer.text), '\\s+')) as words
            from interview_messages answer join interview_messages question on question.id = answer.reply_to
            where answer.project_id = ${projectId} and answer.author_id = ${userId} and answer.role = 'person'
              and question.kind = 'question' and answer.created_at > (select at from since)
            union all
            select category, asked_as, 0, 1, 0 from interview_messages
            where project_id = ${projectId} and skipped_by = ${userId} and closed_at > (select at from since)
          )
          select category, asked_as as "askedAs", sum(answered)::integer as answered, sum(skipped)::integer as skipped,
            sum(words)::integer as "answerWords"
          from acts
          group by category, asked_as
          order by category, asked_as`,
      )
    },
  }
}
