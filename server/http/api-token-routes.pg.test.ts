// API tokens over HTTP: made, listed, used within their bounds, deleted.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import { digestOf } from '../auth/secret-token.ts'

let app: HttpApp
let owner: { token: string; userId: string }
let projectId: string
let otherId: string

beforeAll(async () => {
  app = await startHttpApp({ environment: { PERSON_API_TOKENS_MAX: '3' } })
  owner = await app.signUp('Ada')
  projectId = await newProject(owner.token)
  otherId = await newProject(owner.token)
})
afterAll(() => app.close())

interface Made {
  id: string
  token: string
}

async function newProject(token: string): Promise<string> {
  return ((await (await app.request('/api/projects', { token, body: { name: 'Bridge' } })).json()) as { id: string }).id
}

const make = (token: string, body: unknown) => app.request('/api/account/tokens', { token, body })

async function made(body: object = {}): Promise<Made> {
  const { token, userId } = await app.signUp(`Person ${randomUUID()}`)
  const response = await make(token, { name: 'Script', scopes: ['read'], ...body })
  if (response.status !== 201) throw new Error(`making a token answered ${response.status}`)
  return { ...((await response.json()) as Made), ...{ owner: { token, userId } } }
}

const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code?: string }).code]

describe('an API token', () => {
  it('[TOK2] is shown once, begins as one, and is kept as a hash alone', async () => {
    const response = await make(owner.token, { name: ' CI\n script ', scopes: ['write', 'read', 'read'], expiresInDays: 30 })
    expect(response.status).toBe(201)
    const answer = (await response.json()) as Made & { expiresAt: string }
    expect(answer).toMatchObject({ name: 'CI script', scopes: ['read', 'write'], projectIds: null, lastUsedAt: null })
    expect(answer.token).toMatch(/^elx_[\w-]{43}$/)
    expect(Date.parse(answer.expiresAt) - Date.now()).toBeGreaterThan(29 * 24 * 60 * 60 * 1_000)
    const rows = await app.database.query('test.tokens', (sql) => sql<{ row: string }[]>`select t::text as row from api_tokens t`)
    expect(JSON.stringify(rows)).not.toContain(answer.token.slice(4))
    expect(JSON.stringify(rows)).toContain(Buffer.from(digestOf(answer.token)).toString('hex'))
    const list = await (await app.request('/api/account/tokens', { token: owner.token })).text()
    expect(list).toContain(answer.id)
    expect(list).not.toContain(answer.token)
    expect((await app.request('/api/projects', { token: answer.token })).status).toBe(200)
    expect((await app.request(`/api/account/tokens/${answer.id}`, { method: 'DELETE', token: owner.token })).status).toBe(204)
    expect((await app.request('/api/projects', { token: answer.token })).status).toBe(401)
  })

  it('[TOK3] does what its scope lets it, in the projects it is for', async () => {
    const response = await make(owner.token, { name: 'Reader', scopes: ['read'], projectIds: [projectId.toUpperCase(), projectId] })
    const { token, id } = (await response.json()) as Made
    const read = await app.request(`/api/projects/${projectId}`, { token })
    expect(await read.json()).toMatchObject({ id: projectId, role: 'viewer' })
    expect(await codeOf(await app.request(`/api/projects/${otherId}`, { token }))).toEqual([404, 'not_found'])
    const list = (await (await app.request('/api/projects', { token })).json()) as { items: { id: string }[] }
    expect(list.items.map((project) => project.id)).toEqual([projectId])
    const rename = { method: 'PATCH', token, body: { name: 'Mine' } }
    expect(await codeOf(await app.request(`/api/projects/${projectId}`, rename))).toEqual([403, 'token_not_allowed'])
    expect(await codeOf(await app.request('/api/projects', { token, body: { name: 'New' } }))).toEqual([403, 'token_not_allowed'])
    expect((await app.request('/api/account', { token })).status).toBe(200)
    await app.request(`/api/account/tokens/${id}`, { method: 'DELETE', token: owner.token })
  })

  it('[TOK4] changes nothing about the account, whatever its scope', async () => {
    const { token } = await made({ scopes: ['administer'] })
    const id = randomUUID()
    const requests: [string, string, unknown?][] = [
      ['GET', '/api/account/tokens'],
      ['POST', '/api/account/tokens', { name: 'More', scopes: ['read'] }],
      ['DELETE', `/api/account/tokens/${id}`],
      ['PATCH', '/api/account', { name: 'Other' }],
      ['POST', '/api/account/password', { currentPassword: 'x', newPassword: 'long enough' }],
      ['GET', '/api/account/sessions'],
      ['DELETE', '/api/account/sessions'],
      ['DELETE', `/api/account/sessions/${id}`],
      ['GET', '/api/account/deletion'],
      ['POST', '/api/account/deletion', { password: 'x' }],
      ['GET', '/api/account/audit'],
      ['POST', `/api/projects/${projectId}/members/${owner.userId}/password-reset`],
      ['POST', '/api/invitations/x/accept'],
    ]
    for (const [method, path, body] of requests) {
      const refused = await app.request(path, { method, token, ...(body === undefined ? {} : { body }) })
      expect([path, ...(await codeOf(refused))]).toEqual([path, 403, 'token_not_allowed'])
    }
    expect((await app.request('/api/auth/revoke-sessions', { method: 'POST', token })).status).toBe(401)
    await app.request('/api/auth/sign-out', { method: 'POST', token })
    expect((await app.request('/api/account', { token })).status).toBe(200)
  })

  it('[TOK5] ends with its expiry, and with the account', async () => {
    const { token, id } = await made()
    expect((await app.request('/api/projects', { token })).status).toBe(200)
    await app.database.query('test.expire', (sql) => sql`update api_tokens set expires_at = now() where id = ${id}`)
    app.sessions.revoke(Buffer.from(digestOf(token)).toString('hex'))
    expect(await codeOf(await app.request('/api/projects', { token }))).toEqual([401, 'unauthenticated'])
  })

  it('[TOK6] says when it was last used, and is one of so many', async () => {
    const person = await app.signUp('Tom')
    const tokens: Made[] = []
    for (let index = 0; index < 3; index++)
      tokens.push((await (await make(person.token, { name: `${index}`, scopes: ['read'] })).json()) as Made)
    expect(await codeOf(await make(person.token, { name: 'One more', scopes: ['read'] }))).toEqual([409, 'too_many_tokens'])
    await app.request('/api/projects', { token: tokens[1]?.token ?? '' })
    const list = (await (await app.request('/api/account/tokens', { token: person.token })).json()) as {
      items: { id: string; name: string; lastUsedAt: string | null }[]
    }
    expect(list.items.map(({ name, lastUsedAt }) => [name, lastUsedAt !== null])).toEqual([
      ['2', false],
      ['1', true],
      ['0', false],
    ])
    const stranger = await app.signUp('Una')
    const foreign = `/api/account/tokens/${tokens[0]?.id}`
    expect(await codeOf(await app.request(foreign, { method: 'DELETE', token: stranger.token }))).toEqual([404, 'api_token_not_found'])
    expect((await app.request(foreign, { method: 'DELETE', token: person.token })).status).toBe(204)
    expect((await make(person.token, { name: 'One more', scopes: ['read'] })).status).toBe(201)
  })

  it.each([
    ['no name', { name: undefined }],
    ['an empty name', { name: ' ' }],
    ['a name of 10 kB', { name: 'x'.repeat(10_000) }],
    ['no scope', { scopes: [] }],
    ['a scope there is not', { scopes: ['root'] }],
    ['scopes that are no list', { scopes: 'read' }],
    ['an id that is none', { projectIds: ['x'] }],
    ['no project at all', { projectIds: [] }],
    ['a day that is none', { expiresInDays: 0 }],
    ['for ever', { expiresInDays: 367 }],
    ['half a day', { expiresInDays: 0.5 }],
    ['more than is meant', { token: 'elx_mine' }],
  ])('[TOK2] is not made with %s', async (_case, wrong) => {
    const refused = await make(owner.token, { name: 'Script', scopes: ['read'], ...wrong })
    expect(await codeOf(refused)).toEqual([422, 'invalid_request'])
  })

  it('[TOK3] is not made for a project one is not in', async () => {
    const stranger = await app.signUp('Vic')
    const foreign = await make(stranger.token, { name: 'Script', scopes: ['read'], projectIds: [projectId] })
    expect(await codeOf(foreign)).toEqual([404, 'not_found'])
    expect(await codeOf(await make(owner.token, { name: 'Script', scopes: ['read'], projectIds: [randomUUID()] }))).toEqual([
      404,
      'not_found',
    ])
  })

  it('[TOK2] takes names in any script', async () => {
    for (const name of ['😀'.repeat(50), 'مرحبا ‮evil', '<img src=x onerror=alert(1)>']) {
      const { token } = await app.signUp(`Person ${randomUUID()}`)
      const response = await make(token, { name, scopes: ['read'] })
      expect([response.status, ((await response.json()) as { name: string }).name]).toEqual([201, name])
    }
  })
})
