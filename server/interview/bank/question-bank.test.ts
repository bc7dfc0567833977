// The bank of questions: every row fit to be asked, and no two alike.

import { describe, expect, it } from 'vitest'
import { biasTable, checkBias } from '../../../shared/domain/bias.ts'
import { questionWordsMax } from '../../../shared/domain/bias-words.ts'
import { categoryKeys, targetOf } from '../../../shared/domain/categories.ts'
import { interviewerRoles } from '../../../shared/domain/interviewer-roles.ts'
import { frameOf, isRephrased, questionWords } from '../question-frame.ts'
import { bankQuestion, questionBank } from './question-bank.ts'

const all = questionBank.flatMap(({ id, question, followUps }) => [
  { id, words: question },
  ...Object.entries(followUps).map(([part, words]) => ({ id: `${id}: ${part}`, words })),
])
const repeated = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index)
const wordCount = (text: string) => text.split(/\s+/).length
/** A second question word behind an `and` asks a second thing. */
const secondPoint = /\b(?:and|or)\s+(?:who|whom|whose|what|which|when|where|why|how)\b/i

describe('the bank', () => {
  it('[INT5] has 200 questions over all categories and seven roles, each with its reason and what to ask after a thin answer', () => {
    expect(questionBank.length).toBeGreaterThanOrEqual(200)
    for (const key of categoryKeys) {
      const asked = questionBank.filter(({ category }) => category === key)
      expect(asked.length, key).toBeGreaterThanOrEqual(targetOf(key) ?? 7)
      expect(asked[0]?.needs, key).toEqual([])
    }
    expect(new Set(questionBank.map(({ askedAs }) => askedAs))).toEqual(new Set(interviewerRoles))
    for (const { id, name, why, suggestions, followUps, known, needs } of questionBank) {
      expect(why, id).toMatch(/^[A-Z].*\.$/)
      expect(name, id).toMatch(/^[A-Z][\p{L}' -]{2,24}$/u)
      expect(suggestions.length, id).toBeLessThanOrEqual(4)
      for (const each of suggestions) expect(wordCount(each), each).toBeLessThanOrEqual(11)
      expect(Object.keys(followUps).length, id).toBeGreaterThan(0)
      expect(known.length, id).toBeGreaterThan(0)
      for (const entry of [...known, ...needs]) expect(entry, id).toMatch(/^[\p{Ll}\p{N}][\p{Ll}\p{N}' -]*$/u)
    }
  })

  it('[INT5] asks one point in at most 50 words that lean to no answer', () => {
    for (const { id, words } of all) {
      expect(checkBias(words).score, id).toBeGreaterThanOrEqual(biasTable.neutralFrom)
      expect(checkBias(words).reasons, id).toEqual([])
      expect(words, id).toMatch(/^[A-Z][^?]*\?$/)
      expect(words, id).not.toMatch(secondPoint)
      expect(wordCount(words), id).toBeLessThanOrEqual(questionWordsMax)
    }
  })

  it('[INT5] holds no two questions of one frame, and none that is another in other words', () => {
    expect(repeated(questionBank.map(({ id }) => id))).toEqual([])
    expect(repeated(questionBank.map(({ name }) => name.toLowerCase()))).toEqual([])
    expect(repeated(all.map(({ words }) => words))).toEqual([])
    expect(repeated(questionBank.map(({ question }) => frameOf(question)))).toEqual([])
    const read = questionBank.map(({ question }) => questionWords(question))
    const alike = read.flatMap((one, index) =>
      read.slice(index + 1).flatMap((other) => (isRephrased(one, other) ? [`${one.text} ~ ${other.text}`] : [])),
    )
    expect(alike).toEqual([])
    expect(frameOf('How many orders are there in a day?')).toBe(frameOf('How many invoices are there in a week?'))
  })

  it('[INT5] is read by id', () => {
    expect(bankQuestion('problem-today')).toBe(questionBank[0])
    expect(bankQuestion('no-such-question')).toBeUndefined()
    expect(bankQuestion(null)).toBeUndefined()
  })
})
