// The built-in interviewer: what it asks next, and how it goes on.

import { expect, it } from 'vitest'
import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { Item } from '../../shared/wire/items.ts'
import { BankInterviewer } from './bank-interviewer.ts'
import type { InterviewContext, QuestionFacts } from './interviewer.ts'

const noFacts: QuestionFacts = { category: null, askedAs: null, why: null, questionId: null, suggestions: [] }
const item = (category: CategoryKey, text: string, ref = 'SPEC-1') => ({ category, text, ref }) as Item

async function hear(given: Partial<InterviewContext>, signal = new AbortController().signal) {
  let about = noFacts
  let text = ''
  const context: InterviewContext = {
    projectId: 'p',
    kind: 'question',
    authorId: 'ann',
    items: [],
    conversation: [],
    soFar: '',
    about: noFacts,
    ...given,
  }
  for await (const chunk of new BankInterviewer().ask(context, signal)) {
    if ('about' in chunk) about = chunk.about
    else text += chunk.text
  }
  return { about, text }
}

it('[INT2] asks in the category that has the smallest part of its items, and nothing twice', async () => {
  const asked: string[] = []
  const filled = Array.from({ length: 10 }, (_, index) => item('goals', `Goal ${index}`))
  for (let time = 0; time < 4; time++) {
    const conversation = asked.map((questionId) => ({
      role: 'interviewer' as const,
      authorId: 'ann',
      category: null,
      questionId,
      text: '?',
    }))
    const { about, text } = await hear({ items: filled, conversation })
    expect(about.category).not.toBe('goals')
    expect(text).toMatch(/\?$/)
    expect(asked).not.toContain(about.questionId)
    asked.push(about.questionId ?? '')
  }
  expect((await hear({})).about.category).toBe('goals')
})

it('[INT6] goes on with the words that are missing from a question', async () => {
  const { about, text } = await hear({})
  const rest = await hear({ soFar: text.slice(0, 9), about })
  expect(text.slice(0, 9) + rest.text).toBe(text)
})

it('[INT7] answers with the items that have the words in them, by their names', async () => {
  const items = [item('performance', 'Reports open within 2 seconds', 'SPEC-7'), item('goals', 'Ship by May', 'SPEC-8')]
  const conversation = [{ role: 'person' as const, authorId: 'ann', category: null, questionId: null, text: 'How fast do reports open?' }]
  const { text } = await hear({ kind: 'answer', items, conversation })
  expect(text).toContain('SPEC-7')
  expect(text).not.toContain('SPEC-8')
  const ending = new AbortController()
  ending.abort()
  await expect(hear({ kind: 'answer', items, conversation }, ending.signal)).rejects.toThrow('aborted')
})
