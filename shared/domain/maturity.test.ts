// What a spec is worth: never less for more, never more for the same again.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categoryKeys } from './categories.ts'
import { gapOf } from './gaps.ts'
import { liftsOf } from './lifts.ts'
import { itemWorths, maturityOf, type ScorableItem } from './maturity.ts'
import { defaultTables, scoredCategories } from './quality-tables.ts'

const none: ReadonlyMap<string, ReadonlySet<string>> = new Map()
const { targets } = defaultTables

const maturity = (items: readonly ScorableItem[], redundant = none): number => maturityOf(itemWorths(items, redundant), targets).maturity
const scoreOf = (items: readonly ScorableItem[], category: string) =>
  maturityOf(itemWorths(items, none), targets).categories.find(({ key }) => key === category)

const actors = ['editor', 'owner', 'nurse', 'driver', 'auditor', 'guest', 'clerk', 'supplier', 'robot', 'patient']
const deeds = ['signs', 'prints', 'archives', 'exports', 'rejects', 'merges', 'schedules', 'weighs', 'translates', 'refunds']
const things = ['an order', 'the invoice', 'a parcel', 'the roster', 'a contract', 'the ledger', 'a photo', 'the ticket']
const weakenings = [
  'quickly',
  'as fast as possible',
  'etc.',
  'if needed',
  'in a user-friendly way',
  'securely and easily',
  'as appropriate',
  'when necessary',
  'TBD',
]

const sentence = fc
  .tuple(fc.constantFrom(...actors), fc.constantFrom(...deeds), fc.constantFrom(...things), fc.integer({ min: 1, max: 400 }))
  .map(([actor, deed, thing, seconds]) => `The ${actor} ${deed} ${thing} within ${seconds} s`)

const draft = fc.record({
  // Few categories, and texts that come again, so that copies with other confidences meet.
  category: fc.constantFrom('goals', 'security', 'testing', 'users'),
  text: fc.oneof(
    { weight: 6, arbitrary: sentence },
    { weight: 4, arbitrary: fc.constantFrom('Fast', 'The page is modern', 'Some reports', '') },
  ),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
})
const numbered = (drafts: readonly Omit<ScorableItem, 'id' | 'number'>[]): ScorableItem[] =>
  drafts.map((item, index) => ({ ...item, id: `item-${index + 1}`, number: index + 1 }))
const specs = fc.array(draft, { maxLength: 120 }).map(numbered)
const next = (items: readonly ScorableItem[], item: Omit<ScorableItem, 'id' | 'number'>): ScorableItem[] => [
  ...items,
  { ...item, id: 'added', number: items.length + 1 },
]

