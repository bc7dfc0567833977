// The built-in interviewer: what it says first, and how it goes on.

import { expect, it } from 'vitest'
import { contextWith, specOf, talk } from '../../test/rigs/interview-context.ts'
import { BankInterviewer } from './bank-interviewer.ts'
import type { InterviewContext, QuestionFacts } from './interviewer.ts'

async function hear(given: Partial<InterviewContext>, signal = new AbortController().signal) {
  let about: QuestionFacts | undefined
  let text = ''
  for await (const chunk of new BankInterviewer().ask(contextWith(given), signal)) {
    if ('about' in chunk) about = chunk.about
    else text += chunk.text
  }
  return { about, text }
}

it('[INT12] asks after the last answer, then about marks, then out of the bank', async () => {
  const marked = specOf('## Goals\n- Ship it [NEEDS CLARIFICATION: in which country?]')
  const vague = talk([{ questionId: 'people-at-once', answer: 'Many' }])
  expect((await hear({ ...marked, ...vague })).about?.questionId).toBe('follow:people-at-once:number')
  expect((await hear(marked)).text).toBe('In which country?')
  expect((await hear({})).about?.questionId).toBe('problem-today')
})

it('[INT6] goes on with the words that are missing from a question', async () => {
  const { about, text } = await hear({})
  const rest = await hear({ soFar: text.slice(0, 9), ...(about && { about }) })
  expect(text.slice(0, 9) + rest.text).toBe(text)
})

it('[INT7] answers out of the spec, and not when it is stopped', async () => {
  const spec = specOf('## Performance\n- Reports open within 2 seconds')
  const { conversation } = talk([{ answer: 'How fast do reports open?' }])
  expect((await hear({ kind: 'answer', ...spec, conversation })).text).toContain('SPEC-1')
  const ending = new AbortController()
  ending.abort()
  await expect(hear({ kind: 'answer', ...spec, conversation }, ending.signal)).rejects.toThrow('aborted')
})
