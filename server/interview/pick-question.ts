// Which question of the bank comes next: one that makes sense by now, about what the spec lacks most.

import { categories, categoryKeys, type CategoryKey } from '../../shared/domain/categories.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { BankQuestion } from './bank/bank-question.ts'
import { questionBank } from './bank/question-bank.ts'
import type { InterviewContext } from './interviewer.ts'
import { SaidWords } from './said-words.ts'

/** The next one; undefined when none is left. */
export function pickQuestion({ items, conversation }: Pick<InterviewContext, 'items' | 'conversation'>): BankQuestion | undefined {
  const asked = new Set(conversation.map(({ questionId }) => questionId))
  const said = new SaidWords([...items, ...conversation.filter(({ role }) => role === 'person')].map(({ text }) => text))
  const fitting = questionBank.filter(({ id, needs }) => !asked.has(id) && (needs.length === 0 || said.holdsAny(needs)))
  return leastCovered(fitting, items)
}

/** The first question in the category that has the smallest part of the items it should have; those without a target come last. */
function leastCovered(questions: readonly BankQuestion[], items: readonly Item[]): BankQuestion | undefined {
  const counts = new Map<CategoryKey, number>()
  for (const { category } of items) counts.set(category, (counts.get(category) ?? 0) + 1)
  const coverage = (category: CategoryKey) => {
    const { target } = categories[category]
    return target === null ? 2 : Math.min(1, (counts.get(category) ?? 0) / target)
  }
  const order = categoryKeys.toSorted((one, other) => coverage(one) - coverage(other))
  for (const category of order) {
    const question = questions.find((each) => each.category === category)
    if (question) return question
  }
  return undefined
}
