// A document opened, closed, compacted and given a new history, all of it while people are at work in it.

import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFailed, vi } from 'vitest'
import * as Y from 'yjs'
import { createProvider } from '../client/collab/provider.ts'
import { connectSocket } from '../client/net/socket.ts'
import { enterBySocketio, enterByYjs } from './rigs/peer-lines.ts'
import { missingWords, untilText, type Peer } from './rigs/peer.ts'
import { answerOf, readSpec, type Person } from './rigs/people.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'
import { readMetric } from './rigs/server-metrics.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'
import { step1Of, syncMessage } from './rigs/sync-messages.ts'
import { startProject, startTypists } from './rigs/typists.ts'
import { openForeignEditor, untilSynced } from './rigs/websocket-provider.ts'

/** So short that a test can meet every moment around it. */
const idleMs = 40

let database: FreshDatabase
let server: ServerProcess
let serverUrl: string
let project: { projectId: string; owner: Person; people: Person[] }

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({ env: { DATABASE_URL: database.url, DOCUMENT_IDLE_MS: String(idleMs), COMPACT_AFTER_ROWS: '20' } })
  serverUrl = server.url
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})
beforeEach(async () => {
  onTestFailed(() => void process.stderr.write(server.output()))
  project = await startProject(serverUrl, 1)
})

function entry(person: Person = project.owner) {
  return { serverUrl, projectId: project.projectId, token: person.token }
}

it('[DOC9] gives the whole text to who comes back at any moment of an unload', async () => {
  const acked: string[] = []
  let last = 0
  const comeAndGo = async (round: number): Promise<void> => {
    const { peer } = await (round % 2 === 0 ? enterBySocketio(entry()) : enterByYjs(entry()))
    expect(missingWords(peer.text.toString(), acked), `round ${round}`).toEqual([])
    const word = `round-${round}`
    expect(await peer.typeWord(word)).toBe('')
    acked.push(word)
    // On its way when the connection goes: it may get lost, but not on half the way.
    if (round % 3 === 0) void peer.typeWord(`parting-${round}`)
    peer.close()
    await peer.ended
    last = performance.now()
  }
  for (let round = 0; round < 80; round++) {
    await comeAndGo(round)
    await wait(Math.max(0, last + round * 1.2 - performance.now()))
  }
  await vi.waitFor(async () => expect(await readMetric(serverUrl, 'elenchus_open_documents')).toBe(0), 5_000)
  await comeAndGo(80)
})

it('[DOC9] gives one document to fifty who come at once in the moment it is closed', async () => {
  for (let round = 0; round < 5; round++) {
    const { peer: first } = await enterByYjs(entry())
    first.close()
    await first.ended
    await wait(idleMs - 4 + 2 * round)
    const peers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => (await (index % 2 ? enterByYjs(entry()) : enterBySocketio(entry()))).peer),
    )
    const words = peers.map((_, index) => `r${round}-${index}`)
    await Promise.all(peers.map((peer, index) => peer.typeWord(words[index] ?? '')))
    await Promise.all(peers.map((peer) => peer.untilText((text) => missingWords(text, words).length === 0)))
    expect(new Set(peers.map((peer) => peer.text.toString())).size).toBe(1)
    for (const peer of peers) peer.close()
    await Promise.all(peers.map((peer) => peer.ended))
  }
})

it('[DOC12] compacts under typing: acks go on, and a server started anew knows every acked word', async () => {
  const swapped = () => readMetric(serverUrl, 'elenchus_compactions_total{outcome="swapped"}')
  const before = await swapped()
  const typists = await startTypists({
    serverUrl,
    projectId: project.projectId,
    people: project.people,
    count: 10,
    everyMs: 50,
    label: 'compacted',
  })
  await vi.waitFor(async () => expect(await swapped()).toBeGreaterThanOrEqual(before + 2), { timeout: 30_000, interval: 50 })
  await typists.untilAcked(typists.acked().length + 100)
  typists.stopTyping()
  await typists.untilAnswered()
  expect(typists.refused()).toEqual(new Map())
  const words = typists.acked()
  await typists.leave()
  await server.kill9()
  await server.restart()
  const { peer } = await enterBySocketio(entry())
  expect(missingWords(peer.text.toString(), words)).toEqual([])
  peer.close()
})

it('[DOC17, DOOR3] tells everyone of a replaced history, lets no copy of the old one in, and doubles nothing', async () => {
  const { projectId, owner } = project
  const offline = openForeignEditor(entry())
  await untilSynced(offline)
  const { peer: typist } = await enterBySocketio(entry())
  expect(await typist.typeWord('only-once')).toBe('')
  await untilText(offline.doc, (text) => text.includes('only-once'))
  offline.provider.disconnect()
  offline.text.insert(0, 'offline-words ')
  const connected = openForeignEditor(entry())
  await untilSynced(connected)
  const { peer: byYjs } = await enterByYjs(entry())
  const bySocketio = await enterBySocketio(entry())
  const told = new Promise((resolve) => bySocketio.socket.once('epoch', resolve))
  const connection = connectSocket({ url: serverUrl, token: owner.token })
  const provider = createProvider({ projectId, connection })
  await vi.waitFor(() => expect(provider.state.save.state).toBe('saved'), 5_000)
  const markdown = await readSpec(owner, projectId)

  const { epoch } = await answerOf<{ epoch: number }>(await owner.request(`/api/projects/${projectId}/spec/rebuild`, { method: 'POST' }))
  expect(epoch).toBe(2)
  expect(await byYjs.ended).toEqual({ code: 4409, reason: 'stale_epoch' })
  expect(await told).toEqual({ projectId, epoch })
  expect(bySocketio.peer.end).toBeNull()
  expect(await bySocketio.peer.typeWord('too-late')).toBe('not_joined')
  await vi.waitFor(() => expect(connected.closed).toEqual({ code: 4409, reason: 'stale_epoch' }), 5_000)
  await vi.waitFor(() => expect(provider.state.connection).toMatchObject({ state: 'closed', reason: 'stale_epoch' }), 5_000)

  // Without an epoch, as an editor of somebody else's comes back with what it has kept.
  offline.provider.connect()
  await vi.waitFor(() => expect(offline.closed).toEqual({ code: 4409, reason: 'stale_epoch' }), 5_000)
  expect(offline.text.toString()).toBe(`offline-words ${markdown}`)
  expect((await enterByYjs({ ...entry(), epoch: 1 })).peer.end).toEqual({ code: 4409, reason: 'stale_epoch' })
  await expect(enterBySocketio({ ...entry(), epoch: 1 })).rejects.toMatchObject({ message: 'stale_epoch', epoch: 2 })
  const fresh = await enterBySocketio({ ...entry(), epoch: 2 })
  expect(fresh.peer.text.toString()).toBe(markdown)
  expect(await fresh.peer.send(step1Of(offline.doc))).toBe('stale_epoch')
  // Nor the old copy's words as one update, from somebody who asks for nothing.
  const old = syncMessage('update', Y.encodeStateAsUpdate(offline.doc))
  expect(await fresh.peer.send(old)).toBe('stale_epoch')
  await server.kill9()
  await server.restart()
  const again: Peer = (await enterByYjs(entry())).peer
  expect(await again.send(old)).toBe('stale_epoch')
  expect(await again.ended).toEqual({ code: 4409, reason: 'stale_epoch' })
  expect(await readSpec(owner, projectId)).toBe(markdown)
  expect(markdown.split('only-once')).toHaveLength(2)
  provider.destroy()
  connection.close()
  for (const { peer } of [fresh, bySocketio]) peer.close()
  for (const editor of [offline, connected]) editor.destroy()
})
