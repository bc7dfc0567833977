// Many who come and go, and some who do not read: what they cost, and that it comes back.

import { afterAll, beforeAll, expect, it, onTestFailed, vi } from 'vitest'
import { connectSocketio, endOfSocket, enterBySocketio, enterByYjs } from '../../test/rigs/peer-lines.ts'
import { createProject, letIn, signUp, type Person } from '../../test/rigs/people.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { readMetric } from '../../test/rigs/server-metrics.ts'
import { startServer, type ServerProcess } from '../../test/rigs/server-process.ts'

const mib = 1024 * 1024
const consumerMaxBytes = 2 * mib

let database: FreshDatabase
let server: ServerProcess
let serverUrl: string
let owner: Person
let guest: Person

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({
    env: {
      DATABASE_URL: database.url,
      DOCUMENT_IDLE_MS: '50',
      EVENTS_PER_SECOND: '100000',
      EVENTS_BURST: '100000',
      CONSUMER_LAG_BYTES: String(256 * 1024),
      CONSUMER_MAX_BYTES: String(consumerMaxBytes),
      // So small that what is left behind shows within a test, instead of as garbage that nobody has collected yet.
      NODE_OPTIONS: '--max-old-space-size=256 --max-semi-space-size=2',
    },
  })
  serverUrl = server.url
  owner = await signUp({ serverUrl, name: 'Owner' })
  guest = await signUp({ serverUrl, name: 'Guest' })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

/** The least of a few looks, buffers outside of the heap included: what is left when the garbage is gone. */
async function settledMemoryBytes(): Promise<number> {
  let least = Infinity
  for (let look = 0; look < 30; look++) {
    // Each answer makes garbage of its own, so that a collection comes.
    await Promise.all(Array.from({ length: 10 }, () => fetch(`${serverUrl}/metrics`).then((response) => response.arrayBuffer())))
    const heapBytes = await readMetric(serverUrl, 'nodejs_heap_size_used_bytes')
    const externalBytes = await readMetric(serverUrl, 'nodejs_external_memory_bytes')
    least = Math.min(least, heapBytes + externalBytes)
  }
  return least
}

it('[DOOR16] gets its memory back after 10,000 joins and leaves', async () => {
  onTestFailed(() => void process.stderr.write(server.output()))
  const projectIds = await Promise.all(Array.from({ length: 5 }, (_, index) => createProject(owner, `Came and went ${index}`)))
  const joinAndLeave = async (times: number): Promise<void> => {
    const sockets = await Promise.all(Array.from({ length: 10 }, () => connectSocketio({ serverUrl, token: owner.token })))
    await Promise.all(
      sockets.map(async (socket, index) => {
        for (let time = 0; time < times / 10; time++) {
          const projectId = projectIds[(index + time) % projectIds.length]
          const answer = (await socket.emitWithAck('project:join', { projectId })) as { ok: boolean }
          if (!answer.ok) throw new Error(JSON.stringify(answer))
          // Every other leave is none but a second join, which takes the place of the first.
          if (time % 2 === 0) await socket.emitWithAck('project:leave', { projectId })
        }
        socket.close()
      }),
    )
  }
  const comeAndGo = async (times: number): Promise<void> => {
    const lane = async (): Promise<void> => {
      for (let time = 0; time < times / 10; time++) {
        const { peer } = await enterByYjs({ serverUrl, projectId: projectIds[time % projectIds.length] ?? '', token: owner.token })
        await peer.sayState({ cursor: time })
        peer.close()
        await peer.ended
      }
    }
    await Promise.all(Array.from({ length: 10 }, lane))
  }
  await joinAndLeave(1_000)
  await comeAndGo(200)
  const before = await settledMemoryBytes()
  await joinAndLeave(8_500)
  await comeAndGo(1_500)
  for (const door of ['socketio', 'yjs']) {
    await vi.waitFor(async () => expect(await readMetric(serverUrl, `elenchus_connections{door="${door}"}`)).toBe(0), 5_000)
  }
  await vi.waitFor(async () => expect(await readMetric(serverUrl, 'elenchus_open_documents')).toBe(0), 5_000)
  // 10,000 joins that left a kilobyte each would be 10 MiB; buffers of the sockets themselves come and go by a few.
  expect((await settledMemoryBytes()) - before).toBeLessThan(8 * mib)
})

it('[DOC14] closes who does not read with a reason, holds little for them, and lets nobody else notice', async () => {
  onTestFailed(() => void process.stderr.write(server.output()))
  const projectId = await createProject(owner, 'Slow')
  await letIn({ owner, projectId, people: [guest] })
  const entry = { serverUrl, projectId, token: guest.token }
  const { peer: writer } = await enterBySocketio({ ...entry, token: owner.token })
  const { peer: reader } = await enterByYjs(entry)
  const slow = await Promise.all(Array.from({ length: 20 }, async () => (await enterByYjs(entry)).socket))
  const bySocketio = await enterBySocketio(entry)
  const ends = slow.map(endOfSocket)
  for (const socket of slow) socket.pause()
  const underSocketio = engineSocketOf(bySocketio.socket)
  underSocketio.pause()

  const closed = () => readMetric(serverUrl, 'elenchus_slow_consumers_total')
  const before = await closed()
  const residentBefore = await readMetric(serverUrl, 'process_resident_memory_bytes')
  let resident = 0
  let slowestMs = 0
  for (let round = 0; (await closed()) < before + slow.length + 1; round++) {
    if (round > 200) throw new Error('they were never closed')
    const startedAtMs = performance.now()
    expect(await writer.edit((text) => text.insert(0, `${round} ${'much '.repeat(40_000)}`))).toBe('')
    expect(await writer.edit((text) => text.delete(0, text.length))).toBe('')
    slowestMs = Math.max(slowestMs, performance.now() - startedAtMs)
    if (round % 3 === 0) resident = Math.max(resident, await readMetric(serverUrl, 'process_resident_memory_bytes'))
  }
  expect(await writer.typeWord('the-end')).toBe('')
  await reader.untilText((text) => text.includes('the-end'))
  expect(reader.end).toBeNull()
  expect(slowestMs).toBeLessThan(3_000)
  // Each may hold its limit and what was merged for it, for all of them the same.
  expect((resident - residentBefore) / mib).toBeLessThan((slow.length + 1) * ((2 * consumerMaxBytes) / mib))
  // Who reads again in time hears why.
  slow[0]?.resume()
  underSocketio.resume()
  expect(await ends[0]).toEqual({ code: 4508, reason: 'slow_consumer' })
  expect(await bySocketio.peer.ended).toEqual({ code: 4508, reason: 'slow_consumer' })
  for (const socket of slow) socket.terminate()
  await Promise.all(ends)
  await vi.waitFor(async () => expect(await readMetric(serverUrl, 'elenchus_connections{door="yjs"}')).toBe(1), 10_000)
  expect(await readMetric(serverUrl, 'elenchus_lagging_connections')).toBe(0)
  for (const peer of [writer, reader]) peer.close()
})

/** The WebSocket below a Socket.IO client. */
function engineSocketOf(socket: Awaited<ReturnType<typeof connectSocketio>>): { pause(): void; resume(): void } {
  return (socket.io.engine as unknown as { transport: { ws: { pause(): void; resume(): void } } }).transport.ws
}
