// What a session is good for and how it ends, through the HTTP application, on a real PostgreSQL.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { password, publicUrl, startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import { hashToken, type RevokedEvent } from './sessions.ts'

let app: HttpApp
let dora: { email: string }
let eve: { email: string }
beforeAll(async () => {
  app = await startHttpApp()
  dora = await app.signUp('Dora')
  eve = await app.signUp('Eve')
})
afterAll(() => app.close())

const signIn = (email: string, secret: string, from: string) =>
  app.request('/api/auth/sign-in/email', { body: { email, password: secret }, from })

const isSignedIn = async (token: string) => (await app.request('/api/projects', { token })).status === 200

describe('signing out', () => {
  it('[AUTH9] ends the session for the next request and tells who holds connections', async () => {
    const { token, cookie } = await app.signUp('Fay')
    expect(await isSignedIn(token)).toBe(true)
    const events: RevokedEvent[] = []
    const stop = app.sessions.onRevoked((event) => events.push(event))
    const out = await app.request('/api/auth/sign-out', { method: 'POST', token })
    stop()
    expect(out.status).toBe(200)
    expect(events).toContainEqual({ tokenHash: hashToken(token) })
    expect(await isSignedIn(token)).toBe(false)
    expect((await app.request('/api/projects', { headers: { cookie } })).status).toBe(401)
  })

  it('[AUTH9] signs out by the cookie too, and takes the cookie back', async () => {
    const { token, cookie } = await app.signUp('Gus')
    const out = await app.request('/api/auth/sign-out', {
      method: 'POST',
      headers: { cookie, origin: publicUrl, 'content-type': 'application/json' },
    })
    expect(out.status).toBe(200)
    expect(out.headers.getSetCookie().join()).toMatch(/better-auth\.session_token=; Max-Age=0/)
    expect(await isSignedIn(token)).toBe(false)
  })

  it('[AUTH8] is not done for a page of another origin', async () => {
    const { token, cookie } = await app.signUp('Hal')
    const out = await app.request('/api/auth/sign-out', { method: 'POST', headers: { cookie, origin: 'https://evil.example' } })
    expect(out.status).toBe(403)
    expect(await isSignedIn(token)).toBe(true)
  })

  it('[AUTH8] lets an explicit token decide, whatever cookie and origin come along', async () => {
    const mine = await app.signUp('Ida')
    const other = await app.signUp('Jon')
    const out = await app.request('/api/auth/sign-out', {
      method: 'POST',
      token: other.token,
      headers: { cookie: mine.cookie, origin: 'https://elsewhere.example' },
    })
    expect(out.status).toBe(200)
    expect(await isSignedIn(other.token)).toBe(false)
    expect(await isSignedIn(mine.token)).toBe(true)
  })

  it('[AUTH9] everywhere ends all sessions of the person and nobody else’s', async () => {
    const tokens: string[] = []
    for (let index = 0; index < 3; index++) {
      const made = (await (await signIn(dora.email, password, '203.0.113.80')).json()) as { token: string }
      tokens.push(made.token)
      expect(await isSignedIn(made.token)).toBe(true)
    }
    const events: RevokedEvent[] = []
    const stop = app.sessions.onRevoked((event) => events.push(event))
    const out = await app.request('/api/auth/revoke-sessions', { method: 'POST', token: tokens[0] ?? '' })
    stop()
    expect(out.status).toBe(200)
    for (const token of tokens) {
      expect(events).toContainEqual({ tokenHash: hashToken(token) })
      expect(await isSignedIn(token)).toBe(false)
    }
    expect((await signIn(eve.email, password, '203.0.113.80')).status).toBe(200)
  })
})

describe('ending other sessions', () => {
  it('[AUTH9] ends the one that is named, and then all but one’s own', async () => {
    const tokens: string[] = []
    for (let index = 0; index < 4; index++) {
      const made = (await (await signIn(eve.email, password, '203.0.113.85')).json()) as { token: string }
      tokens.push(made.token)
      expect(await isSignedIn(made.token)).toBe(true)
    }
    const [own = '', named = '', ...others] = tokens
    const events: RevokedEvent[] = []
    const stop = app.sessions.onRevoked((event) => events.push(event))
    const list = (await (await app.request('/api/account/sessions', { token: named })).json()) as {
      items: { id: string; isCurrent: boolean }[]
    }
    const { id = '' } = list.items.find(({ isCurrent }) => isCurrent) ?? {}
    expect((await app.request(`/api/account/sessions/${id}`, { method: 'DELETE', token: own })).status).toBe(204)
    expect(events).toEqual([{ tokenHash: hashToken(named) }])
    expect(await isSignedIn(named)).toBe(false)
    expect(await isSignedIn(others[0] ?? '')).toBe(true)
    expect((await app.request('/api/auth/revoke-other-sessions', { method: 'POST', token: own })).status).toBe(200)
    stop()
    for (const token of others) {
      expect(events).toContainEqual({ tokenHash: hashToken(token) })
      expect(await isSignedIn(token)).toBe(false)
    }
    expect(await isSignedIn(own)).toBe(true)
  })

  it('[AUTH9] does not end a session of somebody else', async () => {
    const victim = await app.signUp('Victim')
    const thief = await app.signUp('Thief')
    const list = (await (await app.request('/api/account/sessions', { token: victim.token })).json()) as { items: { id: string }[] }
    for (const { id } of list.items) {
      expect((await app.request(`/api/account/sessions/${id}`, { method: 'DELETE', token: thief.token })).status).toBe(404)
    }
    expect(await isSignedIn(victim.token)).toBe(true)
  })
})

describe('tokens', () => {
  it.each([
    ['nothing', {}],
    ['an unknown token', { authorization: 'Bearer XagQ2hEwfXTO6Y77GeVZDKJwYM82Ws8F' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a long token', { authorization: `Bearer ${'x'.repeat(5_000)}` }],
    ['another scheme', { authorization: 'Basic YWRhOng=' }],
    ['a made-up cookie', { cookie: 'better-auth.session_token=abc.def' }],
    ['a broken cookie', { cookie: 'better-auth.session_token=%E0%A4%A' }],
  ])('[AUTH7] refuses %s', async (_case, headers: Record<string, string>) => {
    const refused = await app.request('/api/projects', { headers })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    expect(await refused.json()).toMatchObject({ code: 'unauthenticated', retryable: false })
  })

  it('[AUTH7] refuses a session that has expired', async () => {
    const made = (await (await signIn(dora.email, password, '203.0.113.90')).json()) as { token: string }
    await app.database.query('test.expire', (sql) => sql`update "session" set "expiresAt" = now() where "token" = ${made.token}`)
    expect(await isSignedIn(made.token)).toBe(false)
  })

  it('[AUTH8] refuses a cookie in a writing request without an origin of ours, and reads with it from anywhere', async () => {
    const { token, cookie } = await app.signUp('Kim')
    const make = (headers: Record<string, string>) =>
      app.request('/api/projects', { body: { name: 'Kiln' }, headers: { cookie, ...headers } })
    for (const refused of [await make({}), await make({ origin: 'https://evil.example' }), await make({ origin: 'null' })]) {
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ code: 'origin_not_allowed' })
    }
    expect((await make({ origin: publicUrl })).status).toBe(201)
    expect((await make({ origin: 'https://evil.example', authorization: `Bearer ${token}` })).status).toBe(201)
    expect((await app.request('/api/projects', { headers: { cookie, origin: 'https://evil.example' } })).status).toBe(200)
  })
})
