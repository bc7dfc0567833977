// What the interview learns from a person: which kinds of question they pass over, how long they answer, in which roles.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
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
}
