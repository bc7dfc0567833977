// Whose cursor is whose: forged ids, states sent back, removals, tabs, returns and floods.

import { describe, expect, it } from 'vitest'
import { AwarenessStates, type AwarenessBearer } from './awareness-states.ts'
import type { AwarenessEntry } from './awareness-update.ts'

const bearer = (userId: string): AwarenessBearer => ({
  person: { userId, name: `Name of ${userId}`, color: '#15803d' },
  ownClientId: undefined,
})
const entry = (clientId: number, clock: number, state: unknown = { cursor: clock }): AwarenessEntry => ({
  clientId,
  clock,
  json: JSON.stringify(state),
})
const stateOf = (states: AwarenessStates, clientId: number): unknown => JSON.parse(states.entries([clientId])[0]?.json ?? 'null')

const refusal = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'none'
}

describe('the states of a document', () => {
  it('[DOC22] stay with the person who brought them, whoever else sends them, with whatever clock', () => {
    const states = new AwarenessStates(4_096)
    const [ann, eve] = [bearer('ann'), bearer('eve')]
    expect(states.take(ann, [entry(1, 5)])).toEqual([1])
    expect(states.take(eve, [entry(1, 99, { user: { name: 'Ann' } })])).toEqual([])
    expect(states.take(eve, [entry(1, 100, null)])).toEqual([])
    expect(states.take(eve, [entry(1, 7), entry(2, 1)])).toEqual([2])
    expect(stateOf(states, 1)).toMatchObject({ cursor: 5 })
    expect(states.leave(eve)).toEqual([2])
    expect(states.take(ann, [entry(1, 6)])).toEqual([1])
  })

  it('[DOC22] are not lost when a foreign editor sends everyone’s back, and their removals when its own line breaks', () => {
    const states = new AwarenessStates(4_096)
    const people = Array.from({ length: 50 }, (_, index) => bearer(`p${index}`))
    people.forEach((person, index) => states.take(person, [entry(index, 1)]))
    const foreign = people[0] ?? bearer('p0')
    const back = states.entries([...states.clientIds()])
    expect(states.take(foreign, back)).toEqual([])
    expect(
      states.take(
        foreign,
        back.map((one) => ({ ...one, clock: one.clock + 1, json: 'null' })),
      ),
    ).toEqual([0])
    expect(states.size).toBe(49)
  })

  it('[DOC23] carry the name and colour of the session, whatever they claim', () => {
    const states = new AwarenessStates(4_096)
    states.take(bearer('ann'), [entry(1, 1, { user: { name: 'Boss', color: 'red', id: 'boss', avatar: 'x' }, cursor: { anchor: 1 } })])
    expect(stateOf(states, 1)).toEqual({
      user: { id: 'ann', name: 'Name of ann', color: '#15803d', colorLight: '#15803d33', avatar: 'x' },
      cursor: { anchor: 1 },
    })
    states.take(bearer('bob'), [entry(2, 1, { user: 'root' })])
    expect(stateOf(states, 2)).toMatchObject({ user: { id: 'bob', name: 'Name of bob' } })
  })

  it('[DOC23] over the limit are refused by name, and nothing that came with them is kept unseen', () => {
    const states = new AwarenessStates(4_096)
    const ann = bearer('ann')
    expect(refusal(() => states.take(ann, [entry(1, 1, { blob: 'x'.repeat(2 * 1024 * 1024) })]))).toBe('awareness_too_large')
    expect(refusal(() => states.take(ann, [entry(1, 2), entry(2, 1, { blob: 'é'.repeat(2_100) })]))).toBe('awareness_too_large')
    expect(states.size).toBe(0)
    for (const json of ['{', '[1]', '5', '"text"', ''])
      expect(refusal(() => states.take(ann, [{ clientId: 1, clock: 3, json }]))).toBe('invalid_frame')
    expect(states.size).toBe(0)
    expect(states.take(ann, [entry(1, 4)])).toEqual([1])
  })

  it('[DOC25] are seen at once when a tab comes back with the clock it had', () => {
    const states = new AwarenessStates(4_096)
    const before = bearer('ann')
    states.take(before, [entry(1, 7)])
    states.leave(before)
    const gone = states.entries([1])[0]
    expect(gone).toMatchObject({ json: 'null', clock: 8 })
    expect(states.take(bearer('ann'), [entry(1, 7)])).toEqual([1])
    expect(states.entries([1])[0]?.clock).toBeGreaterThan(gone?.clock ?? 0)
  })

  it('[DOC25] are taken over by the new connection of a tab whose old one is not gone yet', () => {
    const states = new AwarenessStates(4_096)
    const [before, after] = [bearer('ann'), bearer('ann')]
    states.take(before, [entry(1, 7)])
    expect(states.take(after, [entry(1, 7)])).toEqual([1])
    expect(states.leave(before)).toEqual([])
    expect(states.size).toBe(1)
    expect(states.bearerOf(1)).toBe(after)
  })

  it('[DOC22] of another tab of the same person go with the tab’s own connection', () => {
    const states = new AwarenessStates(4_096)
    const [first, second] = [bearer('ann'), bearer('ann')]
    states.take(first, [entry(1, 1)])
    states.take(second, [entry(2, 1)])
    // Tabs share states by BroadcastChannel, and each sends what it knows.
    expect(states.take(first, [entry(1, 2), entry(2, 2)])).toEqual([1])
    expect(states.take(first, [entry(2, 3, null)])).toEqual([])
    expect(states.leave(first)).toEqual([1])
    expect([...states.clientIds()]).toEqual([2])
  })

  it('[DOC22] that one connection may carry for others are few, so that a flood of ids is nothing', () => {
    const states = new AwarenessStates(4_096)
    const eve = bearer('eve')
    states.take(eve, [entry(1, 1)])
    for (let round = 0; round < 5; round++) {
      const flood = Array.from({ length: 10_000 }, (_, index) => entry(1_000 + round * 10_000 + index, 1, {}))
      states.take(eve, flood)
      states.take(
        eve,
        flood.map((one) => ({ ...one, clock: 2, json: 'null' })),
      )
    }
    expect(states.size).toBe(1)
    states.leave(eve)
    states.take(
      eve,
      Array.from({ length: 100 }, (_, index) => entry(index, 9, {})),
    )
    expect(states.size).toBeLessThanOrEqual(17)
    states.leave(eve)
    expect(states.size).toBe(0)
  })

  it('[DOC24] have clocks that only grow, the last state winning', () => {
    const states = new AwarenessStates(4_096)
    const ann = bearer('ann')
    const clocks: number[] = []
    for (const [clock, state] of [
      [3, { a: 1 }],
      [3, { a: 2 }],
      [1, { a: 3 }],
      [3, null],
      [2, { a: 4 }],
      [900, { a: 5 }],
    ] as const) {
      states.take(ann, [entry(1, clock, state)])
      clocks.push(states.entries([1])[0]?.clock ?? -1)
    }
    expect(clocks).toEqual(clocks.toSorted((a, b) => a - b))
    expect(new Set(clocks).size).toBe(clocks.length)
    expect(stateOf(states, 1)).toMatchObject({ a: 5 })
    expect(states.take(ann, [entry(1, 900, { a: 5 })])).toEqual([])
  })
})
