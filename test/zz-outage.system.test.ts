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
  process.stderr.write('T 19 ' + Math.round(performance.now()) + '\n')
})
afterAll(() => postgres.remove())

beforeEach(async () => {
  server = await startServer({ env: { DATABASE_URL: postgres.url, SHUTDOWN_DEADLINE_MS: String(shutdownDeadlineMs) } })
  process.stderr.write('T 24 ' + Math.round(performance.now()) + '\n')
  onTestFailed(() => void process.stderr.write(server.output()))
  project = await startProject(server.url)
  process.stderr.write('T 26 ' + Math.round(performance.now()) + '\n')
})
afterEach(() => server.stop())

function type(label: string): Promise<Typists> {
  return startTypists({ serverUrl: server.url, projectId: project.projectId, people: project.people, count: 12, everyMs: 60, label })
}

/** The words among `words` that a server started anew does not know. */
async function lostAfterRestart(words: string[]): Promise<string[]> {
  await server.kill9()
  process.stderr.write('T 36 ' + Math.round(performance.now()) + '\n')
  await server.restart()
  process.stderr.write('T 37 ' + Math.round(performance.now()) + '\n')
  const { peer } = await enterBySocketio({ serverUrl: server.url, projectId: project.projectId, token: project.owner.token })
  process.stderr.write('T 38 ' + Math.round(performance.now()) + '\n')
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
  process.stderr.write('T 51 ' + Math.round(performance.now()) + '\n')
}

it('[DOC6] lets people go on while PostgreSQL is away for 10 s, and commits every word when it is back', async () => {
  const unopened = await createProject(project.owner, 'Open nowhere')
  process.stderr.write('T 55 ' + Math.round(performance.now()) + '\n')
  const socket = await connectSocketio({ serverUrl: server.url, token: project.owner.token })
  process.stderr.write('T 56 ' + Math.round(performance.now()) + '\n')
  const typists = await type('outage')
  process.stderr.write('T 57 ' + Math.round(performance.now()) + '\n')
  await typists.untilAcked(100)
  process.stderr.write('T 58 ' + Math.round(performance.now()) + '\n')

  await postgres.stop('fast')
  process.stderr.write('T 60 ' + Math.round(performance.now()) + '\n')
  const backAtMs = performance.now() + 10_000
  await vi.waitFor(async () => expect((await fetch(`${server.url}/health/ready`)).status).toBe(503), { timeout: 5_000, interval: 100 })
  process.stderr.write('T 62 ' + Math.round(performance.now()) + '\n')
  expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({ failing: expect.arrayContaining(['database', 'update_log']) as string[] })
  process.stderr.write('T 63 ' + Math.round(performance.now()) + '\n')
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  process.stderr.write('T 64 ' + Math.round(performance.now()) + '\n')
  const acked = typists.acked().length
  await untilWordsTravel(typists)
  process.stderr.write('T 66 ' + Math.round(performance.now()) + '\n')
  await expect(joinOn(socket, { serverUrl: server.url, projectId: unopened, token: '' })).rejects.toThrow('store_unavailable')
  process.stderr.write('T 67 ' + Math.round(performance.now()) + '\n')
  expect(await endOfSocket(openYjs(server.url, unopened, { token: project.owner.token }))).toEqual({ code: 1013, reason: 'store_unavailable' })
  process.stderr.write('T 68 ' + Math.round(performance.now()) + '\n')
  await wait(backAtMs - performance.now())
  process.stderr.write('T 69 ' + Math.round(performance.now()) + '\n')
  await untilWordsTravel(typists)
  process.stderr.write('T 70 ' + Math.round(performance.now()) + '\n')
  expect(typists.acked().length).toBe(acked)
  process.stderr.write('T 71 ' + Math.round(performance.now()) + '\n')
  expect(typists.unanswered()).toBeGreaterThan(500)
  process.stderr.write('T 72 ' + Math.round(performance.now()) + '\n')

  await postgres.start()
  process.stderr.write('T 74 ' + Math.round(performance.now()) + '\n')
  await typists.untilAcked(acked + 500)
  process.stderr.write('T 75 ' + Math.round(performance.now()) + '\n')
  typists.stopTyping()
  setTimeout(async () => { process.stderr.write('LEFT ' + JSON.stringify(typists.peers.map((p) => [p.unanswered, p.acked.size, p.refused.size, p.end])) + ' ' + (await (await fetch(server.url + '/metrics')).text()).split('\n').filter((l) => /^elenchus/.test(l) && !/bucket/.test(l)).join('\n') ) }, 5000)
  await typists.untilAnswered()
  process.stderr.write('T 77 ' + Math.round(performance.now()) + '\n')
  expect(typists.unanswered()).toBe(0)
  process.stderr.write('T 78 ' + Math.round(performance.now()) + '\n')
  expect(typists.refused()).toEqual(new Map())
  process.stderr.write('T 79 ' + Math.round(performance.now()) + '\n')
  expect(typists.peers.map((peer) => peer.end)).toEqual(typists.peers.map(() => null))
  process.stderr.write('T 80 ' + Math.round(performance.now()) + '\n')
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  process.stderr.write('T 81 ' + Math.round(performance.now()) + '\n')
  const words = typists.acked()
  await typists.leave()
  process.stderr.write('T 83 ' + Math.round(performance.now()) + '\n')
  expect(await lostAfterRestart(words)).toEqual([])
  process.stderr.write('T 84 ' + Math.round(performance.now()) + '\n')
})