describe('maturity', () => {
  it('[QUA1] is the best items of each category up to its target, by their confidence, a vague one half', () => {
    const items = numbered([
      { category: 'goals', text: 'Orders arrive within 2 days', confidence: 1 },
      { category: 'goals', text: 'Returns are refunded within 5 days', confidence: 0.5 },
      { category: 'goals', text: 'The shop is fast', confidence: 1 },
      { category: 'users', text: 'Shop assistants', confidence: 1 },
    ])
    expect(scoreOf(items, 'goals')).toEqual({ key: 'goals', score: 2, target: 10, percent: 20, items: 3 })
    // 2 of 90.
    expect(maturity(items)).toBe(2.22)
    const many = numbered(Array.from({ length: 12 }, (_, at) => ({ category: 'goals', text: `Goal ${at}`, confidence: at < 2 ? 0.1 : 1 })))
    expect(scoreOf(many, 'goals')).toMatchObject({ score: 10, percent: 100, items: 12 })
  })

  it('[QUA1] is 100 when every category is whole, whatever the targets', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 10, maxLength: 10 }), (sizes) => {
        const own = Object.fromEntries(scoredCategories.map((key, at) => [key, sizes[at] ?? 1])) as typeof targets
        const items = numbered(
          scoredCategories.flatMap((category) =>
            Array.from({ length: own[category] }, (_, at) => ({ category, text: `Number ${at} of ${category}`, confidence: 1 })),
          ),
        )
        expect(maturityOf(itemWorths(items, none), own).maturity).toBe(100)
      }),
      { numRuns: 30 },
    )
  })

  it('[QUA2] lies between 0 and 100, and does not depend on the order of the items', () => {
    fc.assert(
      fc.property(
        specs.chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length }))),
        ([items, shuffled]) => {
          const whole = maturityOf(itemWorths(items, none), targets)
          expect(maturityOf(itemWorths(shuffled, none), targets)).toEqual(whole)
          for (const value of [whole.maturity, ...whole.categories.map(({ percent }) => percent)]) {
            expect(value).toBeGreaterThanOrEqual(0)
            expect(value).toBeLessThanOrEqual(100)
          }
        },
      ),
    )
  })

  it('[QUA2] is never lowered by an item that is added, nor raised by one that is taken out', () => {
    fc.assert(
      fc.property(specs, draft, (items, item) => {
        expect(maturity(next(items, item))).toBeGreaterThanOrEqual(maturity(items))
      }),
    )
  })

  it('[QUA3] is never raised by a copy, in other case, marks and space, in whatever category', () => {
    const costumes: ((text: string) => string)[] = [
      (text) => text,
      (text) => text.toUpperCase(),
      (text) => `**${text}**!`,
      (text) => text.replaceAll(' ', '  \n'),
      (text) => text.replace('The ', 'Each of the '),
    ]
    fc.assert(
      fc.property(
        specs.filter((items) => items.length > 0),
        fc.nat(),
        fc.constantFrom(...costumes),
        fc.constantFrom(...categoryKeys),
        (items, at, dress, category) => {
          const original = items[at % items.length]
          const copy = { category, text: dress(original?.text ?? ''), confidence: 1 }
          expect(maturity(next(items, copy))).toBe(maturity(items))
        },
      ),
    )
  })

  it('[QUA3] is never raised by a copy that only adds vague words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ category: fc.constantFrom(...categoryKeys), text: sentence, confidence: fc.constant(1) }), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.nat(),
        fc.constantFrom(...weakenings),
        (drafts, at, weak) => {
          const items = numbered(drafts)
          const original = items[at % items.length]
          if (!original) return
          expect(maturity(next(items, { ...original, text: `${original.text} ${weak}` }))).toBe(maturity(items))
        },
      ),
    )
  })

  it('[QUA3] is not raised by what the rules found to say the same in other words; the first of them counts', () => {
    const items = numbered([
      { category: 'security', text: 'Passwords are hashed', confidence: 1 },
      { category: 'security', text: 'Secrets of people are never kept in clear', confidence: 1 },
    ])
    const pair = new Map([
      ['item-1', new Set(['item-2'])],
      ['item-2', new Set(['item-1'])],
    ])
    expect([maturity(items), maturity(items, pair)]).toEqual([2.22, 1.11])
    expect(itemWorths(items, pair).map(({ copyOf }) => copyOf)).toEqual([null, 'item-1'])
    // A third that repeats a copy alone still counts: adding the one between took nothing from it.
    const chain = new Map([
      ['item-2', new Set(['item-1', 'item-3'])],
      ['item-3', new Set(['item-2'])],
    ])
    const three = numbered([...items, { category: 'security', text: 'Keys are rotated', confidence: 1 }])
    expect(itemWorths(three, chain).map(({ worth }) => worth)).toEqual([1, 0, 1])
  })

  it('[QUA3] keeps apart what differs in a negation, a number, or the order of its words', () => {
    const items = numbered(
      [
        'Guests may pay later',
        'Guests may not pay later',
        'Orders wait 2 days',
        'Orders wait 3 days',
        'Ship before billing',
        'Billing before ship',
      ].map((text) => ({ category: 'goals' as const, text, confidence: 1 })),
    )
    expect(scoreOf(items, 'goals')?.score).toBe(6)
  })
})

describe('gaps', () => {
  it('[QUA4] follow the percent; security, testing and tech stack are a step worse until they are whole', () => {
    const steps = [100, 99.99, 75, 74.99, 50, 49.99, 25, 24.99, 0]
    expect(steps.map((percent) => gapOf('goals', percent))).toEqual([
      'none',
      'low',
      'low',
      'medium',
      'medium',
      'high',
      'high',
      'critical',
      'critical',
    ])
    for (const key of ['security', 'testing', 'tech_stack'] as const) {
      expect(steps.map((percent) => gapOf(key, percent))).toEqual([
        'none',
        'medium',
        'medium',
        'high',
        'high',
        'critical',
        'critical',
        'critical',
        'critical',
      ])
    }
  })
})

describe('lifts', () => {
  it('[QUA5] say what would raise the maturity, the most first, and together lead to 100', () => {
    const items = numbered([
      { category: 'goals', text: 'Orders arrive within 2 days', confidence: 0.5 },
      { category: 'goals', text: 'The shop is fast', confidence: 1 },
    ])
    const worths = itemWorths(items, none)
    const lifts = liftsOf(worths, targets)
    expect(lifts[0]).toMatchObject({ kind: 'add', category: 'requirements', count: 15, gain: 16.67 })
    expect(lifts.filter(({ category }) => category === 'goals')).toEqual([
      { kind: 'add', category: 'goals', count: 8, gain: 8.89, itemIds: [] },
      { kind: 'clarify', category: 'goals', count: 1, gain: 0.56, itemIds: ['item-2'] },
      { kind: 'confirm', category: 'goals', count: 1, gain: 0.56, itemIds: ['item-1'] },
    ])
    const sum = lifts.reduce((total, { gain }) => total + gain, 0)
    expect(maturityOf(worths, targets).maturity + sum).toBeCloseTo(100, 0)
  })
})
