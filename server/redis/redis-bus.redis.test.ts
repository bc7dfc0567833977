// The bus on a real Redis that is killed, frozen, emptied and started again.

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLog } from '../base/log.ts'
import { createMetrics } from '../base/metrics.ts'
import { redisProgram, startRedis, type PrivateRedis } from '../../test/rigs/private-redis.ts'
import { startRedisLine } from '../../test/rigs/redis-line.ts'
import { RedisBus } from './redis-bus.ts'

let redis: PrivateRedis
const buses: RedisBus[] = []

beforeAll(async () => {
  if (redisProgram) redis = await startRedis()
})
afterEach(() => {
  for (const bus of buses.splice(0)) bus.stop()
})
afterAll(() => redis?.stop())

async function connect(url = redis.url): Promise<RedisBus> {
  const bus = new RedisBus({ url, log: createLog('silent'), metrics: createMetrics(), probeEveryMs: 100 })
  buses.push(bus)
  bus.start()
  await vi.waitFor(() => expect(bus.isConnected).toBe(true), 10_000)
  return bus
}

/** What is heard on a channel, as text. */
async function listen(bus: RedisBus, channel: string): Promise<string[]> {
  const heard: string[] = []
  await bus.subscribe(channel, (bytes) => heard.push(Buffer.from(bytes).toString())).ready
  return heard
}

describe.runIf(redisProgram)('the bus over Redis', () => {
  it('[BUS1] brings messages to every other node in their order, and none back', async () => {
    const [first, second, third] = [await connect(), await connect(), await connect()]
    const heard = await Promise.all([first, second, third].map((bus) => listen(bus, 'a')))
    for (let index = 0; index < 100; index++) first.publish('a', Buffer.from(`${index}`))
    const all = Array.from({ length: 100 }, (_, index) => `${index}`)
    await vi.waitFor(() => expect(heard).toEqual([[], all, all]))
  })

  it('[BUS2] listens only where somebody listens, and on nothing at the end', async () => {
    const bus = await connect()
    const before = await redis.channels()
    const subscriptions = ['x', 'x', 'y'].map((channel) => bus.subscribe(channel, () => undefined))
    await Promise.all(subscriptions.map(({ ready }) => ready))
    expect((await redis.channels()).length).toBe(before.length + 2)
    for (const subscription of subscriptions) subscription.unsubscribe()
    await vi.waitFor(async () => expect(await redis.channels()).toEqual(before))
  })

  it('[BUS3] loses what is sent while Redis is away, ends nothing, and says so when it is back', async () => {
    const [first, second] = [await connect(), await connect()]
    const heard = await listen(second, 'b')
    const gaps = [vi.fn<() => void>(), vi.fn<() => void>()]
    first.onGap(gaps[0] ?? (() => undefined))
    second.onGap(gaps[1] ?? (() => undefined))
    await redis.kill()
    await vi.waitFor(() => expect(first.isConnected).toBe(false))
    for (let index = 0; index < 1_000; index++) first.publish('b', Buffer.alloc(1_000))
    const during = second.subscribe('c', () => undefined)
    await redis.start()
    await vi.waitFor(() => expect([first.isConnected, second.isConnected]).toEqual([true, true]), 10_000)
    await vi.waitFor(() => expect(gaps.map(({ mock }) => mock.calls.length > 0)).toEqual([true, true]), 5_000)
    await during.ready
    expect(heard).toEqual([])
    await vi.waitFor(() => {
      first.publish('b', Buffer.from('again'))
      expect(heard).toContain('again')
    })
  })

  it('[BUS3] begins without a Redis, and uses it once it is there', async () => {
    await redis.kill()
    const bus = new RedisBus({ url: redis.url, log: createLog('silent'), metrics: createMetrics(), probeEveryMs: 100 })
    buses.push(bus)
    bus.start()
    const subscription = bus.subscribe('d', () => undefined)
    bus.publish('d', Buffer.from('lost'))
    expect(bus.isConnected).toBe(false)
    await redis.start()
    await subscription.ready
    await vi.waitFor(() => expect(bus.isConnected).toBe(true), 10_000)
  })

  it('[BUS5] sends the last hint of a channel once it can', async () => {
    const line = await startRedisLine(redis.port)
    const [first, second] = [await connect(line.through(redis.url)), await connect()]
    const heard = await listen(second, 'g')
    line.cut()
    await vi.waitFor(() => expect(first.isConnected).toBe(false))
    for (const hint of ['1', '2', '3']) first.hint('g', Buffer.from(hint))
    first.publish('g', Buffer.from('lost'))
    line.mend()
    await vi.waitFor(() => expect(heard).toEqual(['3']), 5_000)
    first.hint('g', Buffer.from('4'))
    await vi.waitFor(() => expect(heard).toEqual(['3', '4']))
    await line.close()
  })

  it('[BUS4] finds out that it is deaf, holds a bounded number of bytes meanwhile, and comes back', async () => {
    const [first, second] = [await connect(), await connect()]
    const heard = await listen(second, 'e')
    const gap = vi.fn<() => void>()
    second.onGap(gap)
    redis.freeze()
    for (let index = 0; index < 60; index++) first.publish('e', Buffer.alloc(1024 * 1024))
    await vi.waitFor(() => expect(second.isConnected).toBe(false), 10_000)
    redis.thaw()
    await vi.waitFor(() => expect([first.isConnected, second.isConnected]).toEqual([true, true]), 15_000)
    await vi.waitFor(() => expect(gap).toHaveBeenCalled(), 5_000)
    expect(heard.length).toBeLessThan(40)
    await vi.waitFor(() => {
      first.publish('e', Buffer.from('again'))
      expect(heard).toContain('again')
    }, 5_000)
  })

  it('[BUS3] keeps its subscriptions when Redis forgets everything', async () => {
    const [first, second] = [await connect(), await connect()]
    const heard = await listen(second, 'f')
    const { Redis } = await import('ioredis')
    const client = new Redis(redis.url)
    await client.flushall()
    client.disconnect()
    first.publish('f', Buffer.from('still'))
    await vi.waitFor(() => expect(heard).toEqual(['still']))
  })
})
