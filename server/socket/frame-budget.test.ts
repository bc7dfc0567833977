// The size of messages, shared out among a person's sockets.

import { expect, it } from 'vitest'
import { FrameBudget } from './frame-budget.ts'

const mib = 1024 * 1024

it('[DOOR19] gives a person with few sockets whole messages, and one with very many little each', () => {
  const budget = new FrameBudget({ maxBytes: 32 * mib, personBytes: 128 * mib })
  const limits = Array.from({ length: 2_000 }, () => budget.enter('ann'))
  expect(limits.slice(0, 4)).toEqual([32 * mib, 32 * mib, 32 * mib, 32 * mib])
  expect(limits[19]).toBeGreaterThan(6 * mib)
  expect(limits.at(-1)).toBe(512 * 1024)
  // 2,000 sockets of the largest messages would be 62 GB.
  expect(limits.reduce((sum, limit) => sum + limit, 0)).toBeLessThan(2_048 * mib)
  expect(budget.enter('ben')).toBe(32 * mib)
})

it('[DOOR19] gives the place back when sockets close', () => {
  const budget = new FrameBudget({ maxBytes: 32 * mib, personBytes: 64 * mib })
  for (let socket = 0; socket < 100; socket++) budget.enter('ann')
  for (let socket = 0; socket < 100; socket++) budget.leave('ann')
  expect(budget.enter('ann')).toBe(32 * mib)
})
