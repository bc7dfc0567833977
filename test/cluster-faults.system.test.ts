// One node of three behind lines that are cut, slow or half open, to Redis and to PostgreSQL, while people type on all of them.

import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Cluster } from './rigs/cluster.ts'
import { ackedOf, startClusterRoom, typeAll, untilAlike, type ClusterRoom } from './rigs/cluster-room.ts'
import { readSpec } from './rigs/people.ts'
import { enterByYjs } from './rigs/peer-lines.ts'
import { missingWords } from './rigs/peer.ts'
import { redisProgram } from './rigs/private-redis.ts'
import { readMetric } from './rigs/server-metrics.ts'
import { startServer } from './rigs/server-process.ts'

/** The node whose lines are spoiled. */
const spoiled = 2

let room: ClusterRoom
let cluster: Cluster

beforeAll(async () => {
  if (!redisProgram) return
  // Few rows to a snapshot: compaction runs on all nodes while they type.
  room = await startClusterRoom({ COMPACT_AFTER_ROWS: '5', DOCUMENT_IDLE_MS: '1000' })
  cluster = room.cluster
})
afterEach(() => room?.leave())
afterAll(() => room?.stop())

/** People type some words a second. */
const nextWord = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30))
const ready = async (index: number): Promise<unknown> => (await fetch(`${cluster.node(index).url}/health/ready`)).json()
describe.runIf(redisProgram)('one of three nodes', () => {
  it('[CLU5] that is cut from Redis goes on, says so, and is level within three seconds without a keystroke', async () => {
    const { projectId, peers } = await room.enterAll()
    cluster.linesOf(spoiled).redis.cut()
    await expect.poll(() => ready(spoiled)).toEqual({ status: 'ok', failing: [], degraded: ['redis'] })
    expect(await ready(0)).toEqual({ status: 'ok', failing: [], degraded: [] })
    expect([
      await readMetric(cluster.node(spoiled).url, 'elenchus_redis_up'),
      await readMetric(cluster.node(0).url, 'elenchus_redis_up'),
    ]).toEqual([0, 1])
    await typeAll(peers, 'cut', 10)
    expect(ackedOf(peers)).toHaveLength(30)
    await untilAlike(peers.slice(0, spoiled), 3_000)
    cluster.linesOf(spoiled).redis.mend()
    await expect.poll(() => readMetric(cluster.node(spoiled).url, 'elenchus_redis_up'), { interval: 20 }).toBe(1)
    await untilAlike(peers, 3_000)
    await room.expectAllThere(peers, projectId)
  })

  it('[CLU5] whose line to Redis is half open finds it out, and is level once it is whole', async () => {
    const { projectId, peers } = await room.enterAll()
    cluster.linesOf(spoiled).redis.swallow()
    await typeAll(peers, 'deaf', 10)
    expect(ackedOf(peers)).toHaveLength(30)
    await expect.poll(() => ready(spoiled), { timeout: 15_000 }).toMatchObject({ degraded: ['redis'] })
    cluster.linesOf(spoiled).redis.mend()
    await expect.poll(() => readMetric(cluster.node(spoiled).url, 'elenchus_redis_up'), { timeout: 15_000, interval: 20 }).toBe(1)
    await untilAlike(peers, 3_000)
    await room.expectAllThere(peers, projectId)
  })

  it('[CLU5] whose line to Redis is slow acks as fast as ever, and has the same text a moment later', async () => {
    const { projectId, peers } = await room.enterAll()
    cluster.linesOf(spoiled).redis.slow(500)
    const startMs = performance.now()
    await typeAll(peers, 'slow', 20)
    // Twenty acks behind one another, none of which waits for Redis.
    expect(performance.now() - startMs).toBeLessThan(20 * 400)
    await untilAlike(peers, 5_000)
    await room.expectAllThere(peers, projectId)
  })

  it('[CLU6] that is cut from PostgreSQL lets people write on, acks when it is back, and tells meanwhile', async () => {
    const { projectId, peers } = await room.enterAll()
    await typeAll(peers, 'before', 3)
    cluster.linesOf(spoiled).database.cut()
    const waiting = peers[spoiled]?.peer
    const ack = waiting?.typeWord('unacked')
    await typeAll(peers.slice(0, spoiled), 'cut', 10)
    await expect
      .poll(() => ready(spoiled), { timeout: 15_000 })
      .toMatchObject({ status: 'unavailable', failing: expect.arrayContaining(['database']) as string[] })
    expect(await ready(0)).toMatchObject({ status: 'ok' })
    expect(waiting?.acked.has('unacked')).toBe(false)
    // Seen by everyone, by way of Redis; what the cut node does not commit in time, the others do.
    await untilAlike(peers, 3_000)
    expect(peers[0]?.peer.text.toString()).toContain('unacked')
    cluster.linesOf(spoiled).database.mend()
    await ack
    expect(waiting?.acked.has('unacked')).toBe(true)
    await expect.poll(() => ready(spoiled), { timeout: 15_000 }).toEqual({ status: 'ok', failing: [], degraded: [] })
    await untilAlike(peers, 3_000)
    await room.expectAllThere(peers, projectId)
  })

  it('[CLU6] whose line to PostgreSQL is half open gives its deaf connections up, and acks over new ones', async () => {
    const { projectId, peers } = await room.enterAll()
    const waiting = peers[spoiled]?.peer
    cluster.linesOf(spoiled).database.swallow()
    const ack = waiting?.typeWord('swallowed')
    await typeAll(peers.slice(0, spoiled), 'deaf', 5)
    await expect
      .poll(() => ready(spoiled), { timeout: 15_000 })
      .toMatchObject({ status: 'unavailable', failing: expect.arrayContaining(['database']) as string[] })
    cluster.linesOf(spoiled).database.mend()
    await ack
    expect(waiting?.acked.has('swallowed')).toBe(true)
    await expect.poll(() => ready(spoiled), { timeout: 45_000 }).toEqual({ status: 'ok', failing: [], degraded: [] })
    await untilAlike(peers, 3_000)
    await room.expectAllThere(peers, projectId)
  })

  it('[CLU6] whose line to PostgreSQL is slow makes its own acks wait and nobody else’s', async () => {
    const { projectId, peers } = await room.enterAll()
    cluster.linesOf(spoiled).database.slow(500)
    const startMs = performance.now()
    const slow = peers[spoiled]?.peer.typeWord('late')
    await typeAll(peers.slice(0, spoiled), 'quick', 3)
    expect(performance.now() - startMs).toBeLessThan(900)
    await slow
    expect(performance.now() - startMs).toBeGreaterThan(900)
    await untilAlike(peers, 5_000)
    await room.expectAllThere(peers, projectId)
  })
})

