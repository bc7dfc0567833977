// What must not hurt anybody but its sender: bytes that are no messages, too much, too large, of the wrong shape, through both doors.

import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFailed } from 'vitest'
import * as Y from 'yjs'
import { connectSocketio, endOfSocket, enterBySocketio, enterByYjs, joinOn, openYjs, type SocketioPeer } from '../../test/rigs/peer-lines.ts'
import { createProject, jsonBody, letIn, readSpec, signUp, type Person } from '../../test/rigs/people.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { startServer, type ServerProcess } from '../../test/rigs/server-process.ts'
import { awarenessMessage, awarenessUpdate, chunkMessage, syncMessage } from '../../test/rigs/sync-messages.ts'

const mib = 1024 * 1024

let database: FreshDatabase
let server: ServerProcess
let serverUrl: string
let pid: number
let owner: Person
let sender: Person
let projectId: string
/** Somebody in the same document, who must notice nothing. */
let witness: SocketioPeer

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({ env: { DATABASE_URL: database.url } })
  serverUrl = server.url
  pid = server.pid
  owner = await signUp({ serverUrl, name: 'Witness' })
  sender = await signUp({ serverUrl, name: 'Sender' })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

beforeEach(async () => {
  projectId = await createProject(owner, 'Bad input')
  await letIn({ owner, projectId, people: [sender] })
  witness = await enterBySocketio({ serverUrl, projectId, token: owner.token })
  onTestFailed(() => void process.stderr.write(server.output()))
})

afterEach(async () => {
  const { peer } = witness
  expect(peer.end).toBeNull()
  const before = peer.heard.length
  expect(await peer.typeWord('witness')).toBe('')
  expect(await readSpec(owner, projectId)).toBe(peer.text.toString())
  // Nobody's but its own, and words that were taken.
  expect(peer.heard.slice(before).filter(({ type }) => type === 'step1')).toEqual([])
  expect(server.pid).toBe(pid)
  process.kill(pid, 0)
  // An error of ours in the log is a fault of the sender that was taken for one of ours.
  expect(server.output()).not.toMatch(/"level":"(error|fatal)"/)
  peer.close()
})

const enter = () => ({ serverUrl, projectId, token: sender.token })

/** Bytes that are no message, or only the beginning of one. */
function badFrames(): Uint8Array[] {
  const doc = new Y.Doc()
  doc.getText('content').insert(0, 'some words that are long enough to be cut')
  const update = Y.encodeStateAsUpdate(doc)
  const whole = syncMessage('update', update)
  const truncated = Array.from({ length: whole.byteLength - 1 }, (_, length) => whole.subarray(0, length))
  const inside = [3, update.byteLength >> 1, update.byteLength - 1].map((length) => syncMessage('update', update.subarray(0, length)))
  const random = Array.from({ length: 60 }, (_, index) => new Uint8Array([0, index % 3, ...randomBytes(1 + (index % 40))]))
  return [...truncated, ...inside, ...random, new Uint8Array([0, 9, 0]), new Uint8Array([1, 0]), new Uint8Array([1, 5, 255]), new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])]
}

it('[DOOR8] closes who sends bytes that are no message on /yjs, and refuses them on Socket.IO', async () => {
  const text = await readSpec(owner, projectId)
  const bySocketio = await enterBySocketio(enter())
  let refused = 0
  for (const frame of badFrames()) {
    const code = await bySocketio.peer.send(frame)
    expect(['', 'invalid_frame', 'too_large'], Buffer.from(frame).toString('hex')).toContain(code)
    if (code === 'invalid_frame') refused++
  }
  expect(refused).toBeGreaterThan(60)
  expect(bySocketio.peer.end).toBeNull()
  bySocketio.peer.close()
  for (const frame of badFrames().filter((_, index) => index % 4 === 0)) {
    const { peer, socket } = await enterByYjs(enter())
    socket.send(frame)
    // Some random bytes are a message after all; what follows is none.
    socket.send(new Uint8Array([0, 9, 0]))
    expect(await peer.ended).toEqual({ code: 4422, reason: 'invalid_frame' })
  }
  expect(await readSpec(owner, projectId)).toBe(text)
})

