// Which question of the bank comes next: one that makes sense by now, that nothing answers yet, about what the spec lacks most.

import { categoryKeys, categoryName, targetOf, type CategoryKey } from '../../shared/domain/categories.ts'
import { interviewTable, weightOf } from '../../shared/domain/interview-weights.ts'
import type { BankQuestion } from './bank/bank-question.ts'
import { bankQuestion, questionBank } from './bank/question-bank.ts'
import type { InterviewContext, PersonHabits } from './interviewer.ts'
import { questionAbout, type PutQuestion } from './put-question.ts'
import { isRephrased, questionWords } from './question-frame.ts'
import { SaidWords } from './said-words.ts'

export type PickContext = Pick<InterviewContext, 'items' | 'conversation' | 'asked' | 'coverage' | 'phase' | 'person'>

const wordsOfBank = new Map(questionBank.map(({ id, question }) => [id, questionWords(question)]))
/** A single word this long says enough wherever it stands; a shorter one only in its own category. */
const tellingUnits = 6

/** The next one; undefined when none is left. */
export function pickQuestion(context: PickContext): BankQuestion | undefined {
  const fitting = fittingQuestions(context)
  const { skipped } = context.person
  const welcome = fitting.filter(({ category }) => (skipped[category] ?? 0) < interviewTable.skipsMax)
  return mostNeeded(welcome.length > 0 ? welcome : fitting, context)
}

/** When the bank has nothing more: an open question about the category that lacks most, each once. */
export function pickOpenQuestion(context: PickContext): PutQuestion | undefined {
  const asked = new Set(context.asked.map(({ questionId }) => questionId))
  const left = categoryKeys.filter((key) => targetOf(key) !== null && !asked.has(`more:${key}`) && (context.coverage[key] ?? 0) < 100)
  const [category] = left.toSorted((one, other) => (context.coverage[one] ?? 0) - (context.coverage[other] ?? 0))
  if (category === undefined) return undefined
  const about = { category, askedAs: 'business analyst', why: 'This part of the spec is not whole yet.', questionId: `more:${category}` }
  return questionAbout(about, `What else must hold for ${categoryName(category).toLowerCase()} that nobody has asked about?`)
}

/** What of the bank is still open in one category, in its order. */
export const bankFor = (context: PickContext, category: CategoryKey): BankQuestion[] =>
  fittingQuestions(context).filter((question) => question.category === category)

function fittingQuestions({ items, conversation, asked }: PickContext): BankQuestion[] {
  const askedIds = new Set(asked.map(({ questionId }) => questionId))
  const inSpec = new SaidWords(items.map(({ text }) => text))
  const keys = new Set(items.map(({ key }) => key))
  const said = new SaidWords([...items, ...conversation.filter(({ role }) => role === 'person')].map(({ text }) => text))
  const ofCategory = new Map<CategoryKey, SaidWords>()
  for (const key of categoryKeys)
    ofCategory.set(key, new SaidWords(items.filter(({ category }) => category === key).map(({ text }) => text)))
  const isKnown = ({ category, known, name }: BankQuestion) =>
    keys.has(name.toLowerCase().replaceAll(' ', '-')) ||
    known.some((entry) => (isTelling(entry) ? inSpec : ofCategory.get(category))?.holds(entry) === true)
  // Those of the bank are no two alike.
  const others = asked.filter(({ questionId }) => !bankQuestion(questionId)).map(({ text }) => questionWords(text))
  const isPut = ({ id }: BankQuestion) => {
    const words = wordsOfBank.get(id)
    return askedIds.has(id) || (words !== undefined && others.some((other) => isRephrased(other, words)))
  }
  return questionBank.filter((question) => {
    const makesSense = question.needs.length === 0 || said.holdsAny(question.needs)
    return makesSense && !isKnown(question) && !isPut(question)
  })
}

const isTelling = (entry: string): boolean => entry.includes(' ') || entry.length >= tellingUnits

/** By what its category lacks, weighted by phase and by the person; of equals the first of the bank. */
function mostNeeded(questions: readonly BankQuestion[], { items, asked, coverage, phase, person }: PickContext): BankQuestion | undefined {
  const counts = new Map<CategoryKey, number>()
  const add = (category: CategoryKey, count: number) => counts.set(category, (counts.get(category) ?? 0) + count)
  for (const { category } of items) if (targetOf(category) === null) add(category, 1)
  for (const { questionId } of asked) {
    const category = bankQuestion(questionId)?.category
    if (category !== undefined) add(category, interviewTable.perAsked)
  }
  const lack = (category: CategoryKey) => {
    const part = (counts.get(category) ?? 0) / (targetOf(category) ?? interviewTable.enoughItems)
    return Math.max(0, 1 - Math.max(part, (coverage[category] ?? 0) / 100)) * weightOf(category, phase)
  }
  const needs = questions.map((question) => ({ question, need: lack(question.category) * roleWeight(question, person) }))
  return needs.toSorted((one, other) => other.need - one.need)[0]?.question
}

function roleWeight({ askedAs }: BankQuestion, { roles }: PersonHabits): number {
  if (roles.length === 0) return 1
  return roles.includes(askedAs) ? interviewTable.wantedRole : interviewTable.otherRole
}