describe.runIf(redisProgram)('all of them', () => {
  it('[CLU2] go on for ten seconds without Redis with memory that stays as it was, and are level three seconds after', async () => {
    const { projectId, peers } = await room.enterAll()
    const before = await residentBytes()
    await cluster.redis.kill()
    const endMs = performance.now() + 10_000
    let round = 0
    while (performance.now() < endMs) await typeAll(peers, `away${round++}-`, 5)
    expect(await residentBytes()).toBeLessThan(before + 100 * 1024 * 1024)
    expect(await readMetric(cluster.node(0).url, 'elenchus_bus_dropped_total')).toBeGreaterThan(0)
    // A node that starts meanwhile serves people all the same.
    const late = await startServer({
      env: { DATABASE_URL: cluster.databaseUrl, REDIS_URL: cluster.redis.url, AUTH_SECRET: randomBytes(32).toString('hex') },
    })
    try {
      expect(await (await fetch(`${late.url}/health/ready`)).json()).toMatchObject({ status: 'ok', degraded: ['redis'] })
      const entered = await enterByYjs({ serverUrl: late.url, projectId, token: room.editor.token })
      const everyone = [...peers, entered]
      await entered.peer.typeWord('latecomer')
      await cluster.redis.start()
      const urls = [...cluster.nodes, late].map(({ url }) => url)
      await expect
        .poll(async () => Math.min(...(await Promise.all(urls.map((url) => readMetric(url, 'elenchus_redis_up'))))), { interval: 20 })
        .toBe(1)
      await untilAlike(everyone, 3_000)
      await room.expectAllThere(everyone, projectId)
      entered.socket.close()
    } finally {
      await late.stop()
    }
  })

  it('[CLU2] lose nothing when Redis forgets everything', async () => {
    const { projectId, peers } = await room.enterAll()
    const client = new Redis(cluster.redis.url)
    await typeAll(peers, 'kept', 3)
    await client.flushall()
    client.disconnect()
    await typeAll(peers, 'after', 3)
    expect((await room.owner.request('/api/projects')).status).toBe(200)
    await untilAlike(peers, 3_000)
    await room.expectAllThere(peers, projectId)
  })

  it('[CLU7] fold one document into snapshots at once, and every word is in what is left', async () => {
    const { projectId, peers } = await room.enterAll()
    const outcomesOf = (outcome: string) =>
      Promise.all(cluster.nodes.map(({ url }) => readMetric(url, `elenchus_compactions_total{outcome="${outcome}"}`)))
    const before = await outcomesOf('swapped')
    const foldedBy = async (): Promise<number> =>
      (await outcomesOf('swapped')).filter((count, index) => count > (before[index] ?? 0)).length
    // One of them takes a second from reading to writing, so that another is quicker, with words that it has not read.
    cluster.linesOf(spoiled).database.slow(500)
    let isOver = false
    const typing = peers.map(async ({ peer }, who) => {
      for (let index = 0; !isOver; index++) await Promise.all([peer.typeWord(`fold${who}w${index}`), nextWord()])
    })
    await expect.poll(foldedBy, { timeout: 60_000, interval: 200 }).toBeGreaterThan(1)
    await expect.poll(async () => (await outcomesOf('overtaken'))[spoiled], { timeout: 90_000, interval: 200 }).toBeGreaterThan(0)
    isOver = true
    await Promise.all(typing)
    cluster.linesOf(spoiled).database.mend()
    await untilAlike(peers, 5_000)
    await room.expectAllThere(peers, projectId)
    // Whoever opens it later has only what PostgreSQL holds.
    const acked = ackedOf(peers)
    room.leave()
    await expect
      .poll(async () => Math.max(...(await Promise.all(cluster.nodes.map(({ url }) => readMetric(url, 'elenchus_open_documents'))))), {
        timeout: 60_000,
      })
      .toBe(0)
    expect(missingWords(await readSpec(room.owner, projectId), acked)).toEqual([])
  })
})

async function residentBytes(): Promise<number> {
  return Math.max(...(await Promise.all(cluster.nodes.map(({ url }) => readMetric(url, 'process_resident_memory_bytes')))))
}