it('[DOOR8] ends in the same way what is wrong before the join is over', async () => {
  for (const frame of [randomBytes(40), new Uint8Array([0, 2, 200]), 'a text frame', '{"json": true}', new Uint8Array()]) {
    const socket = openYjs(serverUrl, projectId, { token: sender.token })
    socket.once('open', () => socket.send(frame))
    socket.once('open', () => socket.send(new Uint8Array([0, 9, 0])))
    expect(await endOfSocket(socket)).toEqual({ code: 4422, reason: 'invalid_frame' })
    const unknown = openYjs(serverUrl, projectId, { token: 'garbage' })
    unknown.once('open', () => unknown.send(frame))
    expect(await endOfSocket(unknown)).toEqual({ code: 4401, reason: 'unauthenticated' })
  }
  const socket = await connectSocketio(enter())
  const answer: unknown = await socket.emitWithAck('yjs', projectId, randomBytes(40), undefined)
  expect(answer).toMatchObject({ ok: false, error: { code: 'not_joined' } })
  socket.close()
})

it('[DOOR6] answers wrong types in every argument of every event by a named error', async () => {
  const { peer, socket } = await enterBySocketio(enter())
  const values = [undefined, null, true, -1, 1.5, 'text', '', [], [projectId], {}, { projectId: 1 }, { projectId, epoch: 'x' }, { projectId, extra: 1 }, Buffer.from('bytes'), { projectId: 'x'.repeat(100) }]
  for (const value of values) {
    for (const event of ['project:join', 'project:leave']) {
      expect(await socket.emitWithAck(event, value), `${event} ${JSON.stringify(value)}`).toMatchObject({ ok: false, error: { code: 'invalid_request', retryable: false } })
    }
    const asProject: unknown = await socket.emitWithAck('yjs', value, new Uint8Array([3]), undefined)
    expect(asProject).toMatchObject({ ok: false, error: { code: 'not_joined' } })
    const asBytes: unknown = await socket.emitWithAck('yjs', projectId, value, undefined)
    if (!(value instanceof Buffer)) expect(asBytes, JSON.stringify(value)).toMatchObject({ ok: false, error: { code: 'invalid_frame' } })
  }
  for (const epoch of ['1', {}, [], true, 1.5, -1]) {
    expect(await socket.emitWithAck('yjs', projectId, new Uint8Array([3]), epoch), JSON.stringify(epoch)).toMatchObject({ ok: false, error: { code: epoch === -1 ? 'stale_epoch' : 'invalid_request' } })
  }
  // Without arguments, without an ack, with something else in its place: nothing to answer, nothing to break.
  socket.emit('yjs')
  socket.emit('project:join')
  socket.emit('project:join', { projectId }, 'no function')
  socket.emit('project:leave', null)
  socket.emit('yjs', projectId, new Uint8Array([9, 9, 9]), undefined, 'no function')
  socket.emit('no:such:event', { projectId })
  for (const id of ['no-uuid', '00000000-0000-4000-8000-000000000000', projectId.toUpperCase(), '../..', "';--"]) {
    expect(await socket.emitWithAck('project:join', { projectId: id })).toMatchObject({ ok: false, error: { code: 'not_found', retryable: false } })
    expect(await socket.emitWithAck('project:leave', { projectId: id })).toMatchObject({ ok: true })
  }
  expect(await peer.typeWord('still-here')).toBe('')
  socket.close()
})