it('[DOC6] survives backends that are killed in a loop, with nothing acked lost', async () => {
  const { pid } = server
  const typists = await type('backends')
  process.stderr.write('T 89 ' + Math.round(performance.now()) + '\n')
  let killed = 0
  for (let time = 0; time < 40; time++) {
    const before = typists.acked().length
    killed += await postgres.terminateBackends()
    await typists.untilAcked(before + 5)
  }
  typists.stopTyping()
  await typists.untilAnswered()
  process.stderr.write('T 97 ' + Math.round(performance.now()) + '\n')
  expect(killed).toBeGreaterThan(40)
  process.stderr.write('T 98 ' + Math.round(performance.now()) + '\n')
  expect(typists.refused()).toEqual(new Map())
  process.stderr.write('T 99 ' + Math.round(performance.now()) + '\n')
  expect(typists.peers.filter((peer) => peer.end)).toEqual([])
  process.stderr.write('T 100 ' + Math.round(performance.now()) + '\n')
  expect(server.pid).toBe(pid)
  process.stderr.write('T 101 ' + Math.round(performance.now()) + '\n')
  process.kill(pid, 0)
  const words = typists.acked()
  await typists.leave()
  process.stderr.write('T 104 ' + Math.round(performance.now()) + '\n')
  expect(await lostAfterRestart(words)).toEqual([])
  process.stderr.write('T 105 ' + Math.round(performance.now()) + '\n')
})

it('[DOC11, DOOR17] stops on SIGTERM within its deadline, tells clients, and has every acked word in PostgreSQL', async () => {
  const announced: unknown[] = []
  const listener = await connectSocketio({ serverUrl: server.url, token: project.owner.token })
  process.stderr.write('T 110 ' + Math.round(performance.now()) + '\n')
  listener.on('server:draining', (event: unknown) => announced.push(event))
  const typists = await type('sigterm')
  process.stderr.write('T 112 ' + Math.round(performance.now()) + '\n')
  await typists.untilAcked(200)
  process.stderr.write('T 113 ' + Math.round(performance.now()) + '\n')
  const startedAtMs = performance.now()
  expect(await server.terminate()).toBe(0)
  process.stderr.write('T 115 ' + Math.round(performance.now()) + '\n')
  expect(performance.now() - startedAtMs).toBeLessThan(shutdownDeadlineMs)
  process.stderr.write('T 116 ' + Math.round(performance.now()) + '\n')
  const ends = await Promise.all(typists.peers.map((peer) => peer.ended))
  process.stderr.write('T 117 ' + Math.round(performance.now()) + '\n')
  expect(ends.map(({ code, reason }) => `${code} ${reason}`)).toEqual(typists.peers.map(() => '4503 draining'))
  process.stderr.write('T 118 ' + Math.round(performance.now()) + '\n')
  expect(announced).toEqual([{ reconnectInMs: expect.any(Number) as number }])
  process.stderr.write('T 119 ' + Math.round(performance.now()) + '\n')
  const words = typists.acked()
  await typists.leave()
  process.stderr.write('T 121 ' + Math.round(performance.now()) + '\n')
  await server.restart()
  process.stderr.write('T 122 ' + Math.round(performance.now()) + '\n')
  expect(await lostAfterRestart(words)).toEqual([])
  process.stderr.write('T 123 ' + Math.round(performance.now()) + '\n')
})

it('[DOC11] does not wait longer than its deadline for a database that is away, and says so by its exit code', async () => {
  const typists = await type('deadline')
  process.stderr.write('T 127 ' + Math.round(performance.now()) + '\n')
  await typists.untilAcked(20)
  process.stderr.write('T 128 ' + Math.round(performance.now()) + '\n')
  await postgres.stop('fast')
  process.stderr.write('T 129 ' + Math.round(performance.now()) + '\n')
  const startedAtMs = performance.now()
  expect(await server.terminate()).toBe(1)
  process.stderr.write('T 131 ' + Math.round(performance.now()) + '\n')
  expect(performance.now() - startedAtMs).toBeLessThan(shutdownDeadlineMs + 1_000)
  process.stderr.write('T 132 ' + Math.round(performance.now()) + '\n')
  await typists.leave()
  process.stderr.write('T 133 ' + Math.round(performance.now()) + '\n')
  await postgres.start()
  process.stderr.write('T 134 ' + Math.round(performance.now()) + '\n')
  await server.restart()
  process.stderr.write('T 135 ' + Math.round(performance.now()) + '\n')
  expect(await lostAfterRestart(typists.acked())).toEqual([])
  process.stderr.write('T 136 ' + Math.round(performance.now()) + '\n')
})
