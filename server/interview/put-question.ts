// A question as it is put: its words, and what is known about it.

import type { QuestionFacts } from './interviewer.ts'

export interface PutQuestion {
  readonly text: string
  readonly about: QuestionFacts
}

/** Puts it together; without suggestions unless given. */
export const questionAbout = (
  { category, askedAs, why, questionId }: Omit<QuestionFacts, 'suggestions'>,
  text: string,
  suggestions: readonly string[] = [],
): PutQuestion => ({ text, about: { category, askedAs, why, questionId, suggestions } })
