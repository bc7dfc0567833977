// What is asked after an answer that says too little.

import { describe, expect, it } from 'vitest'
import { checkBias } from '../../shared/domain/bias.ts'
import { contextWith, newcomer, talk, type Exchange } from '../../test/rigs/interview-context.ts'
import { bankQuestion } from './bank/question-bank.ts'
import { followUpTo } from './follow-up.ts'

const after = (exchanges: readonly Exchange[], usualWords: number | null = null) =>
  followUpTo(contextWith({ ...talk(exchanges), person: { ...newcomer, usualWords } }))
const partOf = (exchanges: readonly Exchange[]) => after(exchanges)?.about.questionId?.split(':').at(-1)

describe('a follow-up', () => {
  it('[INT11] asks for what a vague word leaves out: a number, an example, an actor, a date, a condition', () => {
    for (const [answer, part, words] of [
      ['It must be fast', 'number', 'fast'],
      ['An intuitive screen that people understand', 'example', 'intuitive'],
      ['Somebody from the office looks at it', 'actor', 'somebody'],
      ['That is TBD, we talk about it in the team', 'deadline', 'tbd'],
      ['Usually the nurse sees it on her screen', 'condition', 'usually'],
    ] as const) {
      const next = after([{ questionId: 'main-outcome', category: 'goals', answer }])
      expect(next?.about).toMatchObject({
        questionId: `follow:main-outcome:${part}`,
        category: 'goals',
        why: expect.stringMatching(/\.$/) as string,
      })
      expect(next?.text.toLowerCase()).toContain(words)
      expect(next?.text).toMatch(/\?$/)
      expect(checkBias(next?.text ?? '').isBiased).toBe(false)
    }
  })

  it('[INT11] asks for the part that a question wants and an answer lacks', () => {
    for (const [questionId, answer, part] of [
      ['people-at-once', 'Well, it depends on the season', 'number'],
      ['main-outcome', 'More insight', 'example'],
      ['sponsor', 'By a vote', 'actor'],
      ['first-date', 'We shall see', 'deadline'],
    ] as const) {
      const next = after([{ questionId, answer }])
      expect(next?.about.questionId, questionId).toBe(`follow:${questionId}:${part}`)
      expect(next?.text).toBe(bankQuestion(questionId)?.followUps[part])
    }
  })

  it('[INT11] is not asked after a whole answer, one that was offered, or anything but an answer', () => {
    expect(after([{ questionId: 'people-at-once', answer: 'About 80, on Monday mornings' }])).toBeUndefined()
    expect(after([{ questionId: 'hosting-place', answer: 'Anywhere' }])).toBeUndefined()
    expect(after([{ questionId: 'people-at-once' }])).toBeUndefined()
    expect(after([])).toBeUndefined()
    const [question] = talk([{ questionId: 'people-at-once', answer: 'Many' }]).conversation
    expect(followUpTo(contextWith({ conversation: question ? [question] : [] }))).toBeUndefined()
  })

  it('[INT11] is asked at most twice after one question, never for the same part, and once where little is known or said', () => {
    const base = { questionId: 'people-at-once', answer: 'Many' }
    const second = { questionId: 'follow:people-at-once:number', answer: 'Some people, somebody should count' }
    expect(partOf([base])).toBe('number')
    expect(partOf([base, second])).not.toBe('number')
    expect(partOf([base, second])).toBeDefined()
    expect(after([base, second], 4)).toBeUndefined()
    expect(after([base, second, { questionId: 'follow:people-at-once:actor', answer: 'Somebody, TBD' }])).toBeUndefined()
    expect(partOf([{ questionId: 'people-at-once', answer: "I don't know" }])).toBe('actor')
    expect(
      after([
        { questionId: 'people-at-once', answer: "I don't know" },
        { questionId: 'follow:people-at-once:actor', answer: 'No idea' },
      ]),
    ).toBeUndefined()
  })

  it('[INT11] never puts the same words twice, and quotes none that lean to an answer', () => {
    const seen = new Set<string>()
    const put: Exchange[] = []
    for (const questionId of ['main-outcome', 'trigger', 'search']) {
      const next = after([...put, { questionId, answer: 'It should be fast to open' }])
      expect(seen.has(next?.text ?? '')).toBe(false)
      seen.add(next?.text ?? '')
      put.push(
        { questionId, answer: 'It should be fast to open' },
        { questionId: next?.about.questionId ?? null, text: next?.text ?? '', answer: '2 s' },
      )
    }
    const biased = after([{ questionId: 'main-outcome', answer: 'We follow best practices in all that we ever do' }])
    expect(biased?.text).not.toContain('best practices')
    expect(biased?.about.questionId).toBe('follow:main-outcome:example')
  })
})
