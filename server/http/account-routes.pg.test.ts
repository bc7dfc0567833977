// One's own account over HTTP: name, password, sessions.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { password, publicUrl, startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import { createPasswordHashing, type PasswordHashing } from '../auth/password-hashing.ts'
import { hashToken, type RevokedEvent } from '../auth/sessions.ts'

/** Real hashing that can hold one answer back. */
class HeldHashing implements PasswordHashing {
  readonly #real = createPasswordHashing()
  #password: string | undefined
  #gate: Promise<void> = Promise.resolve()
  #onHeld: () => void = () => undefined
  release: () => void = () => undefined
  held: Promise<void> = Promise.resolve()

  /** Holds the next check of this password until `release`; `held` resolves when it has come. */
  hold(secret: string): void {
    this.#password = secret
    this.#gate = new Promise((resolve) => {
      this.release = resolve
    })
    this.held = new Promise((resolve) => {
      this.#onHeld = resolve
    })
  }

  hash(secret: string): Promise<string> {
    return this.#real.hash(secret)
  }

  async verify(input: { hash: string; password: string }): Promise<boolean> {
    const isHeld = input.password === this.#password
    this.#password = undefined
    const isRight = await this.#real.verify(input)
    if (isHeld) {
      this.#onHeld()
      await this.#gate
    }
    return isRight
  }
}

const hashing = new HeldHashing()
let app: HttpApp
beforeAll(async () => {
  app = await startHttpApp({ hashing, environment: { SIGN_IN_FAILURES_PER_ACCOUNT: '4' } })
})
afterAll(() => app.close())

interface ListedSession {
  id: string
  device: string
  address: string | null
  isCurrent: boolean
  lastUsedAt: string
}

const newPassword = 'a quite different phrase'

async function signIn(email: string, secret = password, headers: Record<string, string> = {}): Promise<string> {
  const response = await app.request('/api/auth/sign-in/email', { body: { email, password: secret }, headers, from: '198.51.100.9' })
  return ((await response.json()) as { token: string }).token
}

const isSignedIn = async (token: string) => (await app.request('/api/account', { token })).status === 200

const sessionsOf = async (token: string): Promise<ListedSession[]> =>
  ((await (await app.request('/api/account/sessions', { token })).json()) as { items: ListedSession[] }).items

const auditKindsOf = async (token: string): Promise<string[]> =>
  ((await (await app.request('/api/account/audit', { token })).json()) as { items: { kind: string }[] }).items.map(({ kind }) => kind)

describe('the profile', () => {
  it('[ACC1] is read, and the name changed for the next request on', async () => {
    const ada = await app.signUp('Ada')
    const changed = await app.request('/api/account', { method: 'PATCH', token: ada.token, body: { name: '  Ada\n Lovelace 😀 ' } })
    expect(changed.status).toBe(200)
    expect(await changed.json()).toMatchObject({ id: ada.userId, name: 'Ada Lovelace 😀', email: ada.email, lastReset: null })
    const made = await app.request('/api/projects', { token: ada.token, body: { name: 'Engine' } })
    const { id } = (await made.json()) as { id: string }
    const members = await app.request(`/api/projects/${id}/members`, { token: ada.token })
    expect(await members.json()).toMatchObject({ items: [{ name: 'Ada Lovelace 😀' }] })
    expect((await app.sessions.resolve(ada.token))?.name).toBe('Ada Lovelace 😀')
    expect(await auditKindsOf(ada.token)).toContain('account.name_changed')
  })

  it.each([
    ['nothing', {}],
    ['an empty name', { name: ' \n ' }],
    ['a long name', { name: 'x'.repeat(101) }],
    ['10 kB', { name: 'x'.repeat(10_000) }],
    ['a name that is no text', { name: { $gt: '' } }],
    ['more than the name', { name: 'Ada', email: 'other@example.org' }],
  ])('[ACC1] is not changed by %s', async (_case, body) => {
    const person = await app.signUp(`Person ${Math.random()}`)
    const refused = await app.request('/api/account', { method: 'PATCH', token: person.token, body })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'invalid_request' })
  })
})

