// Marks and conflicts in the spec, taken up as questions.

import { expect, it } from 'vitest'
import { checkBias } from '../../shared/domain/bias.ts'
import type { Conflict } from '../../shared/wire/conflicts.ts'
import { contextWith, specOf, talk } from '../../test/rigs/interview-context.ts'
import { conflictIdIn, conflictQuestion, gapQuestion } from './open-points.ts'

it('[INT12] takes up what is marked as unclear, in the order of the text, once, and quotes what is no question or leans', () => {
  const spec = specOf(
    "## Security\n- Guests sign in [NEEDS CLARIFICATION: how long does a session last?]\n- [NEEDS CLARIFICATION: the rights of guests]\n- [NEEDS CLARIFICATION: shouldn't we use Keycloak?]\n",
  )
  const asked: { questionId: string | null; text: string }[] = []
  for (let next = gapQuestion(contextWith({ ...spec, asked })); next; next = gapQuestion(contextWith({ ...spec, asked }))) {
    expect(next.about).toMatchObject({ category: 'security', why: 'Somebody marked it in the spec as unclear.' })
    asked.push({ questionId: next.about.questionId, text: next.text })
  }
  expect(asked.map(({ text }) => text)).toEqual([
    'How long does a session last?',
    'The spec marks “the rights of guests” as unclear: what holds?',
    "The spec marks “shouldn't we use Keycloak” as unclear: what holds?",
  ])
})

it('[INT12] asks which side of an open conflict holds, once', () => {
  const conflict = {
    id: 'c1',
    why: 'Both cannot hold.',
    items: [
      { id: 'item-1', ref: 'SPEC-1', text: 'Sessions last 15 minutes', words: [] },
      { id: 'item-2', ref: 'SPEC-2', text: 'Sessions last 8 hours', words: [] },
    ],
  } as unknown as Conflict
  const spec = specOf('## Security\n- Sessions last 15 minutes\n- Sessions last 8 hours')
  const next = conflictQuestion(contextWith({ ...spec, conflicts: [conflict] }))
  expect(next?.text).toBe('SPEC-1 says “Sessions last 15 minutes”, SPEC-2 says “Sessions last 8 hours”: which of them holds?')
  expect(next?.about).toMatchObject({
    category: 'security',
    why: 'Both cannot hold.',
    suggestions: ['SPEC-1 holds', 'SPEC-2 holds', 'Both, in different cases'],
  })
  expect(checkBias(next?.text ?? '').isBiased).toBe(false)
  const { asked } = talk([{ questionId: next?.about.questionId ?? null }])
  expect(conflictQuestion(contextWith({ ...spec, conflicts: [conflict], asked }))).toBeUndefined()
  expect(conflictIdIn('conflict:c1')).toBe('c1')
  expect(conflictIdIn('people-at-once')).toBeNull()
})
