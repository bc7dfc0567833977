// Where a question and its answer go in a text.

import { describe, expect, it } from 'vitest'
import { SpecOutline } from '../../shared/spec/outline.ts'
import { parseSpec } from '../../shared/spec/parse-spec.ts'
import { editToClarify } from './clarification-edit.ts'

function log(text: string, question = 'Who pays?', answer = 'The guests'): string {
  const { at, remove, insert } = editToClarify(new SpecOutline(text), { question, answer })
  expect(remove).toBe(0)
  return text.slice(0, at) + insert + text.slice(at)
}

describe('a clarification', () => {
  it('[CLA1] stands under a heading at the end, made when there is none, in the order in which it was given', () => {
    const once = log('# Kiln\n\n## Goals\n\n- Sell pots')
    expect(once).toBe('# Kiln\n\n## Goals\n\n- Sell pots\n\n## Clarifications\n\n- Q: Who pays? -> A: The guests\n')
    expect(log(once, 'When?', 'At once')).toBe(`${once}- Q: When? -> A: At once\n`)
    expect(log('')).toBe('## Clarifications\n\n- Q: Who pays? -> A: The guests\n')
    expect(log('## Clarifications')).toBe('## Clarifications\n\n- Q: Who pays? -> A: The guests\n')
  })

  it('[CLA1] goes to the end of its section, before the heading behind it', () => {
    const text = '## Clarifications\n\n### Session 1\n\n- Q: Why? -> A: So\n\n## Goals\n\n- Sell pots\n'
    expect(log(text)).toBe(text.replace('A: So\n', 'A: So\n- Q: Who pays? -> A: The guests\n'))
  })

  it('[CLA2] is one line that is no item, whatever it says', () => {
    for (const [question, answer] of [
      ['Which is it?', '# Goals\n\n- The system must log in\n- **FR-1**: It must fly'],
      ['a | b *c* [d](e)?', '> quoted\n```\ncode\n```'],
      ['What of “- x”?', '1. one\n2. two\n<!-- never closed'],
    ] as const) {
      const before = '## Goals\n\n- Sell pots\n'
      const after = log(before, question, answer)
      expect(after.startsWith(before)).toBe(true)
      expect(parseSpec(after).items.map(({ text }) => text)).toEqual(['Sell pots'])
      expect(after.slice(before.length).trim().split('\n')).toHaveLength(3)
    }
  })
})
