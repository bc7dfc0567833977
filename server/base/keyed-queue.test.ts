// The keyed queue: order inside a key, none between keys, and failures that stay their own.

import { describe, expect, it } from 'vitest'
import { KeyedQueue } from './keyed-queue.ts'

describe('tasks', () => {
  it('[BASE8] of one key run one after another in their order, those of others beside them', async () => {
    const queue = new KeyedQueue()
    const steps: string[] = []
    const underWay = new Map<string, number>()
    let mostBeside = 0
    const task = (key: string, index: number) => async () => {
      underWay.set(key, (underWay.get(key) ?? 0) + 1)
      mostBeside = Math.max(
        mostBeside,
        [...underWay.values()].reduce((sum, count) => sum + count),
      )
      expect(underWay.get(key)).toBe(1)
      for (let turn = 0; turn < 5 - (index % 5); turn++) await new Promise(setImmediate)
      steps.push(`${key}${index}`)
      underWay.set(key, 0)
      return index
    }
    const results = Array.from({ length: 30 }, (_, index) => queue.run('abc'[index % 3] ?? '', task('abc'[index % 3] ?? '', index)))
    expect(await Promise.all(results)).toEqual(Array.from({ length: 30 }, (_, index) => index))
    for (const key of 'abc') {
      const own = steps.filter((step) => step.startsWith(key)).map((step) => Number(step.slice(1)))
      expect(own).toEqual(own.toSorted((a, b) => a - b))
    }
    expect(mostBeside).toBe(3)
  })

  it('[BASE8] that fail tell their caller, and those behind them run', async () => {
    const queue = new KeyedQueue()
    const failed = queue.run('a', () => Promise.reject(new Error('broken')))
    const next = queue.run('a', async () => 'ran')
    await expect(failed).rejects.toThrow('broken')
    expect(await next).toBe('ran')
    expect(await queue.run('a', async () => 'later')).toBe('later')
  })
})