describe('the password', () => {
  it('[ACC2] is changed by who knows it; the session that asks goes on and all others end', async () => {
    const { token, email, cookie } = await app.signUp('Bea')
    const others = [await signIn(email), await signIn(email)]
    for (const other of others) expect(await isSignedIn(other)).toBe(true)
    const events: RevokedEvent[] = []
    const stop = app.sessions.onRevoked((event) => events.push(event))
    const changed = await app.request('/api/account/password', { token, body: { currentPassword: password, newPassword } })
    stop()
    expect([changed.status, await changed.json()]).toEqual([200, { ended: 2 }])
    expect(events).toHaveLength(2)
    for (const other of others) {
      expect(events).toContainEqual({ tokenHash: hashToken(other) })
      expect(await isSignedIn(other)).toBe(false)
    }
    expect(await isSignedIn(token)).toBe(true)
    expect((await app.request('/api/account', { headers: { cookie } })).status).toBe(200)
    const refused = await app.request('/api/auth/sign-in/email', { body: { email, password } })
    expect(refused.status).toBe(401)
    expect(await isSignedIn(await signIn(email, newPassword))).toBe(true)
    expect(await auditKindsOf(token)).toContain('account.password_changed')
  })

  it('[ACC2] that is changed while a sign-in checks the old one leaves that sign-in without a session', async () => {
    const { token, email } = await app.signUp('Bo')
    hashing.hold(password)
    const late = app.request('/api/auth/sign-in/email', { body: { email, password } })
    await hashing.held
    const changed = await app.request('/api/account/password', { token, body: { currentPassword: password, newPassword } })
    expect(changed.status).toBe(200)
    hashing.release()
    const refused = await late
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([401, 'INVALID_EMAIL_OR_PASSWORD'])
    expect(await sessionsOf(token)).toHaveLength(1)
  })

  it('[ACC2] of two changes at once only one is made', async () => {
    const { token } = await app.signUp('Cas')
    const change = (next: string) => app.request('/api/account/password', { token, body: { currentPassword: password, newPassword: next } })
    const answers = await Promise.all([change('the first new one'), change('the second new one')])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403])
  })

  it('[ACC3] is not guessed through the form: failures are counted by account, apart from sign-ins', async () => {
    const { token, email } = await app.signUp('Dan')
    const guess = (currentPassword: string) => app.request('/api/account/password', { token, body: { currentPassword, newPassword } })
    for (let index = 0; index < 4; index++) {
      const wrong = await guess(`guess ${index}`)
      expect(wrong.status).toBe(403)
      expect(await wrong.json()).toMatchObject({ code: 'wrong_password', errors: [{ path: 'currentPassword' }] })
    }
    const limited = await guess(password)
    expect(limited.status).toBe(429)
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
    const deletion = await app.request('/api/account/deletion', { token, body: { password } })
    expect(deletion.status).toBe(429)
    expect(await isSignedIn(await signIn(email))).toBe(true)
  })

  it.each([
    ['a short one', { newPassword: 'short' }, 'newPassword'],
    ['a long one', { newPassword: 'x'.repeat(129) }, 'newPassword'],
    ['none', { newPassword: undefined }, 'newPassword'],
    ['no current one', { currentPassword: '' }, 'currentPassword'],
    ['a current one of 10 kB', { currentPassword: 'x'.repeat(10_000) }, 'currentPassword'],
    ['a number', { currentPassword: 12_345_678 }, 'currentPassword'],
  ])('[ACC2] is not changed to %s', async (_case, wrong, path) => {
    const { token } = await app.signUp(`Person ${Math.random()}`)
    const refused = await app.request('/api/account/password', { token, body: { currentPassword: password, newPassword, ...wrong } })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ errors: [{ path }] })
  })

  it('[ACC2] is not changed for a page of another origin', async () => {
    const { cookie } = await app.signUp('Eli')
    const body = { currentPassword: password, newPassword }
    const refused = await app.request('/api/account/password', { body, headers: { cookie, origin: 'https://evil.example' } })
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'origin_not_allowed'])
    expect((await app.request('/api/account/password', { body, headers: { cookie, origin: publicUrl } })).status).toBe(200)
  })
})

describe('sessions', () => {
  it('[ACC4] are listed with device, address, last use and which one asks, and never with a token', async () => {
    const { token, email } = await app.signUp('Fay')
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
    const other = await signIn(email, password, {
      'user-agent': firefox,
      'x-elenchus-client-address': '1.2.3.4',
      'x-forwarded-for': '5.6.7.8',
    })
    const response = await app.request('/api/account/sessions', { token: other })
    const text = await response.text()
    expect(text).not.toContain(token)
    expect(text).not.toContain(other)
    const { items } = JSON.parse(text) as { items: ListedSession[] }
    expect(items).toHaveLength(2)
    const current = items.find(({ isCurrent }) => isCurrent)
    expect(current).toMatchObject({ device: 'Firefox on Linux', address: '198.51.100.9' })
    expect(Date.parse(current?.lastUsedAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
    expect((await sessionsOf(token)).find(({ isCurrent }) => isCurrent)?.id).not.toBe(current?.id)
  })

  it('[ACC4] are ended by their id: one, or all but one’s own; nobody else’s', async () => {
    const { token, email } = await app.signUp('Gus')
    const others = [await signIn(email), await signIn(email), await signIn(email)]
    const stranger = await app.signUp('Sam')
    const [first = ''] = others
    const id = (await sessionsOf(first)).find(({ isCurrent }) => isCurrent)?.id ?? ''
    for (const foreign of [id, 'no-such-id', '%00', "'; drop table session; --"]) {
      const path = `/api/account/sessions/${foreign === '%00' ? foreign : encodeURIComponent(foreign)}`
      const refused = await app.request(path, { method: 'DELETE', token: stranger.token })
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([404, 'session_not_found'])
    }
    expect((await app.request(`/api/account/sessions/${id}`, { method: 'DELETE', token })).status).toBe(204)
    expect(await isSignedIn(first)).toBe(false)
    const ended = await app.request('/api/account/sessions', { method: 'DELETE', token })
    expect([ended.status, await ended.json()]).toEqual([200, { ended: 2 }])
    for (const other of others) expect(await isSignedIn(other)).toBe(false)
    expect(await isSignedIn(token)).toBe(true)
    expect(await isSignedIn(stranger.token)).toBe(true)
  })
})
