// The thread that checks: it finds what the index finds, and the event loop goes on meanwhile.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, describe, expect, it } from 'vitest'
import { manyItems } from '../../test/rigs/many-items.ts'
import { ConflictChecker, IndexLostError } from './conflict-checker.ts'
import { ConflictIndex } from './conflict-index.ts'
import type { Finding } from './finding.ts'
import type { ConflictItem } from './subject.ts'

const checker = new ConflictChecker()
afterAll(async () => {
  await checker.stop()
})

const named = (findings: readonly Finding[]): string[] => findings.map((finding) => finding.fingerprint).toSorted()

function foundIn(items: readonly ConflictItem[]): string[] {
  const index = new ConflictIndex()
  index.check({ changed: items, removed: [] })
  return named(index.all())
}

const itemOf = (id: string, text: string): ConflictItem => ({ id, text, bodyFrom: 0, key: '', category: 'requirements', headings: [] })

describe('a checker', { timeout: 60_000 }, () => {
  it('[CON18] finds in its thread what the index finds, in the order the changes were given', async () => {
    const items = manyItems(700)
    const begun = checker.begin('order', items)
    const changes = await Promise.all([
      checker.check('order', { changed: [itemOf('x', 'The hatch shall be red.')], removed: [] }),
      checker.check('order', { changed: [itemOf('y', 'The hatch shall be green.')], removed: [] }),
      checker.check('order', { changed: [], removed: ['x'] }),
    ])
    expect(named(await begun)).toEqual(foundIn(items))
    expect(changes.map(({ added, removed }) => [added.length, removed.length])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ])
  })

  it('[CON18] a small spec does not wait for a large one, and the event loop is not held', async () => {
    await checker.begin('small', [itemOf('a', 'The flag shall be red.')])
    const delay = monitorEventLoopDelay({ resolution: 1 })
    let isLargeDone = false
    const large = checker.begin('large', manyItems(1_500)).then(() => (isLargeDone = true))
    delay.enable()
    const { added } = await checker.check('small', { changed: [itemOf('b', 'The flag shall be blue.')], removed: [] })
    expect(added).toHaveLength(1)
    expect(isLargeDone).toBe(false)
    await large
    delay.disable()
    // The p99, for what else runs on the machine is in the longest.
    expect(delay.percentile(99) / 1e6).toBeLessThan(20)
  })

  it('[CON18] what the thread does not know has to be begun, and can be', async () => {
    const change = { changed: [itemOf('b', 'The flag shall be blue.')], removed: [] }
    await expect(checker.check('never', change)).rejects.toThrow(IndexLostError)
    await checker.begin('left', [itemOf('a', 'The flag shall be red.')])
    await checker.forget('left')
    await expect(checker.check('left', change)).rejects.toThrow(IndexLostError)
    expect(await checker.begin('left', [itemOf('a', 'The flag shall be red.'), ...change.changed])).toHaveLength(1)
    // Begun once more: what was there before is gone.
    expect(await checker.begin('left', change.changed)).toEqual([])
  })
})
