// Questions that give away their answer are found, those that do not are let through, whatever their length.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heldOutQuestions, tuningQuestions, type QuestionLabel } from '../../test/fixtures/bias-questions.ts'
import { checkBias } from './bias.ts'

interface Judged {
  text: string
  label: QuestionLabel
}

function measure(questions: readonly Judged[]): { precision: number; recall: number; wrong: string[] } {
  const isBiased = ({ label }: Judged) => label !== 'neutral'
  const flagged = questions.filter(({ text }) => checkBias(text).isBiased)
  const right = flagged.filter(isBiased).length
  const wrong = questions.filter((question) => checkBias(question.text).isBiased !== isBiased(question))
  return {
    precision: right / flagged.length,
    recall: right / questions.filter(isBiased).length,
    wrong: wrong.map(({ text, label }) => `${label}: ${text}`),
  }
}

describe('biased questions', () => {
  it('[BIAS1] are told from neutral ones with a precision and a recall of 0.9, in questions that no list was made from too', () => {
    expect(tuningQuestions.length + heldOutQuestions.length).toBeGreaterThanOrEqual(100)
    const texts = [...tuningQuestions, ...heldOutQuestions].map(({ text }) => text)
    expect(new Set(texts).size).toBe(texts.length)
    for (const questions of [tuningQuestions, heldOutQuestions]) {
      const { precision, recall, wrong } = measure(questions)
      expect(precision, wrong.join('\n')).toBeGreaterThanOrEqual(0.9)
      expect(recall, wrong.join('\n')).toBeGreaterThanOrEqual(0.9)
    }
  })

  it('[BIAS2] lose 0.4 for each issue and 0.1 for each warning, and say which words cost it and why', () => {
    const { score, isBiased, reasons } = checkBias('Obviously we need an RPO of an hour, should we use Redis for it?')
    expect([score, isBiased]).toEqual([0.1, true])
    expect(reasons.map(({ kind, isIssue }) => [kind, isIssue])).toEqual([
      ['leading', true],
      ['jargon', false],
      ['solution', true],
    ])
    expect(reasons[0]?.says).toBe('“Obviously” asks for agreement instead of an answer.')
    expect(checkBias('Who approves an order?')).toEqual({ score: 1, isBiased: false, reasons: [] })
    expect(checkBias("Obviously, surely and clearly this is right, isn't it?").score).toBe(0)
  })

  it('[BIAS2] are no better for being longer: neutral words around an issue take nothing off it', () => {
    const padding = fc.array(fc.constantFrom('when the shop opens', 'for the people at the desk', 'in the second year', 'at noon'), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(fc.constantFrom(...tuningQuestions), padding, ({ text }, words) => {
        const longer = `${words.map((part) => `${part}, `).join('')}${text}`
        expect(checkBias(longer).score).toBeLessThanOrEqual(checkBias(text).score)
      }),
    )
  })

  it('[BIAS3] are not those that use a term of the trade or are long: that is a warning, and none when the term is explained', () => {
    const term = checkBias('Which RTO do you need?')
    expect([term.score, term.isBiased, term.reasons[0]?.kind]).toEqual([0.9, false, 'jargon'])
    expect(checkBias('Which RTO (the time until everything runs again) do you need?').score).toBe(1)
    const long = checkBias(`What has to happen ${'when the next one comes in '.repeat(9)}?`)
    expect([long.score, long.reasons.map(({ kind }) => kind)]).toEqual([0.9, ['length']])
  })

  it('[BIAS3] may name what is there already, and ask openly what to take', () => {
    expect(checkBias('You named Oracle: which of its reports are still read?').score).toBe(1)
    expect(checkBias('Which database should we use, and what speaks for it?').score).toBe(1)
    expect(checkBias('Should we use Oracle?').isBiased).toBe(true)
  })
})