it('[DOOR8] takes no presence for somebody else, and none that is too large', async () => {
  const { clientID } = witness.peer.doc
  await witness.peer.sayState({ cursor: 1 })
  const heardBefore = witness.peer.heard.length
  const { peer } = await enterBySocketio(enter())
  await peer.sayState({ cursor: 2 })
  expect(await peer.send(awarenessMessage(awarenessUpdate([{ clientId: clientID, clock: 99, json: '{"user":{"name":"Forged"}}' }])))).toBe('')
  expect(await peer.send(awarenessMessage(awarenessUpdate([{ clientId: clientID, clock: 999, json: 'null' }])))).toBe('')
  const large = JSON.stringify({ cursor: 'x'.repeat(2 * mib) })
  expect(await peer.send(awarenessMessage(awarenessUpdate([{ clientId: peer.doc.clientID, clock: 9, json: large }])))).toBe('awareness_too_large')
  for (const json of ['', '{', '[1]', '"text"', '7', '{"a":', 'undefined']) {
    expect(await peer.send(awarenessMessage(awarenessUpdate([{ clientId: peer.doc.clientID, clock: 10, json }]))), json).toBe('invalid_frame')
  }
  // Another newcomer is told what everybody knows: the witness is where it was, the sender has its last good state.
  const { peer: newcomer } = await enterBySocketio(enter())
  expect(await newcomer.send(new Uint8Array([3]))).toBe('')
  expect(newcomer.awareness.getStates().get(clientID)).toMatchObject({ cursor: 1, user: { name: 'Witness' } })
  expect(newcomer.awareness.getStates().get(peer.doc.clientID)).toMatchObject({ cursor: 2, user: { name: 'Sender' } })
  const told = witness.peer.heard.slice(heardBefore).filter(({ type }) => type === 'awareness')
  expect(Math.max(...told.map((message) => (message.type === 'awareness' ? message.update.byteLength : 0)))).toBeLessThan(2_000)
  newcomer.close()
  peer.close()
  const other = await enterByYjs(enter())
  other.socket.send(awarenessMessage(awarenessUpdate([{ clientId: other.peer.doc.clientID, clock: 1, json: large }])))
  expect(await other.peer.typeWord('after-a-large-state')).toBe('')
  other.peer.close()
})

it('[DOOR9] refuses an update of 20 MB by name, and closes for what is more than it reads', async () => {
  const large = new Y.Doc()
  large.getText('content').insert(0, 'x'.repeat(20 * mib))
  const message = syncMessage('update', Y.encodeStateAsUpdate(large))
  const bySocketio = await enterBySocketio(enter())
  expect(await bySocketio.peer.send(message)).toBe('too_large')
  expect(await bySocketio.peer.typeWord('after-20-mb')).toBe('')
  expect(await sendAndAnswer(message)).toEqual({ code: 4413, reason: 'too_large' })
  const more = new Uint8Array(33 * mib)
  expect(await sendAndAnswer(more)).toEqual({ code: 4413, reason: 'too_large' })
  void bySocketio.peer.send(more)
  expect(await bySocketio.peer.ended).toMatchObject({ code: 4413, reason: 'too_large' })
})

/** How /yjs ends for who sends this. */
async function sendAndAnswer(message: Uint8Array) {
  const { peer, socket } = await enterByYjs(enter())
  socket.send(message)
  return peer.ended
}

it('[DOOR10] takes a large message in chunks, gives one in chunks to who asks, whole to others, and refuses chunks out of order', async () => {
  const { peer } = await enterBySocketio({ ...enter(), chunks: true })
  const large = new Y.Doc()
  large.getText('content').insert(0, ` ${'long '.repeat(500_000)}`)
  const message = syncMessage('update', Y.encodeStateAsUpdate(large))
  const parts = [0, 1, 2].map((index) => message.subarray(index * mib, (index + 1) * mib))
  const chunk = (index: number, transferId = 7, count = 3) => chunkMessage({ transferId, index, count, bytes: parts[index] ?? new Uint8Array() })
  expect(await peer.send(chunk(1))).toBe('invalid_frame')
  expect(await peer.send(chunk(0))).toBe('')
  expect(await peer.send(chunk(2))).toBe('invalid_frame')
  expect(await peer.send(chunk(0))).toBe('')
  expect(await peer.send(chunk(1, 8))).toBe('invalid_frame')
  expect(await peer.send(chunk(0))).toBe('')
  expect(await peer.send(chunk(1))).toBe('')
  expect(await peer.send(chunk(2))).toBe('')
  const markdown = await readSpec(owner, projectId)
  expect(markdown).toContain('long long')
  for (const door of [enterBySocketio, enterByYjs]) {
    const inParts = await door({ ...enter(), chunks: true })
    expect(inParts.peer.heard.filter(({ type }) => type === 'chunk')).toHaveLength(3)
    expect(inParts.peer.text.toString()).toBe(markdown)
    const whole = await door(enter())
    expect(whole.peer.heard.filter(({ type }) => type === 'chunk')).toHaveLength(0)
    expect(whole.peer.text.toString()).toBe(markdown)
    inParts.peer.close()
    whole.peer.close()
  }
  peer.close()
  const byYjs = await enterByYjs(enter())
  byYjs.socket.send(chunk(2))
  expect(await byYjs.peer.ended).toEqual({ code: 4422, reason: 'invalid_frame' })
})

