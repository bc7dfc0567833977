// Accounts over real sockets: what an API token opens and how it ends on two nodes, and that no secret of all this is in the log.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { nextResetTokenFor, openMailBox, type MailBox } from './rigs/mail-box.ts'
import { connectSocketio, endOfSocket, enterBySocketio, enterByYjs, joinOn, openYjs } from './rigs/peer-lines.ts'
import { answerOf, createProject, jsonBody, password, readSpec, signUp, type Person } from './rigs/people.ts'
import { freshDatabase, onServer, type FreshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'
import { openForeignEditor } from './rigs/websocket-provider.ts'

let database: FreshDatabase
let box: MailBox
let nodes: [ServerProcess, ServerProcess]
let owner: Person
let projectId: string

beforeAll(async () => {
  ;[database, box] = await Promise.all([freshDatabase(), openMailBox()])
  const env = {
    DATABASE_URL: database.url,
    SMTP_URL: box.url,
    AUTH_SECRET: 'the same secret on all nodes, long enough',
    LOG_LEVEL: 'trace',
  }
  nodes = await Promise.all([startServer({ env }), startServer({ env })])
  owner = await signUp({ serverUrl: nodes[0].url, name: 'Ada' })
  projectId = await createProject(owner, 'Tokens')
})
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()))
  await box.close()
  await database.drop()
})

interface Made {
  id: string
  token: string
}

const makeToken = async (scopes: string[], more: object = {}): Promise<Made> =>
  answerOf<Made>(await owner.request('/api/account/tokens', jsonBody('POST', { name: 'Editor', scopes, ...more })))

const onSecond = (token: string) => ({ serverUrl: nodes[1].url, projectId, token })

/** Everything that ends within a second on the other node after `end` was done on the first. */
async function seeEnd(token: string, end: () => Promise<void>): Promise<void> {
  const bySocketio = await enterBySocketio(onSecond(token))
  const byYjs = await enterByYjs(onSecond(token))
  const closed = endOfSocket(byYjs.socket)
  const disconnected = new Promise((resolve) => bySocketio.socket.once('disconnect', resolve))
  await end()
  const endedAt = performance.now()
  expect(await closed).toEqual({ code: 4401, reason: 'unauthenticated' })
  await disconnected
  expect(performance.now() - endedAt).toBeLessThan(1_000)
  await expect(connectSocketio(onSecond(token))).rejects.toMatchObject({ code: 'unauthenticated' })
}

describe('an API token at the doors', () => {
  it('[TOK3] opens both of them in its role: one that writes writes, one that reads is refused by name', async () => {
    const writer = await makeToken(['write'])
    const reader = await makeToken(['read'])
    const editor = openForeignEditor({ serverUrl: nodes[1].url, projectId, token: writer.token })
    await vi.waitFor(() => expect(editor.provider.synced).toBe(true), 10_000)
    editor.destroy()
    const writing = await enterBySocketio(onSecond(writer.token))
    expect(writing.joined.role).toBe('editor')
    expect(await writing.peer.typeWord('written')).toBe('')
    const reading = await enterBySocketio(onSecond(reader.token))
    expect(reading.joined.role).toBe('viewer')
    expect(await reading.peer.typeWord('never')).toBe('read_only')
    const plain = await enterByYjs(onSecond(reader.token))
    expect(await plain.peer.typeWord('never')).toBe('read_only')
    for (const socket of [writing.socket, reading.socket, plain.socket]) socket.close()
    await expect.poll(() => readSpec(owner, projectId)).toContain('written')
    expect(await readSpec(owner, projectId)).not.toContain('never')
  })

  it('[TOK3] opens only the projects it was made for', async () => {
    const other = await createProject(owner, 'Other')
    const { token } = await makeToken(['administer'], { projectIds: [other] })
    expect(await endOfSocket(openYjs(nodes[1].url, projectId, { token }))).toMatchObject({ code: 4404 })
    await expect(enterBySocketio(onSecond(token))).rejects.toThrow('not_found')
  })

  it('[TOK5] that is deleted on one node is out on the other within a second', async () => {
    const { id, token } = await makeToken(['write'])
    await seeEnd(token, async () => {
      expect((await owner.request(`/api/account/tokens/${id}`, { method: 'DELETE' })).status).toBe(204)
    })
  })

  it('[TOK5] that expires is out', async () => {
    const { id, token } = await makeToken(['write'])
    await onServer(database.url, `update api_tokens set expires_at = now() + interval '2 seconds' where id = '${id}'`)
    const { socket } = await enterByYjs(onSecond(token))
    expect(await endOfSocket(socket)).toEqual({ code: 4401, reason: 'unauthenticated' })
  })
})

describe('a name', () => {
  it('[ACC1] that is changed on one node is seen in open documents of the other: in presence, beside the cursor, and at the next join', async () => {
    const person = await signUp({ serverUrl: nodes[0].url, name: 'Bee' })
    const own = await createProject(person, 'Mine')
    const other = await createProject(person, 'Mine too')
    const { socket, peer } = await enterBySocketio({ serverUrl: nodes[1].url, projectId: own, token: person.token })
    const editor = openForeignEditor({ serverUrl: nodes[1].url, projectId: own, token: person.token })
    await vi.waitFor(() => expect(editor.provider.synced).toBe(true), 10_000)
    await peer.sayState({ cursor: 1 })
    const names = () =>
      [...editor.provider.awareness.getStates().values()].map((state) => (state as { user?: { name?: string } }).user?.name)
    await expect.poll(names).toContain('Bee')
    const present = new Promise<{ present: { name: string }[] }>((resolve) =>
      socket.on('presence', (event: { present: { name: string }[] }) => event.present.some(({ name }) => name === 'Bea') && resolve(event)),
    )
    expect((await person.request('/api/account', jsonBody('PATCH', { name: 'Bea' }))).status).toBe(200)
    expect((await present).present).toMatchObject([{ name: 'Bea', connections: 2 }])
    await expect.poll(names).toContain('Bea')
    expect(names()).not.toContain('Bee')
    const joined = await joinOn(socket, { serverUrl: nodes[1].url, projectId: other, token: person.token })
    expect(joined.joined.members).toMatchObject([{ name: 'Bea' }])
    await expect.poll(() => joined.joined.present.map(({ name }) => name)).toEqual(['Bea'])
    editor.destroy()
    socket.close()
  })
})

