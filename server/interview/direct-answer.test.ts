// What the built-in interviewer answers to what somebody writes freely.

import { describe, expect, it } from 'vitest'
import type { Conflict } from '../../shared/wire/conflicts.ts'
import type { Item } from '../../shared/wire/items.ts'
import { contextWith, specOf, talk } from '../../test/rigs/interview-context.ts'
import { directAnswer } from './direct-answer.ts'

const spec = specOf(
  '## Performance\n- Reports open within 2 seconds\n- Exports of reports take at most a minute\n\n## Security\n- Sessions last 15 minutes\n\n## Goals\n- Ship by May\n',
)
const answerTo = (text: string, given = {}) => {
  const [, said] = talk([{ answer: text }]).conversation
  return directAnswer(contextWith({ kind: 'answer', ...spec, conversation: said ? [{ ...said, replyTo: null }] : [], ...given }))
}

describe('the answer to free words', () => {
  it('[INT7] names the items that concern them, the nearest first, and no others', () => {
    const answer = answerTo('How fast do reports open?')
    expect(answer).toContain('- SPEC-1: Reports open within 2 seconds')
    expect(answer.indexOf('SPEC-1')).toBeLessThan(answer.indexOf('SPEC-2'))
    expect(answer).not.toContain('SPEC-3')
    expect(answer).not.toContain('SPEC-4')
  })

  it('[INT7] says what clashes in them, and what the category does not say yet', () => {
    const why = 'Both cannot hold.'
    const conflicts = [
      {
        id: 'c',
        why,
        items: [
          { id: 'item-3', ref: 'SPEC-3' },
          { id: 'item-9', ref: 'SPEC-9' },
        ],
      },
    ] as unknown as Conflict[]
    const answer = answerTo('When do sessions and passwords end?', { conflicts })
    expect(answer).toContain('This clashes:\n\n- SPEC-3 and SPEC-9: Both cannot hold.')
    expect(answer).toMatch(/Still open in security:\n\n- [A-Z][^?]*\?\n- [A-Z][^?]*\?$/)
    expect(answerTo('How fast do reports open?', { conflicts })).not.toContain(why)
  })

  it('[INT7] says what was taken from them, and when the spec says nothing', () => {
    const taken = { ...(spec.items[2] as Item), messageId: 'a0' }
    expect(answerTo('Sessions last 15 minutes', { items: [taken] })).toContain(
      'Taken from what you wrote:\n\n- SPEC-3: Sessions last 15 minutes',
    )
    expect(answerTo('Penguins?')).toBe('The spec says nothing about this yet.')
    expect(answerTo('Who gets the backups?')).toMatch(/^The spec says nothing about this yet\.\n\nStill open in disaster recovery:/)
  })
})
