// What an interviewer is given, as a test says it: a spec, and a conversation line by line.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import { defaultTables, type ScoredCategory } from '../../shared/domain/quality-tables.ts'
import { parseSpec } from '../../shared/spec/parse-spec.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { ConversationLine, InterviewContext, PersonHabits, QuestionFacts } from '../../server/interview/interviewer.ts'

const noFacts: QuestionFacts = { category: null, askedAs: null, why: null, questionId: null, suggestions: [] }
const newcomer: PersonHabits = { roles: [], answered: {}, skipped: {}, usualWords: null }

/** The items of a text, by the grammar, and the gaps marked in it. */
export function specOf(markdown: string): Pick<InterviewContext, 'items' | 'gaps' | 'coverage'> {
  const { items, gaps } = parseSpec(markdown)
  const counts = new Map<CategoryKey, number>()
  for (const { category } of items) counts.set(category, (counts.get(category) ?? 0) + 1)
  const percents = Object.entries(defaultTables.targets).map(([key, target]) => [
    key,
    Math.min(100, (100 * (counts.get(key as ScoredCategory) ?? 0)) / target),
  ])
  const shown = items.map(({ category, text, key }, index) => ({ id: `item-${index + 1}`, ref: `SPEC-${index + 1}`, category, text, key }))
  return { items: shown as Item[], gaps, coverage: Object.fromEntries(percents) as InterviewContext['coverage'] }
}

/** One question by its id, and what was answered, if it was. */
export interface Exchange extends Partial<QuestionFacts> {
  text?: string
  answer?: string
  skippedBy?: string
}

/** The lines of questions and their answers, and what was asked by them. */
export function talk(exchanges: readonly Exchange[]): Pick<InterviewContext, 'conversation' | 'asked'> {
  const conversation = exchanges.flatMap(({ text = '?', answer, skippedBy = null, category = null, questionId = null }, index) => {
    const common = { authorId: 'ann', category, questionId }
    const lines: ConversationLine[] = [{ ...common, id: `q${index}`, replyTo: null, role: 'interviewer', skippedBy, text }]
    if (answer !== undefined)
      lines.push({ ...common, id: `a${index}`, replyTo: `q${index}`, role: 'person', skippedBy: null, text: answer })
    return lines
  })
  return { conversation, asked: conversation.filter(({ role }) => role === 'interviewer') }
}

/** A question is asked of Ann about an empty spec, unless something else is given. */
export const contextWith = (given: Partial<InterviewContext> = {}): InterviewContext => ({
  projectId: 'p',
  kind: 'question',
  authorId: 'ann',
  person: newcomer,
  ...specOf(''),
  phase: 'discovery',
  conflicts: [],
  ...talk([]),
  soFar: '',
  about: noFacts,
  ...given,
})

export { newcomer }
