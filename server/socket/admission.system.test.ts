// Who is let in through either door, what the others are told, and that a session's end is the end of its sockets.

import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { connectSocketio, endOfSocket, enterBySocketio, enterByYjs, joinOn, openYjs } from '../../test/rigs/peer-lines.ts'
import { createProject, jsonBody, letIn, password, readSpec, signUp, type Person } from '../../test/rigs/people.ts'
import { freshDatabase, onServer, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import { startServer, type ServerProcess } from '../../test/rigs/server-process.ts'
import { openForeignEditor } from '../../test/rigs/websocket-provider.ts'

let database: FreshDatabase
let server: ServerProcess
let serverUrl: string
let owner: Person
let stranger: Person
let projectId: string

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({ env: { DATABASE_URL: database.url } })
  serverUrl = server.url
  owner = await signUp({ serverUrl, name: 'Ada' })
  stranger = await signUp({ serverUrl, name: 'Sue' })
  projectId = await createProject(owner, 'Doors')
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

/** What the handshake with such an `auth` is refused with; null when it is not. */
async function handshakeRefusal(auth: Record<string, unknown>): Promise<unknown> {
  const socket = io(serverUrl, { transports: ['websocket'], auth, forceNew: true, reconnection: false })
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => resolve(null))
      socket.once('connect_error', (error) => resolve((error as Error & { data?: unknown }).data))
    })
  } finally {
    socket.disconnect()
  }
}

/** The whole answer to an upgrade with any request target; a client of `ws` would tidy it up. */
function rawUpgrade(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk)).once('end', () => resolve(Buffer.concat(chunks).toString()))
    socket.once('error', reject)
    socket.write(
      `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    )
  })
}

async function signOut(person: Person): Promise<void> {
  const response = await person.request('/api/auth/sign-out', { ...jsonBody('POST', {}) })
  expect(response.status).toBe(200)
}
it('[DOOR3] closes /yjs with the code of what is wrong, so that y-websocket stops trying', async () => {
  const other = await createProject(stranger, 'Not yours')
  const gone = await signUp({ serverUrl, name: 'Gone' })
  await letIn({ owner, projectId, people: [gone] })
  await signOut(gone)
  const late = await signUp({ serverUrl, name: 'Late' })
  await onServer(database.url, `update session set "expiresAt" = now() - interval '1 second' where "userId" = '${late.userId}'`)
  const nowhere = '00000000-0000-4000-8000-000000000000'
  const { token } = owner
  const ends = await Promise.all(
    (
      [
        [projectId, {}, 4401],
        [projectId, { token: 'garbage' }, 4401],
        [projectId, { token: 'x'.repeat(5_000) }, 4401],
        [projectId, { token: `${token}\0` }, 4401],
        [projectId, { token: gone.token }, 4401],
        [projectId, { token: late.token }, 4401],
        [other, { token }, 4404],
        [nowhere, { token }, 4404],
        ['no-uuid', { token }, 4404],
        ['', { token }, 4404],
        ["';drop table project;--", { token }, 4404],
        [`${projectId}/more`, { token }, 4404],
        [encodeURIComponent('../../etc/passwd'), { token }, 4404],
        [projectId.toUpperCase(), { token }, 4404],
        [projectId, { token, epoch: '99' }, 4409],
        [projectId, { token, epoch: 'many' }, 4422],
      ] as const
    ).map(async ([name, params, code]) => [name, params, code, await endOfSocket(openYjs(serverUrl, name, params))] as const),
  )
  for (const [name, params, code, end] of ends) expect(end, `${name} ${JSON.stringify(params).slice(0, 80)}`).toMatchObject({ code })
  const foreign = openForeignEditor({ serverUrl, projectId, token: 'garbage' })
  await vi.waitFor(() => expect(foreign.closed).toMatchObject({ code: 4401, reason: 'unauthenticated' }), 5_000)
  expect(foreign.provider.shouldConnect).toBe(false)
  foreign.destroy()
})

it('[DOOR5] refuses a Socket.IO connection without a session by name, and polling with a way out', async () => {
  const gone = await signUp({ serverUrl, name: 'Gone' })
  await signOut(gone)
  for (const token of ['', 'garbage', gone.token]) {
    expect(await handshakeRefusal({ token })).toEqual({ code: 'unauthenticated', message: expect.any(String) as string, retryable: false })
  }
  for (const token of [42, { $ne: '' }, ['x'], null]) expect(await handshakeRefusal({ token })).toMatchObject({ code: 'unauthenticated' })
  const response = await fetch(`${serverUrl}/socket.io/?EIO=4&transport=polling`)
  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(await response.json()).toMatchObject({
    code: 'polling_not_supported',
    detail: expect.stringContaining("transports: ['websocket']") as string,
  })
})

it('[DOOR18] refuses a page that speaks another version of the wire', async () => {
  expect(await handshakeRefusal({ token: owner.token, protocol: protocolVersion + 1 })).toMatchObject({
    code: 'protocol_unsupported',
    retryable: false,
  })
  expect(await handshakeRefusal({ token: owner.token, protocol: protocolVersion })).toBe(null)
})

it('[DOOR11] takes a cookie only from an origin of ours, and a token from any', async () => {
  const response = await fetch(`${serverUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: serverUrl },
    body: JSON.stringify({ email: owner.email, password }),
  })
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const address = `${serverUrl.replace('http', 'ws')}/yjs/${projectId}`
  const foreign = { origin: 'https://evil.example' }
  expect(await endOfSocket(new WebSocket(address, { headers: { cookie, ...foreign } }))).toEqual({
    code: 4403,
    reason: 'origin_not_allowed',
  })
  const firstMessage = (socket: WebSocket) =>
    new Promise((resolve, reject) => {
      socket.once('message', resolve)
      socket.once('close', (code) => reject(new Error(`closed with ${code}`)))
    }).finally(() => socket.terminate())
  await firstMessage(new WebSocket(address, { headers: { cookie, origin: serverUrl } }))
  await firstMessage(new WebSocket(`${address}?token=${owner.token}`, { headers: foreign }))

  const bySocketio = (headers: Record<string, string>, token?: string) =>
    new Promise((resolve) => {
      const socket = io(serverUrl, {
        transports: ['websocket'],
        extraHeaders: headers,
        forceNew: true,
        reconnection: false,
        ...(token ? { auth: { token } } : {}),
      })
      socket.once('connect', () => resolve('connected'))
      socket.once('connect_error', (error: Error & { data?: { code: string } }) => resolve(error.data?.code))
    })
  expect(await bySocketio({ cookie, ...foreign })).toBe('origin_not_allowed')
  expect(await bySocketio({ cookie, origin: serverUrl })).toBe('connected')
  expect(await bySocketio(foreign, owner.token)).toBe('connected')
})

