// Which pairs of a spec are worth a second opinion.

import { expect, it } from 'vitest'
import { manyItems } from '../../test/rigs/many-items.ts'
import { nearPairs, type NearItem, type NearPairsOptions } from './near-pairs.ts'

const texts = [
  'Guests shall pay for an order without an account',
  'The owner of each order shall be a registered customer',
  'Backups are kept for 30 days in another building',
  'Every order is paid before it is sent',
  'Mails are answered within one working day',
]
const items: NearItem[] = texts.map((text, index) => ({ id: `${index}`, text, category: index === 4 ? 'team' : 'requirements' }))

function pairsOf(given: Partial<NearPairsOptions<NearItem>> = {}): string[] {
  const all = { items, changed: new Set(items.map(({ id }) => id)), isDecided: () => false, max: 10, ...given }
  for (const steps = nearPairs(all); ;) {
    const step = steps.next()
    if (step.done === true) return step.value.map(({ a, b }) => [a.id, b.id].toSorted().join())
  }
}

it('[LLM14] are those that share words which tell something, each once, nearest first', () => {
  const pairs = pairsOf()
  expect(pairs[0]).toBe('0,1')
  expect(pairs).toEqual(expect.arrayContaining(['0,3', '1,3']))
  expect(new Set(pairs).size).toBe(pairs.length)
  expect(pairs.filter((pair) => pair.includes('4'))).toEqual([])
})

it('[LLM14] are those of what has changed, that nothing has decided, and no more than wanted', () => {
  expect(pairsOf({ changed: new Set(['3']) }).toSorted()).toEqual(['0,3', '1,3'])
  expect(pairsOf({ changed: new Set() })).toEqual([])
  expect(pairsOf({ isDecided: (a, b) => [a.id, b.id].includes('3') }).filter((pair) => pair.includes('3'))).toEqual([])
  expect(pairsOf({ max: 1 })).toHaveLength(1)
})

it('[LLM14] are the nearest ones of a large spec, whatever the order of its items', () => {
  const many = manyItems(600)
  const changed = new Set(many.map(({ id }) => id))
  const some = pairsOf({ items: many, changed, max: 20 })
  expect(some).toHaveLength(20)
  expect(pairsOf({ items: many, changed, max: 100_000 }).slice(0, 20)).toEqual(some)
})
