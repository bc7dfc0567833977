// Which question comes next.

import { expect, it } from 'vitest'
import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { Item } from '../../shared/wire/items.ts'
import { pickQuestion } from './pick-question.ts'

const item = (category: CategoryKey, text: string) => ({ category, text, ref: 'SPEC-1' }) as Item

/** The ids of all that is asked of a spec with these words, in order. */
function askAll(text: string): string[] {
  const asked: string[] = []
  for (;;) {
    const lines = asked.map((questionId) => ({ role: 'interviewer' as const, authorId: 'ann', category: null, questionId, text: '?' }))
    const next = pickQuestion({ items: [item('goals', text)], conversation: lines })
    if (!next) return asked
    asked.push(next.id)
  }
}

it('[INT9] asks nothing that presupposes what nobody has said', () => {
  const asked = askAll('Nothing is known yet')
  expect(new Set(asked).size).toBe(asked.length)
  expect(asked).not.toContain('payment-data')
  expect(askAll('Guests pay by card')).toContain('payment-data')
})