describe('sessions', () => {
  it('[ACC2] that a password change ends are out on the other node within a second; the own one stays', async () => {
    const person = await signUp({ serverUrl: nodes[0].url, name: 'Bea' })
    const own = await createProject(person, 'Mine')
    const other = await answerOf<{ token: string }>(
      await fetch(`${nodes[1].url}/api/auth/sign-in/email`, {
        ...jsonBody('POST', { email: person.email, password }),
        headers: { 'content-type': 'application/json', origin: nodes[1].url },
      }),
    )
    const kept = await enterByYjs({ serverUrl: nodes[1].url, projectId: own, token: person.token })
    const lost = await enterByYjs({ serverUrl: nodes[1].url, projectId: own, token: other.token })
    const closed = endOfSocket(lost.socket)
    const body = { currentPassword: password, newPassword: 'another phrase of mine' }
    expect((await person.request('/api/account/password', jsonBody('POST', body))).status).toBe(200)
    const changedAt = performance.now()
    expect(await closed).toMatchObject({ code: 4401 })
    expect(performance.now() - changedAt).toBeLessThan(1_000)
    expect(await kept.peer.typeWord('still here')).toBe('')
    kept.socket.close()
  })

  it('[ACC9] of a deleted account are out on the other node', async () => {
    const person = await signUp({ serverUrl: nodes[0].url, name: 'Cas' })
    const own = await createProject(person, 'Mine')
    const { socket } = await enterByYjs({ serverUrl: nodes[1].url, projectId: own, token: person.token })
    const closed = endOfSocket(socket)
    expect((await person.request('/api/account/deletion', jsonBody('POST', { password }))).status).toBe(204)
    expect([4401, 4403, 4404]).toContain((await closed).code)
  })
})

describe('the log', () => {
  it('[ACC14] holds no secret of all this, at its finest level', async () => {
    const serverUrl = nodes[0].url
    const secrets = [password, 'a password of no account', 'the second phrase', 'the third phrase']
    const [, wrong = '', second = '', third = ''] = secrets
    const person = await signUp({ serverUrl, name: 'Dora' })
    secrets.push(person.token)
    const headers = { 'content-type': 'application/json', origin: serverUrl }
    const post = (path: string, body: unknown) => fetch(serverUrl + path, { ...jsonBody('POST', body), headers })
    const signIn = await post('/api/auth/sign-in/email', { email: person.email, password })
    const cookie = signIn.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ')
    secrets.push(((await signIn.json()) as { token: string }).token, cookie.split('=')[1] ?? cookie)
    await post('/api/auth/sign-in/email', { email: person.email, password: wrong })
    await post('/api/auth/sign-up/email', { name: 'Dora', email: person.email, password: wrong })
    await fetch(`${serverUrl}/api/account`, { headers: { cookie } })
    const own = await createProject(person, 'Mine')
    const made = await answerOf<Made>(await person.request('/api/account/tokens', jsonBody('POST', { name: 'Script', scopes: ['write'] })))
    secrets.push(made.token)
    for (const token of [made.token, person.token]) {
      await fetch(`${serverUrl}/yjs/${own}?token=${token}`)
      const { socket } = await enterByYjs({ serverUrl, projectId: own, token })
      socket.close()
      const { socket: other } = await enterBySocketio({ serverUrl, projectId: own, token })
      other.close()
    }
    const invitation = await answerOf<Made>(await person.request(`/api/projects/${own}/invitations`, jsonBody('POST', { role: 'viewer' })))
    secrets.push(invitation.token)
    await fetch(`${serverUrl}/invite/${invitation.token}`, { headers: { accept: 'text/html' } })
    await fetch(`${serverUrl}/api/invitations/${invitation.token}`)
    await person.request('/api/account/password', jsonBody('POST', { currentPassword: wrong, newPassword: second }))
    await person.request('/api/account/password', jsonBody('POST', { currentPassword: password, newPassword: second }))
    await post('/api/password-resets', { email: person.email })
    const link = await nextResetTokenFor(box, person.email)
    secrets.push(link)
    await fetch(`${serverUrl}/reset/${link}`, { headers: { accept: 'text/html' } })
    await fetch(`${serverUrl}/api/password-resets/${link}`)
    await post(`/api/password-resets/${link}`, { password: 'short' })
    expect((await post(`/api/password-resets/${link}`, { password: third })).status).toBe(204)
    await post(`/api/password-resets/${link}?token=${link}`, { password: third })
    // What a database that refuses makes of it must not be in it either.
    await onServer(database.url, 'alter table api_tokens rename to api_tokens_away')
    await fetch(`${serverUrl}/api/projects`, { headers: { authorization: `Bearer ${made.token}x` } })
    await onServer(database.url, 'alter table api_tokens_away rename to api_tokens')
    const log = nodes[0].output()
    expect(log).toContain('"http.request"')
    expect(log).toContain('/reset/[redacted]')
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10)
      for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) expect(log).not.toContain(form)
    }
  })
})
