// PostgreSQL away, its backends killed, and the server stopped, each under typing.

import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFailed, vi } from 'vitest'
import { connectSocketio, endOfSocket, enterBySocketio, joinOn, openYjs } from './rigs/peer-lines.ts'
import { missingWords } from './rigs/peer.ts'
import { createProject, type Person } from './rigs/people.ts'
import { startPrivatePostgres, type PrivatePostgres } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'
import { startProject, startTypists, type Typists } from './rigs/typists.ts'

/** The deadline that the server is given to stop. */
const shutdownDeadlineMs = 5_000

let postgres: PrivatePostgres
let server: ServerProcess
let project: { projectId: string; owner: Person; people: Person[] }

beforeAll(async () => {
  postgres = await startPrivatePostgres()
})
afterAll(() => postgres.remove())

beforeEach(async () => {
  server = await startServer({ env: { DATABASE_URL: postgres.url, SHUTDOWN_DEADLINE_MS: String(shutdownDeadlineMs) } })
  onTestFailed(() => void process.stderr.write(server.output()))
  project = await startProject(server.url)
})
afterEach(() => server.stop())

function type(label: string): Promise<Typists> {
  return startTypists({ serverUrl: server.url, projectId: project.projectId, people: project.people, count: 12, everyMs: 60, label })
}

/** The words among `words` that a server started anew does not know. */
async function lostAfterRestart(words: string[]): Promise<string[]> {
  await server.kill9()
  await server.restart()
  const { peer } = await enterBySocketio({ serverUrl: server.url, projectId: project.projectId, token: project.owner.token })
  const lost = missingWords(peer.text.toString(), words)
  peer.close()
  return lost
}

/** Resolves once the first peer's text holds a word that another one types from now on. */
async function untilWordsTravel({ peers }: Typists): Promise<void> {
  const [reader, writer] = [peers[0], peers[1]]
  if (!reader || !writer) throw new RangeError('too few typists')
  const word = `travels-${Math.random()}`
  // Its ack may take as long as the database does.
  void writer.typeWord(word)
  await reader.untilText((text) => text.includes(` ${word} `))
}

it('[DOC6] lets people go on while PostgreSQL is away for 10 s, and commits every word when it is back', async () => {
  const unopened = await createProject(project.owner, 'Open nowhere')
  const socket = await connectSocketio({ serverUrl: server.url, token: project.owner.token })
  const typists = await type('outage')
  await typists.untilAcked(100)

  await postgres.stop('fast')
  const backAtMs = performance.now() + 10_000
  await vi.waitFor(async () => expect((await fetch(`${server.url}/health/ready`)).status).toBe(503), { timeout: 5_000, interval: 100 })
  expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({ failing: expect.arrayContaining(['database', 'update_log']) as string[] })
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  const acked = typists.acked().length
  await untilWordsTravel(typists)
  await expect(joinOn(socket, { serverUrl: server.url, projectId: unopened, token: '' })).rejects.toThrow('store_unavailable')
  expect(await endOfSocket(openYjs(server.url, unopened, { token: project.owner.token }))).toEqual({ code: 1013, reason: 'store_unavailable' })
  await wait(backAtMs - performance.now())
  await untilWordsTravel(typists)
  expect(typists.acked().length).toBe(acked)
  expect(typists.unanswered()).toBeGreaterThan(500)

  await postgres.start()
  await typists.untilAcked(acked + 500)
  typists.stopTyping()
  await typists.untilAnswered()
  expect(typists.unanswered()).toBe(0)
  expect(typists.refused()).toEqual(new Map())
  expect(typists.peers.map((peer) => peer.end)).toEqual(typists.peers.map(() => null))
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  const words = typists.acked()
  await typists.leave()
  expect(await lostAfterRestart(words)).toEqual([])
})

it('[DOC6] survives backends that are killed in a loop, with nothing acked lost', async () => {
  const { pid } = server
  const typists = await type('backends')
  let killed = 0
  for (let time = 0; time < 40; time++) {
    const before = typists.acked().length
    killed += await postgres.terminateBackends()
    await typists.untilAcked(before + 5)
  }
  typists.stopTyping()
  await typists.untilAnswered()
  expect(killed).toBeGreaterThanOrEqual(40)
  expect(typists.refused()).toEqual(new Map())
  expect(typists.peers.filter((peer) => peer.end)).toEqual([])
  expect(server.pid).toBe(pid)
  process.kill(pid, 0)
  const words = typists.acked()
  await typists.leave()
  expect(await lostAfterRestart(words)).toEqual([])
})

it('[DOC11, DOOR17] stops on SIGTERM within its deadline, tells clients, and has every acked word in PostgreSQL', async () => {
  const announced: unknown[] = []
  const listener = await connectSocketio({ serverUrl: server.url, token: project.owner.token })
  listener.on('server:draining', (event: unknown) => announced.push(event))
  const typists = await type('sigterm')
  await typists.untilAcked(200)
  const startedAtMs = performance.now()
  expect(await server.terminate()).toBe(0)
  expect(performance.now() - startedAtMs).toBeLessThan(shutdownDeadlineMs)
  const ends = await Promise.all(typists.peers.map((peer) => peer.ended))
  expect(ends.map(({ code, reason }) => `${code} ${reason}`)).toEqual(typists.peers.map(() => '4503 draining'))
  expect(announced).toEqual([{ reconnectInMs: expect.any(Number) as number }])
  const words = typists.acked()
  await typists.leave()
  await server.restart()
  expect(await lostAfterRestart(words)).toEqual([])
})

it('[DOC11] does not wait longer than its deadline for a database that is away, and says so by its exit code', async () => {
  const typists = await type('deadline')
  await typists.untilAcked(20)
  await postgres.stop('fast')
  const startedAtMs = performance.now()
  expect(await server.terminate()).toBe(1)
  expect(performance.now() - startedAtMs).toBeLessThan(shutdownDeadlineMs + 1_000)
  await typists.leave()
  await postgres.start()
  await server.restart()
  expect(await lostAfterRestart(typists.acked())).toEqual([])
})
