// What must not cost an acked word, each under typing: kill -9, PostgreSQL away, its backends killed, SIGTERM. Beside it, a connection that stays quiet.

import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFailed, vi } from 'vitest'
import { connectSocketio, endOfSocket, enterBySocketio, joinOn, openYjs } from './rigs/peer-lines.ts'
import { killRound } from './rigs/kill-round.ts'
import { missingWords } from './rigs/peer.ts'
import { createProject, readSpec, type Person } from './rigs/people.ts'
import { freshDatabase, startPrivatePostgres, type FreshDatabase, type PrivatePostgres } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'
import { startProject, startTypists, type Typists } from './rigs/typists.ts'
import { openForeignEditor, untilSynced, type ForeignEditor } from './rigs/websocket-provider.ts'

/** y-websocket gives a connection up after 30 s without a message. */
const quietMs = 120_000

const kills = 10

/** The deadline that the server is given to stop. */
const shutdownDeadlineMs = 5_000

let postgres: PrivatePostgres
let server: ServerProcess
let project: { projectId: string; owner: Person; people: Person[] }

/** An unmodified provider on a server of its own that nothing is done to; its time runs beside all tests of this file. */
let quiet: { server: ServerProcess; database: FreshDatabase; owner: Person; projectId: string; editor: ForeignEditor; sinceMs: number }

beforeAll(async () => {
  postgres = await startPrivatePostgres()
  const database = await freshDatabase()
  const quietServer = await startServer({ env: { DATABASE_URL: database.url } })
  const { projectId, owner } = await startProject(quietServer.url, 0)
  const editor = openForeignEditor({ serverUrl: quietServer.url, projectId, token: owner.token })
  await untilSynced(editor)
  quiet = { server: quietServer, database, owner, projectId, editor, sinceMs: performance.now() }
})
afterAll(async () => {
  await postgres.remove()
  quiet.editor.destroy()
  await quiet.server.stop()
  await quiet.database.drop()
})

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

it('[DOC1, DOC10] loses no acked word of twenty typists, however often the server is killed', async () => {
  // A PostgreSQL of the server's own: it is orphaned by each kill, and has to be recovered.
  await server.stop()
  server = await startServer()
  const { projectId, people } = await startProject(server.url)
  let inFlight = 0
  for (let round = 1; round <= kills; round++) {
    const killAfter = 10 + Math.floor(Math.random() * 150)
    const result = await killRound({ server, round, killAfter, projectId, people, count: 20, everyMs: 40 })
    expect(result, `round ${round}`).toMatchObject({ lost: [], isAnotherProcess: true })
    expect(result.acked).toBeGreaterThanOrEqual(killAfter)
    inFlight += result.inFlight
  }
  // A kill between two acks proves little: over the rounds some were under way.
  expect(inFlight).toBeGreaterThan(kills)
})

it('[DOC6] lets people go on while PostgreSQL is away for 10 s, and commits every word when it is back', async () => {
  const unopened = await createProject(project.owner, 'Open nowhere')
  const socket = await connectSocketio({ serverUrl: server.url, token: project.owner.token })
  const typists = await type('outage')
  await typists.untilAcked(100)

  await postgres.stop('fast')
  const backAtMs = performance.now() + 10_000
  await vi.waitFor(async () => expect((await fetch(`${server.url}/health/ready`)).status).toBe(503), { timeout: 5_000, interval: 100 })
  expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({
    failing: expect.arrayContaining(['database', 'update_log']) as string[],
  })
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  const acked = typists.acked().length
  await untilWordsTravel(typists)
  await expect(joinOn(socket, { serverUrl: server.url, projectId: unopened, token: '' })).rejects.toThrow('store_unavailable')
  expect(await endOfSocket(openYjs(server.url, unopened, { token: project.owner.token }))).toEqual({
    code: 1013,
    reason: 'store_unavailable',
  })
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

it('[DOC11, DOOR17] stops on SIGTERM within its deadline, tells clients, and has every word that it took in PostgreSQL', async () => {
  const announced: unknown[] = []
  const reader = await enterBySocketio({ serverUrl: server.url, projectId: project.projectId, token: project.owner.token })
  const { pid } = server
  reader.socket.on('server:draining', (event: unknown) => {
    announced.push(event)
    // Ctrl-C reaches a server twice, from the terminal and from npm.
    process.kill(pid, 'SIGTERM')
  })
  const typists = await type('sigterm')
  await typists.untilAcked(200)
  const startedAtMs = performance.now()
  expect(await server.terminate()).toBe(0)
  expect(performance.now() - startedAtMs).toBeLessThan(shutdownDeadlineMs)
  const ends = await Promise.all(typists.peers.map((peer) => peer.ended))
  expect(ends.map(({ code, reason }) => `${code} ${reason}`)).toEqual(typists.peers.map(() => '4503 draining'))
  expect(announced).toEqual([{ reconnectInMs: expect.any(Number) as number }])
  // What somebody has seen was taken, acked or not.
  const words = [...typists.acked(), ...reader.peer.text.toString().split(/\s+/)]
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

it(
  '[DOOR2] keeps an unmodified WebsocketProvider connected while nobody types',
  async () => {
    const { editor, sinceMs, owner, projectId } = quiet
    await wait(Math.max(0, quietMs - (performance.now() - sinceMs)))
    expect(editor.connects).toBe(1)
    expect(editor.provider.wsconnected).toBe(true)
    editor.text.insert(0, 'awake ')
    await vi.waitFor(async () => expect(await readSpec(owner, projectId)).toMatch(/^awake /), 5_000)
  },
  quietMs + 30_000,
)
