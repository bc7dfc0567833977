// What the built-in interviewer would say: where a model's question begins, and what stands in for a model that fails.

import type { InterviewContext, Interviewer, QuestionFacts } from '../interviewer.ts'

export interface Draft {
  readonly text: string
  readonly about: QuestionFacts
}

/** Reads it to its end. */
export async function draftOf(interviewer: Interviewer, context: InterviewContext, signal: AbortSignal): Promise<Draft> {
  let { about } = context
  let text = ''
  for await (const chunk of interviewer.ask({ ...context, soFar: '' }, signal)) {
    if ('about' in chunk) about = chunk.about
    else text += chunk.text
  }
  return { text, about }
}
