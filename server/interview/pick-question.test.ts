// Which question comes next.

import { describe, expect, it } from 'vitest'
import { contextWith, newcomer, specOf, talk } from '../../test/rigs/interview-context.ts'
import { questionBank } from './bank/question-bank.ts'
import { pickOpenQuestion, pickQuestion, type PickContext } from './pick-question.ts'
import { isRephrased, questionWords } from './question-frame.ts'

/** All that is asked in a row, each question answered with nothing that the spec takes up. */
function askAll(given: Partial<PickContext>): string[] {
  const asked: string[] = []
  for (;;) {
    const next = pickQuestion({ ...contextWith(), ...talk(asked.map((questionId) => ({ questionId }))), ...given })
    if (!next || asked.includes(next.id)) return asked
    asked.push(next.id)
    given = { ...given, ...talk(asked.map((questionId) => ({ questionId }))) }
  }
}
const categoryOf = (id: string | undefined) => questionBank.find((question) => question.id === id)?.category
const pick = (given: Partial<PickContext>) => pickQuestion({ ...contextWith(), ...given })

describe('the next question', () => {
  it('[INT2] is of the category that has the smallest part of its items, weighted by phase', () => {
    expect(pick({})?.category).toBe('goals')
    expect(pick({ phase: 'design' })?.category).toBe('tech_stack')
    expect(pick({ phase: 'implementation' })?.category).toBe('testing')
    expect(pick({ coverage: { goals: 60 } })?.category).not.toBe('goals')
    const first = askAll({}).slice(0, 12)
    expect(new Set(first.map(categoryOf)).size).toBeGreaterThan(4)
  })

  it('[INT2] suits the roles of who is asked: those they named first, then those they answer', () => {
    const whole = { coverage: { goals: 100, requirements: 100 } }
    const asked = (roles: string[]) => pick({ ...whole, phase: 'analysis', person: { ...newcomer, roles } })?.askedAs
    expect(asked(['DevOps engineer'])).toBe('DevOps engineer')
    expect(asked(['database engineer'])).toBe('database engineer')
    expect(asked(['UX designer'])).toBe('UX designer')
  })

  it('[INT9] presupposes nothing that nobody has said', () => {
    const asked = askAll(specOf('## Goals\n- Nothing is known yet'))
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked).not.toContain('payment-data')
    expect(asked.length).toBeGreaterThan(80)
    expect(askAll(specOf('## Goals\n- Guests pay by card'))).toContain('payment-data')
  })

  it('[INT10] is none that the spec answers, by its words or by the key of an item', () => {
    const spec = '## Security\n- A person signs in with single sign-on\n\n## Scalability\n- **People at once:** up to 400\n'
    const asked = askAll(specOf(spec))
    expect(asked).not.toContain('sign-in')
    expect(asked).not.toContain('people-at-once')
    expect(askAll({})).toContain('people-at-once')
  })

  it('[INT10] repeats and rephrases none that was put, by whomever', () => {
    const earlier = talk([{ questionId: null, text: 'During the busiest hour, how many people will use it at the same time?' }])
    const asked = askAll({})
    expect(asked).toContain('people-at-once')
    const rest = questionBank
      .filter(({ question }) => isRephrased(questionWords(earlier.asked[0]?.text ?? ''), questionWords(question)))
      .map(({ id }) => id)
    expect(rest).toEqual(['people-at-once'])
    let put = [...earlier.asked]
    for (let next = pick({ asked: put }); next; next = pick({ asked: put })) {
      expect(next.id).not.toBe('people-at-once')
      put = [...put, { questionId: next.id, text: next.question }]
    }
    expect(put.length).toBeGreaterThan(80)
  })

  it('[LRN1] is of another category once a person has passed over two of one', () => {
    expect(pick({ person: { ...newcomer, skipped: { goals: 1 } } })?.category).toBe('goals')
    expect(pick({ person: { ...newcomer, skipped: { goals: 2 } } })?.category).not.toBe('goals')
    const everything = Object.fromEntries(questionBank.map(({ category }) => [category, 2]))
    expect(pick({ person: { ...newcomer, skipped: everything } })).toBeDefined()
  })

  it('[INT2] is an open one about each category that is not whole, once the bank is through', () => {
    const asked: string[] = []
    for (;;) {
      const next = pickOpenQuestion({ ...contextWith(), ...talk(asked.map((questionId) => ({ questionId }))), coverage: { goals: 100 } })
      if (!next) break
      expect(next.text).toMatch(/\?$/)
      asked.push(next.about.questionId ?? '')
    }
    expect(asked).toHaveLength(9)
    expect(asked).not.toContain('more:goals')
  })
})
