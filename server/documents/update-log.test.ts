// The log without a database: windows, order, batches, failures by row, bounds; a store that does as it is told.

import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { createLog } from '../base/log.ts'
import { createMetrics } from '../base/metrics.ts'
import type { LogRow, WrittenRows } from '../store/documents-store.ts'
import { UpdateLog, type UpdateLogOptions } from './update-log.ts'

const row = (projectId: string, byte: number, bytes = 1, epoch = 1): LogRow => ({
  projectId,
  epoch,
  authorId: null,
  payload: new Uint8Array(bytes).fill(byte),
})

/** A table in memory; `onAppend` may fail or wait before the rows are in it. */
class Table {
  readonly rows: LogRow[] = []
  readonly inserts: number[] = []
  onAppend: (rows: readonly LogRow[]) => void | Promise<void> = () => undefined

  async append(rows: readonly LogRow[]): Promise<WrittenRows[]> {
    await this.onAppend(rows)
    this.inserts.push(rows.length)
    const taken = rows.filter(({ epoch }) => epoch === 1)
    this.rows.push(...taken)
    return [...new Set(taken.map(({ projectId }) => projectId))].map((projectId) => ({
      projectId,
      epoch: 1,
      rows: taken.filter((one) => one.projectId === projectId).length,
    }))
  }
}

function open(table: Table, options: Partial<UpdateLogOptions> = {}): UpdateLog {
  return new UpdateLog({
    store: table,
    log: createLog('silent'),
    metrics: createMetrics(),
    commitWindowMs: 0,
    maxPendingBytes: 1_000_000,
    retry: { firstMs: 1, maxMs: 4 },
    ...options,
  })
}

/** Counts what each writer hears. */
function ear() {
  const heard = new Map<string, (string | null)[]>()
  return {
    heard,
    of: (name: string) => (refusal: AppError | null) => void heard.set(name, [...(heard.get(name) ?? []), refusal?.code ?? null]),
  }
}