it('[DOC18] makes LF of CRLF, however it comes in', async () => {
  const { peer } = await enterByYjs(enter())
  expect(await peer.edit((text) => text.insert(0, 'one\r\ntwo\rthree'))).toBe('')
  await witness.peer.untilText((text) => text.startsWith('one\ntwo\nthree'))
  expect(await peer.edit((text) => text.insert(0, 'cut\r'))).toBe('')
  expect(await peer.edit((text) => text.insert(text.toString().indexOf('cut') + 4, '\nhere '))).toBe('')
  await witness.peer.untilText((text) => text.startsWith('cut') && text.includes('here '))
  expect(await readSpec(owner, projectId)).not.toContain('\r')
  peer.close()
})

it('[DOOR8] keeps markup and SQL in every name as text', async () => {
  const nasty = `<img src=x onerror="alert(1)">'; drop table project; -- \${1} {{x}} \\`
  const person = await signUp({ serverUrl, name: nasty.slice(0, 90) })
  const own = await createProject(person, nasty, nasty)
  const project = (await (await person.request(`/api/projects/${own}`)).json()) as { name: string; description: string }
  expect(project).toMatchObject({ name: nasty, description: nasty })
  const { joined, peer } = await joinOn(await connectSocketio({ serverUrl, token: person.token }), { serverUrl, projectId: own, token: person.token })
  expect(joined.members).toMatchObject([{ name: nasty.slice(0, 90), role: 'owner' }])
  expect(await readSpec(person, own)).toContain('<img')
  peer.close()
})

it('[DOC18, DOC20] takes a spec of 1 MB and of nothing over HTTP, merges from a base, and refuses what is no text or has no base', async () => {
  const address = `/api/projects/${projectId}/spec`
  const put = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) => owner.request(address, { method: 'PUT', body, headers: { 'content-type': 'text/markdown', accept: 'text/markdown', ...headers } })
  const line = 'A line with a € and a 😀 in it.\r\n'
  const large = line.repeat(Math.ceil(mib / Buffer.byteLength(line)))
  const first = await put(large)
  expect(first.status).toBe(200)
  expect(await first.text()).toBe(large.replaceAll('\r\n', '\n'))
  const base = first.headers.get('etag') ?? ''
  expect(await witness.peer.edit((text) => text.insert(0, 'typed meanwhile\n'))).toBe('')
  const merged = await put(`${large}appended\n`, { 'if-match': base })
  expect(merged.status).toBe(200)
  const text = await merged.text()
  expect(text.startsWith('typed meanwhile\nA line')).toBe(true)
  expect(text.endsWith('in it.\nappended\n')).toBe(true)
  const unknown = await put('mine', { 'if-match': '"1-0000"' })
  expect(unknown.status).toBe(412)
  expect(await unknown.json()).toMatchObject({ code: 'base_not_held' })
  for (const binary of [randomBytes(4_096), Buffer.from('%PDF-1.7\n\0\0\0'), Buffer.from([0xff, 0xfe, 0x41, 0x00])]) {
    const refused = await put(new Uint8Array(binary))
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'not_text' })
  }
  expect((await put('x', { 'content-type': 'image/png' })).status).toBe(415)
  expect((await put('x'.repeat(6 * mib))).status).toBe(413)
  expect((await put('x'.repeat(40 * mib))).status).toBe(413)
  expect(await readSpec(owner, projectId)).toBe(text)
  const emptied = await put('')
  expect([emptied.status, await emptied.text()]).toEqual([200, ''])
  await witness.peer.untilText((now) => now === '')
})