it('[DOOR12] ends the open sockets of a session within a second of its sign-out, on both doors, and of no other', async () => {
  const leaver = await signUp({ serverUrl, name: 'Leaver' })
  await letIn({ owner, projectId, people: [leaver] })
  const entry = { serverUrl, projectId, token: leaver.token }
  const { peer, socket } = await enterBySocketio(entry)
  const other = await enterByYjs(entry)
  const witness = await enterByYjs({ ...entry, token: owner.token })
  const access = new Promise((resolve) => socket.once('access', resolve))
  const startedAtMs = performance.now()
  await signOut(leaver)
  expect(await other.peer.ended).toEqual({ code: 4401, reason: 'unauthenticated' })
  expect(await access).toEqual({ projectId, role: null, reason: 'signed_out' })
  expect((await peer.ended).reason).toBe('io server disconnect')
  expect(performance.now() - startedAtMs).toBeLessThan(1_000)
  expect(await witness.peer.typeWord('stays')).toBe('')
  witness.peer.close()
})

it('[DOOR12] leaves no socket open that was on its way in when its session was ended', async () => {
  const leaver = await signUp({ serverUrl, name: 'Racer' })
  await letIn({ owner, projectId, people: [leaver] })
  const entry = { serverUrl, projectId, token: leaver.token }
  const idle = await connectSocketio(entry)
  // Whoever asks for a role waits as long as this lock is held, which makes a moment as long as the test needs.
  const locker = new Client({ connectionString: database.url })
  await locker.connect()
  await locker.query('begin; lock table members in access exclusive mode')
  const socket = openYjs(serverUrl, projectId, { token: leaver.token })
  const ended = endOfSocket(socket)
  await new Promise((resolve) => socket.once('open', resolve))
  const joining = joinOn(idle, entry).then(
    () => 'joined',
    (error: Error) => error.message,
  )
  await vi.waitFor(async () => {
    const { rows } = await locker.query<{ waiting: string }>(`select count(*) as waiting from pg_locks where not granted`)
    expect(Number(rows[0]?.waiting)).toBe(2)
  }, 5_000)
  await signOut(leaver)
  await locker.query('rollback')
  await locker.end()
  expect(await Promise.race([ended, wait(2_000, 'still open', { ref: false })])).toEqual({ code: 4401, reason: 'unauthenticated' })
  expect(await joining).toBe('draining')
})

it('[DOOR12] takes no word of a signed-out person who goes on sending instead of closing', async () => {
  const leaver = await signUp({ serverUrl, name: 'Stubborn' })
  await letIn({ owner, projectId, people: [leaver] })
  const { peer, socket } = await enterByYjs({ serverUrl, projectId, token: leaver.token })
  const witness = await enterBySocketio({ serverUrl, projectId, token: owner.token })
  // Reads nothing from now on, so it does not know that it was closed.
  socket.pause()
  await signOut(leaver)
  void peer.typeWord('too-late')
  expect(await witness.peer.typeWord('meanwhile')).toBe('')
  expect(await readSpec(owner, projectId)).toContain('meanwhile')
  void peer.typeWord('far-too-late')
  // What comes behind the two words on their connection is answered behind them: the server's end of it is seen by a fresh one.
  const later = await enterByYjs({ serverUrl, projectId, token: owner.token })
  expect(await later.peer.typeWord('after')).toBe('')
  expect(await readSpec(owner, projectId)).not.toContain('too-late')
  socket.terminate()
  for (const { peer: other } of [witness, later]) other.close()
})

it('[DOOR12] ends open sockets when their session expires', async () => {
  const late = await signUp({ serverUrl, name: 'Late' })
  await letIn({ owner, projectId, people: [late] })
  const again = await fetch(`${serverUrl}/api/auth/sign-in/email`, {
    ...jsonBody('POST', { email: late.email, password }),
    headers: { 'content-type': 'application/json', origin: serverUrl },
  })
  const { token } = (await again.json()) as { token: string }
  await onServer(database.url, `update session set "expiresAt" = now() + interval '1 second' where token = '${token}'`)
  const { peer } = await enterByYjs({ serverUrl, projectId, token })
  expect(await peer.ended).toEqual({ code: 4401, reason: 'unauthenticated' })
})

it('[DOOR15] answers an upgrade to any other path with 404', async () => {
  for (const path of ['/', '/yjs', '/api/projects', '/socket.iox/', '//', '//evil/yjs/x', '/x/../yjs/y', '/%2e%2e/yjs/', 'http://[', '*']) {
    expect(await rawUpgrade(server.port, path), path).toMatch(/^HTTP\/1\.1 404 /)
  }
})
