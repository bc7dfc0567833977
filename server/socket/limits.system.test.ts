// The limits of a connection, of a person and of a document, on a server where they are small.

import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it, onTestFailed, vi } from 'vitest'
import type { Ack } from '../../shared/wire/events.ts'
import { endOfSocket, enterBySocketio, enterByYjs, openYjs } from '../../test/rigs/peer-lines.ts'
import { createProject, letIn, signUp, type Person } from '../../test/rigs/people.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { readMetric } from '../../test/rigs/server-metrics.ts'
import { startServer, type ServerProcess } from '../../test/rigs/server-process.ts'
import { openForeignEditor } from '../../test/rigs/websocket-provider.ts'

const updatesPerSecond = 50
const updatesBurst = 20
const eventsBurst = 30
const perPerson = 3
const perDocument = 5

let database: FreshDatabase
let server: ServerProcess
let serverUrl: string
let people: Person[]
let projectId: string

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({
    env: {
      DATABASE_URL: database.url,
      UPDATES_PER_SECOND: String(updatesPerSecond),
      UPDATES_BURST: String(updatesBurst),
      EVENTS_PER_SECOND: '5',
      EVENTS_BURST: String(eventsBurst),
      PERSON_CONNECTIONS_MAX: String(perPerson),
      DOCUMENT_CONNECTIONS_MAX: String(perDocument),
    },
  })
  serverUrl = server.url
  people = await Promise.all(['Ada', 'Grace', 'Barbara'].map((name) => signUp({ serverUrl, name })))
  const [owner, ...others] = people
  if (!owner) throw new RangeError('nobody signed up')
  projectId = await createProject(owner, 'Limits')
  await letIn({ owner, projectId, people: others })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

afterEach(untilAllAreGone)

async function untilAllAreGone(): Promise<void> {
  // A client is gone for itself before it is for the server.
  for (const door of ['socketio', 'yjs']) {
    await vi.waitFor(async () => expect(await readMetric(serverUrl, `elenchus_connections{door="${door}"}`)).toBe(0), 10_000)
  }
}

const entry = (index: number) => ({ serverUrl, projectId, token: people[index]?.token ?? '' })

it.each([
  ['Socket.IO', enterBySocketio],
  ['/yjs', enterByYjs],
])('[DOOR13] slows down who sends too much through %s, and refuses nothing', async (_door, enter) => {
  onTestFailed(() => void process.stderr.write(server.output()))
  const { peer } = await enter(entry(0))
  const { peer: other } = await (enter === enterByYjs ? enterBySocketio : enterByYjs)(entry(1))
  const count = 120
  const startedAtMs = performance.now()
  const answers = Promise.all(Array.from({ length: count }, (_, index) => peer.typeWord(`fast-${index}`)))
  // Somebody else in the document does not wait with them.
  expect(await other.typeWord('meanwhile')).toBe('')
  const otherMs = performance.now() - startedAtMs
  expect(new Set(await answers)).toEqual(new Set(['']))
  // What had arrived in one piece is taken at once; the time for it is made up before anything more is read.
  expect(await peer.typeWord('behind')).toBe('')
  const tookMs = performance.now() - startedAtMs
  expect(tookMs).toBeGreaterThan(((count - updatesBurst) / updatesPerSecond) * 1_000 * 0.7)
  expect(otherMs).toBeLessThan(tookMs / 2)
  expect(peer.end).toBeNull()
  for (const one of [peer, other]) one.close()
})

it('[DOOR14] refuses one connection too many of a person and of a document by name, and lets one in again when one goes', async () => {
  const first = await Promise.all(
    Array.from({ length: perPerson }, (_, index) => (index % 2 ? enterByYjs(entry(0)) : enterBySocketio(entry(0)))),
  )
  expect(await endOfSocket(openYjs(serverUrl, projectId, { token: entry(0).token }))).toEqual({
    code: 4529,
    reason: 'too_many_connections',
  })
  await expect(enterBySocketio(entry(0))).rejects.toThrow('too_many_connections')
  const second = await Promise.all(Array.from({ length: perDocument - perPerson }, () => enterByYjs(entry(1))))
  expect(await endOfSocket(openYjs(serverUrl, projectId, { token: entry(2).token }))).toEqual({ code: 4504, reason: 'document_crowded' })
  await expect(enterBySocketio(entry(2))).rejects.toThrow('document_crowded')
  // A limit passes: an unmodified editor goes on trying, and is in as soon as there is room.
  const waiting = openForeignEditor(entry(2))
  const synced = new Promise((resolve) => waiting.provider.on('sync', (isSynced) => isSynced && resolve(true)))
  await new Promise((resolve) => waiting.provider.once('connection-close', resolve))
  first[0]?.peer.close()
  expect(await synced).toBe(true)
  expect(waiting.closed).toBeNull()
  waiting.destroy()
  for (const { peer } of [...first, ...second]) peer.close()
})

it('[LIM4] refuses events past their rate by name, serves edits meanwhile, and takes events again', async () => {
  const { socket, peer } = await enterBySocketio(entry(0))
  const leave = () => socket.emitWithAck('project:leave', { projectId: randomUUID() }) as Promise<Ack>
  const answers = await Promise.all(Array.from({ length: eventsBurst * 2 }, leave))
  const refused = answers.filter((answer) => !answer.ok)
  expect(answers.slice(0, eventsBurst - 2).every(({ ok }) => ok)).toBe(true)
  expect(refused.length).toBeGreaterThan(0)
  for (const answer of refused) expect(answer).toMatchObject({ ok: false, error: { code: 'rate_limited', retryable: true } })
  expect(await peer.typeWord('through')).toBe('')
  await vi.waitFor(async () => expect(await leave()).toEqual({ ok: true }), 10_000)
  peer.close()
})
