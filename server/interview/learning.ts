// What the interview learns from a person: which kinds of question they pass over, how long they answer, in which roles.

import { categoryKeys, type CategoryKey } from '../../shared/domain/categories.ts'
import { interviewTable } from '../../shared/domain/interview-weights.ts'
import { interviewerRoles, type InterviewerRole } from '../../shared/domain/interviewer-roles.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Learned } from '../../shared/wire/interview.ts'
import type { InterviewPeopleStore } from '../store/interview-people-store.ts'
import type { PersonHabits } from './interviewer.ts'

/** Of fewer answers nothing is concluded about their length. */
const tellingAnswers = 3

/** Callers have checked the right. Errors of all: store_unavailable, overloaded. */
export class Learning {
  readonly #store: InterviewPeopleStore

  constructor(store: InterviewPeopleStore) {
    this.#store = store
  }

  /** What is known of how somebody answers in a project. */
  async habitsOf(projectId: ProjectId, userId: UserId): Promise<PersonHabits> {
    const [roles, tallies] = await Promise.all([this.#store.roles(projectId, userId), this.#store.tallies(projectId, userId)])
    const answered: Record<string, number> = {}
    const skipped: Partial<Record<CategoryKey, number>> = {}
    let [answers, words] = [0, 0]
    for (const tally of tallies) {
      answers += tally.answered
      words += tally.answerWords
      if (tally.askedAs !== null) answered[tally.askedAs] = (answered[tally.askedAs] ?? 0) + tally.answered
      if (tally.category !== null && tally.skipped > 0) skipped[tally.category] = (skipped[tally.category] ?? 0) + tally.skipped
    }
    return { roles, answered, skipped, usualWords: answers < tellingAnswers ? null : Math.round(words / answers) }
  }

  /** The same as the person sees it. */
  async show(projectId: ProjectId, userId: UserId): Promise<Learned> {
    const { roles, answered, skipped, usualWords } = await this.habitsOf(projectId, userId)
    const counts = Object.entries(answered).map(([askedAs, count]) => ({ askedAs, count }))
    return {
      roles: interviewerRoles.filter((role) => roles.includes(role)),
      answered: counts.filter(({ count }) => count > 0).toSorted((one, other) => other.count - one.count),
      skipped: categoryKeys.flatMap((category) => {
        const count = skipped[category] ?? 0
        return count === 0 ? [] : [{ category, count, isAvoided: count >= interviewTable.skipsMax }]
      }),
      usualWords,
    }
  }

  /** Keeps in which roles somebody wants to be asked. */
  async setRoles(projectId: ProjectId, userId: UserId, roles: readonly InterviewerRole[]): Promise<Learned> {
    await this.#store.setRoles(projectId, userId, roles)
    return this.show(projectId, userId)
  }

  /** Begins anew with somebody. */
  forget(projectId: ProjectId, userId: UserId): Promise<void> {
    return this.#store.forget(projectId, userId)
  }
}
