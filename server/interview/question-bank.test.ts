// The bank of questions: every row fit to be asked.

import { expect, it } from 'vitest'
import { checkBias } from '../../shared/domain/bias.ts'
import { categoryKeys, targetOf } from '../../shared/domain/categories.ts'
import { questionBank } from './question-bank.ts'

it('[INT5] has questions of one point that lean to no answer, each with its reason, for every category that has a target', () => {
  for (const { id, question, why, suggestions } of questionBank) {
    expect(checkBias(question), id).toMatchObject({ reasons: [] })
    expect(question, id).toMatch(/^[A-Z][^?]*\?$/)
    expect(why, id).toMatch(/^[A-Z].*\.$/)
    expect(suggestions.length, id).toBeLessThanOrEqual(4)
  }
  expect(new Set(questionBank.map(({ id }) => id)).size).toBe(questionBank.length)
  expect(new Set(questionBank.map(({ question }) => question)).size).toBe(questionBank.length)
  const asked = new Set(questionBank.map(({ category }) => category))
  expect(categoryKeys.filter((key) => targetOf(key) !== null && !asked.has(key))).toEqual([])
})