describe('the update log', () => {
  it('[DOC2] writes what comes together in one INSERT, in the order it came, and settles each writer once', async () => {
    const table = new Table()
    const log = open(table)
    const { heard, of } = ear()
    for (let index = 0; index < 250; index++) log.append(row(`p${index % 7}`, index % 256), of(`w${index}`))
    expect(heard.size).toBe(0)
    await log.flushed()
    expect(table.inserts).toEqual([250])
    expect(table.rows.map(({ payload }) => payload[0])).toEqual(Array.from({ length: 250 }, (_, index) => index % 256))
    expect([heard.size, [...heard.values()].every((codes) => codes.length === 1 && codes[0] === null)]).toEqual([250, true])
  })

  it('[DOC2] gathers while an INSERT is under way, has one of them at a time, and bounds each in rows and bytes', async () => {
    const table = new Table()
    const log = open(table, { maxPendingBytes: 1e9 })
    let underWay = 0
    table.onAppend = async (rows) => {
      expect(++underWay).toBe(1)
      if (table.inserts.length === 0) for (let index = 0; index < 2_500; index++) log.append(row('p', 2), () => undefined)
      expect(rows.reduce((bytes, { payload }) => bytes + payload.byteLength, 0) <= 8 * 1024 * 1024 || rows.length === 1).toBe(true)
      await setImmediate()
      underWay--
    }
    log.append(row('p', 1), () => undefined)
    await log.flushed()
    expect(table.inserts).toEqual([1, 1_000, 1_000, 500])
    for (let index = 0; index < 5; index++) log.append(row('p', 3, 3 * 1024 * 1024), () => undefined)
    log.append(row('p', 4, 9 * 1024 * 1024), () => undefined)
    await log.flushed()
    expect(table.inserts.slice(4)).toEqual([2, 2, 1, 1])
  })

  it('[DOC3] settles who asks after a document only when everything before is settled', async () => {
    const table = new Table()
    const log = open(table)
    const { heard, of } = ear()
    log.append(row('a', 1), of('writer'))
    log.afterPending('a', of('covered'))
    log.afterPending('b', of('quiet'))
    expect([...heard.keys()]).toEqual(['quiet'])
    expect([log.hasPending('a'), log.hasPending('b')]).toEqual([true, false])
    await log.flushed()
    expect([...heard]).toEqual([
      ['quiet', [null]],
      ['writer', [null]],
      ['covered', [null]],
    ])
    expect(log.hasPending('a')).toBe(false)
  })

  it('[DOC6] tries again until the store is back, in order, and says meanwhile that it is not well', async () => {
    const table = new Table()
    const log = open(table)
    const { heard, of } = ear()
    let failures = 0
    table.onAppend = () => {
      if (failures++ < 5) throw new AppError('store_unavailable')
    }
    log.append(row('a', 1), of('first'))
    while (failures < 3) await setImmediate()
    expect([log.isHealthy, heard.size]).toEqual([false, 0])
    log.append(row('a', 2), of('second'))
    await log.flushed()
    expect(log.isHealthy).toBe(true)
    expect(table.rows.map(({ payload }) => payload[0])).toEqual([1, 2])
    expect([...heard]).toEqual([
      ['first', [null]],
      ['second', [null]],
    ])
  })

  it('[DOC7] has room for so many bytes, small updates and waiting writers counted by what they cost', async () => {
    const table = new Table()
    const log = open(table, { maxPendingBytes: 100_000 })
    let isAway = true
    table.onAppend = () => {
      if (isAway) throw new AppError('store_unavailable')
    }
    expect([log.hasRoomFor(100_000), log.hasRoomFor(100_001)]).toEqual([true, false])
    let letters = 0
    while (log.hasRoomFor(1) && letters < 100_000) {
      log.append(row('a', 1), () => undefined)
      letters++
    }
    expect(letters).toBeLessThan(1_000)
    isAway = false
    await log.flushed()
    expect(log.hasRoomFor(100_000)).toBe(true)
    isAway = true
    log.append(row('a', 1), () => undefined)
    let waiting = 0
    while (log.hasRoomFor(0) && waiting++ < 100_000) log.afterPending('a', () => undefined)
    expect(waiting).toBeLessThan(2_000)
    isAway = false
    await log.flushed()
    expect(log.hasRoomFor(100_000)).toBe(true)
  })

  it('[DOC2] isolates a row that the store refuses for good: its writer is told, all others are committed', async () => {
    const table = new Table()
    const log = open(table)
    const { heard, of } = ear()
    const poison = new Set([0, 37, 99])
    table.onAppend = (rows) => {
      if (rows.some(({ payload }) => poison.has(payload[0] ?? -1))) throw new Error('value too large')
    }
    for (let index = 0; index < 100; index++) log.append(row(`p${index % 3}`, index), of(`w${index}`))
    await log.flushed()
    const refused = [...heard].filter(([, codes]) => codes[0] !== null)
    expect(refused).toEqual([...poison].map((index) => [`w${index}`, ['internal']]))
    expect([heard.size, [...heard.values()].every((codes) => codes.length === 1), table.rows.length]).toEqual([100, true, 97])
    expect(table.rows.map(({ payload }) => payload[0])).toEqual(
      Array.from({ length: 100 }, (_, index) => index).filter((index) => !poison.has(index)),
    )
  })

  it('[DOC2] goes on although the store goes away while a row is being isolated', async () => {
    const table = new Table()
    const log = open(table)
    const { heard, of } = ear()
    let calls = 0
    table.onAppend = (rows) => {
      if ([3, 5, 8].includes(++calls)) throw new AppError('store_unavailable')
      if (rows.some(({ payload }) => payload[0] === 5)) throw new Error('value too large')
    }
    for (let index = 0; index < 20; index++) log.append(row('p', index), of(`w${index}`))
    await log.flushed()
    expect([heard.size, [...heard.values()].every((codes) => codes.length === 1)]).toEqual([20, true])
    expect(table.rows.map(({ payload }) => payload[0])).toEqual(
      Array.from({ length: 20 }, (_, index) => index).filter((index) => index !== 5),
    )
  })

  it('[DOC17] refuses rows of an epoch that is over, and says so once a document', async () => {
    const table = new Table()
    const refused: [string, number][] = []
    const grown: [string, number][] = []
    const log = open(table, { onRefused: (...args) => refused.push(args), onCommitted: (...args) => grown.push(args) })
    const { heard, of } = ear()
    log.append(row('old', 1, 1, 2), of('stale'))
    log.append(row('old', 2, 1, 2), of('stale too'))
    log.append(row('new', 3), of('fresh'))
    await log.flushed()
    expect(Object.fromEntries(heard)).toEqual({ stale: ['stale_epoch'], 'stale too': ['stale_epoch'], fresh: [null] })
    expect([refused, grown]).toEqual([[['old', 2]], [['new', 1]]])
  })

  it('[DOC2] keeps committing for everyone although a writer fails to hear, and when one writes while it hears', async () => {
    const table = new Table()
    const log = open(table)
    const { heard, of } = ear()
    log.append(row('a', 1), () => {
      throw new Error('deaf')
    })
    log.append(row('a', 2), (refusal) => {
      of('second')(refusal)
      log.append(row('a', 3), of('third'))
      log.afterPending('a', of('after third'))
    })
    await log.flushed()
    expect(table.rows.map(({ payload }) => payload[0])).toEqual([1, 2, 3])
    expect([...heard.keys()]).toEqual(['second', 'third', 'after third'])
  })
})
