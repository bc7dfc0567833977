// Signing up and in through the HTTP application, on a real PostgreSQL.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { password, publicUrl, startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import { createPasswordHashing, type PasswordHashing } from './password-hashing.ts'

/** Real hashing that counts what was asked of it and how much ran at once. */
class CountingHashing implements PasswordHashing {
  readonly #real = createPasswordHashing()
  calls: string[] = []

  hash(secret: string): Promise<string> {
    this.calls.push('hash')
    return this.#real.hash(secret)
  }

  verify(input: { hash: string; password: string }): Promise<boolean> {
    this.calls.push('verify')
    return this.#real.verify(input)
  }
}

const hashing = new CountingHashing()
const environment = { SIGN_IN_FAILURES_PER_ACCOUNT: '4', SIGN_IN_FAILURES_PER_ADDRESS: '12', SIGN_UPS_PER_MINUTE: '8' }
let app: HttpApp
beforeAll(async () => {
  app = await startHttpApp({ hashing, environment })
})
afterAll(() => app.close())

const signIn = (email: string, secret: string, from?: string, headers?: Record<string, string>) =>
  app.request('/api/auth/sign-in/email', { body: { email, password: secret }, ...(from ? { from } : {}), ...(headers ? { headers } : {}) })

describe('signing up', () => {
  it('[AUTH1] gives a token that works as a bearer token and as the session', async () => {
    const { token, userId } = await app.signUp('Ada')
    expect((await app.request('/api/projects', { token })).status).toBe(200)
    const session = await app.request('/api/auth/get-session', { token })
    expect(await session.json()).toMatchObject({ user: { id: userId, name: 'Ada', email: 'ada@example.org' } })
  })

  it('[AUTH1] refuses an email that is taken, in any case, in better-auth’s own shape', async () => {
    const again = await app.request('/api/auth/sign-up/email', { body: { name: 'Not Ada', email: 'ADA@Example.org', password } })
    expect(again.status).toBe(422)
    expect(await again.json()).toMatchObject({ code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', message: expect.any(String) })
  })

  it('[AUTH1] makes one person of ten who sign up with one email at once', async () => {
    const from = '192.0.2.10'
    const body = { name: 'Twin', email: 'twin@example.org', password }
    const answers = await Promise.all(Array.from({ length: 8 }, () => app.request('/api/auth/sign-up/email', { body, from })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(7)
    for (const refused of answers.filter(({ status }) => status === 422)) {
      expect(await refused.json()).toMatchObject({ code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL' })
    }
  })

  it.each([
    ['an empty name', { name: '   ' }, 'name'],
    ['a name that is too long', { name: 'x'.repeat(101) }, 'name'],
    ['no name', { name: undefined }, 'name'],
    ['a name that is no text', { name: { $gt: '' } }, 'name'],
    ['an email that is too long', { email: `${'x'.repeat(250)}@example.org` }, 'email'],
    ['an email with a NUL', { email: 'gr\0ace@example.org' }, 'email'],
  ])('[AUTH14] refuses %s before anything is hashed', async (_case, wrong, path) => {
    hashing.calls = []
    const body = { name: 'Grace', email: 'grace@example.org', password, ...wrong }
    const refused = await app.request('/api/auth/sign-up/email', { body, from: `192.0.2.${path === 'name' ? 20 : 21}` })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'invalid_request', message: expect.any(String), errors: [{ path }] })
    expect(hashing.calls).toEqual([])
  })

  it.each([
    ['a short password', { password: 'short' }, 400, 'PASSWORD_TOO_SHORT'],
    ['a long password', { password: 'x'.repeat(129) }, 400, 'PASSWORD_TOO_LONG'],
    ['an email that is none', { email: 'grace' }, 400, 'VALIDATION_ERROR'],
  ])('leaves %s to better-auth', async (_case, wrong, status, code) => {
    const body = { name: 'Grace', email: 'grace@example.org', password, ...wrong }
    const refused = await app.request('/api/auth/sign-up/email', { body, from: '192.0.2.22' })
    expect(refused.status).toBe(status)
    expect(await refused.json()).toMatchObject({ code })
  })

  it('[AUTH14] takes names as text and ignores fields that are not meant', async () => {
    const body = {
      name: ' Robert\'); drop table "user";--\0<b> ',
      email: 'robert@example.org',
      password,
      image: 'https://evil.example/',
      emailVerified: true,
      callbackURL: 'https://evil.example/',
    }
    const made = await app.request('/api/auth/sign-up/email', { body, from: '192.0.2.23' })
    expect(made.status).toBe(200)
    expect(made.headers.get('location')).toBeNull()
    const { user } = (await made.json()) as { user: object }
    expect(user).toMatchObject({ name: 'Robert\'); drop table "user";--\uFFFD<b>', image: null, emailVerified: false })
  })

  it('[AUTH14] refuses what is no JSON: a form can be sent from any page', async () => {
    const form = await app.request('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(form.status).toBe(415)
    const broken = await app.request('/api/auth/sign-in/email', { method: 'POST', headers: { 'content-type': 'application/json' } })
    expect(broken.status).toBe(422)
  })

  it('[AUTH5] refuses sign-ups past the limit of an address, and says for how long', async () => {
    const from = '192.0.2.30'
    for (let index = 0; index < 8; index++) await app.request('/api/auth/sign-up/email', { body: { name: '' }, from })
    const refused = await app.request('/api/auth/sign-up/email', { body: { name: 'Late', email: 'late@example.org', password }, from })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', message: expect.any(String) })
  })
})

describe('signing in', () => {
  it('[AUTH14] refuses an email with a NUL, which the database cannot be asked for', async () => {
    const refused = await signIn('\0', 'any password', '192.0.2.24')
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'invalid_request', errors: [{ path: 'email' }] })
  })

  it('[AUTH2] answers an unknown email and a wrong password alike, after one hash of the same cost', async () => {
    hashing.calls = []
    const unknown = await signIn('nobody@example.org', 'wrong password', '192.0.2.40')
    const wrong = await signIn('ada@example.org', 'wrong password', '192.0.2.40')
    // Both have the parameters of the stored hash; `verify` takes them from it.
    expect(hashing.calls).toEqual(['hash', 'verify'])
    expect([unknown.status, wrong.status]).toEqual([401, 401])
    expect(await unknown.text()).toBe(await wrong.text())
    const headers = (response: Response) => [...response.headers].filter(([name]) => name !== 'date')
    expect(headers(unknown)).toEqual(headers(wrong))
  })

  it.each(['carol@example.org', 'unknown@example.org'])(
    '[AUTH3] refuses %s after its failures, whether it is there or not',
    async (email) => {
      if (email.startsWith('carol')) await app.signUp('Carol')
      for (let index = 0; index < 4; index++) expect((await signIn(email, 'wrong password', `198.51.100.${index}`)).status).toBe(401)
      hashing.calls = []
      const refused = await signIn(email.toUpperCase(), password, '198.51.100.99')
      expect(refused.status).toBe(429)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800)
      expect(await refused.json()).toMatchObject({ code: 'rate_limited' })
      expect(hashing.calls).toEqual([])
    },
  )

  it('[AUTH3] is not fooled by guesses sent at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => signIn('ada@example.org', `guess ${index}`, `198.51.100.${index}`)),
    )
    const statuses = answers.map(({ status }) => status)
    // One failure was counted above.
    expect(statuses.filter((status) => status === 401)).toHaveLength(3)
    expect(statuses.filter((status) => status === 429)).toHaveLength(27)
  })

  it('[AUTH4] refuses an address after its failures and lets another in; successes never count', async () => {
    const { email } = await app.signUp('Dora')
    const from = '203.0.113.50'
    const good = await Promise.all(Array.from({ length: 20 }, () => signIn(email, password, from)))
    expect(good.every(({ status }) => status === 200)).toBe(true)
    for (let index = 0; index < 12; index++) expect((await signIn(`${index}@example.org`, 'wrong', from)).status).toBe(401)
    expect((await signIn(email, password, from)).status).toBe(429)
    expect((await signIn(email, password, '203.0.113.51')).status).toBe(200)
  })

  it('[AUTH15] does not believe a forwarding header that no proxy is trusted to write', async () => {
    const from = '203.0.113.60'
    for (let index = 0; index < 12; index++) {
      await signIn(`b${index}@example.org`, 'wrong', from, { 'x-forwarded-for': `192.0.2.${index}` })
    }
    expect((await signIn('b@example.org', 'wrong', from, { 'x-forwarded-for': '192.0.2.99' })).status).toBe(429)
  })

  it('[AUTH8] refuses a page of another origin that signs a visitor in', async () => {
    const { email } = await app.signUp('Eve')
    expect((await signIn(email, password, '203.0.113.70', { origin: 'https://evil.example' })).status).toBe(403)
    expect((await signIn(email, password, '203.0.113.70', { origin: publicUrl })).status).toBe(200)
  })

  it('[AUTH11] sets a cookie that scripts cannot read and other sites do not send', async () => {
    const made = await signIn('dora@example.org', password, '203.0.113.71')
    const cookies = made.headers.getSetCookie()
    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatch(/^better-auth\.session_token=/)
    expect(cookies[0]).toMatch(/; Max-Age=2592000;.*; HttpOnly; SameSite=Lax$/i)
    expect(cookies[0]).not.toMatch(/; Secure/i)
  })

  it('survives passwords of any text', async () => {
    for (const secret of ['with\0nul', 'half \ud83d pair', '💥'.repeat(32), "' or '1'='1"]) {
      expect((await signIn('nobody2@example.org', secret, '203.0.113.72')).status).toBe(401)
    }
  })
})

it('serves no other route of better-auth', async () => {
  for (const path of ['request-password-reset', 'sign-in/social', 'update-user', 'delete-user', 'change-email']) {
    const answer = await app.request(`/api/auth/${path}`, { body: {} })
    expect([path, answer.status]).toEqual([path, 404])
  }
})

it('logs no email, password or token', async () => {
  const lines = JSON.stringify(app.logged)
  expect(lines).not.toContain('@example.org')
  expect(lines).not.toContain(password)
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([])
})
