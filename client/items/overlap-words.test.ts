// What people read when they edit one item at once.

import { expect, it } from 'vitest'
import { overlapWords } from './overlap-words.ts'

const item = { id: 'i', number: 2, ref: 'SPEC-2', text: 'The page waits.' }
const say = (kind: 'edited' | 'deleted', userIds: string[]) => overlapWords({ projectId: 'p', kind, item, userIds }, 'Ada', (id) => id)

it('[PAGE46] names who else edits an item, and who took out what', () => {
  expect(say('edited', ['Grace', 'Ada'])).toBe('Grace is editing SPEC-2 at the same moment')
  expect(say('edited', ['Ada', 'Grace', 'Vera'])).toBe('Grace and Vera are editing SPEC-2 at the same moment')
  expect(say('edited', ['Vera', 'Ada', 'Grace', 'Bob'])).toBe('Vera and 2 others are editing SPEC-2 at the same moment')
  expect(say('deleted', ['Grace', 'Ada'])).toBe('Grace took out SPEC-2 while you were editing it')
  expect(say('deleted', ['Ada', 'Grace'])).toBe('Grace was editing SPEC-2 as you took it out')
})
