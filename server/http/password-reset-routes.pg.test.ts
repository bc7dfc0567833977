// A forgotten password over HTTP, with a real SMTP server: links by mail, links by an owner, and what using one does.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMailBox, resetTokenIn, type MailBox } from '../../test/rigs/mail-box.ts'
import { password, publicUrl, startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'

let box: MailBox
let app: HttpApp
/** One that has no SMTP. */
let mute: HttpApp
beforeAll(async () => {
  box = await openMailBox()
  const environment = {
    SMTP_URL: box.url,
    MAIL_FROM: 'Elenchus <spec@example.net>',
    RESET_REQUESTS_PER_ADDRESS: '8',
    SIGN_IN_FAILURES_PER_ADDRESS: '12',
  }
  app = await startHttpApp({ environment })
  mute = await startHttpApp()
})
afterAll(async () => {
  await app.close()
  await mute.close()
  await box.close()
})

const newPassword = 'a quite different phrase'
let addresses = 0

/** Everyone from an address of their own, so that limits are met only where they are meant. */
const ask = (email: unknown, from = `192.0.2.${++addresses}`) => app.request('/api/password-resets', { body: { email }, from })
const use = (token: string, body: object = { password: newPassword }, from = `192.0.2.${++addresses}`) =>
  app.request(`/api/password-resets/${encodeURIComponent(token)}`, { body, from })

const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code?: string }).code]

const canSignIn = async (email: string, secret: string): Promise<boolean> =>
  (await app.request('/api/auth/sign-in/email', { body: { email, password: secret }, from: `192.0.2.${++addresses}` })).status === 200

interface Scene {
  owner: { token: string; userId: string; email: string }
  member: { token: string; userId: string; email: string }
  projectId: string
}

async function newProject(token: string): Promise<string> {
  return ((await (await app.request('/api/projects', { token, body: { name: 'Bridge' } })).json()) as { id: string }).id
}

async function join(owner: string, projectId: string, person: string, role = 'editor'): Promise<void> {
  const invitation = await app.request(`/api/projects/${projectId}/invitations`, { token: owner, body: { role } })
  const { token } = (await invitation.json()) as { token: string }
  await app.request(`/api/invitations/${token}/accept`, { method: 'POST', token: person })
}

async function setScene(name: string): Promise<Scene> {
  const owner = await app.signUp(`Owner of ${name}`)
  const member = await app.signUp(`Member of ${name}`)
  const projectId = await newProject(owner.token)
  await join(owner.token, projectId, member.token)
  return { owner, member, projectId }
}

const link = ({ owner, projectId }: Scene, userId: string) =>
  app.request(`/api/projects/${projectId}/members/${userId}/password-reset`, { method: 'POST', token: owner.token })

describe('a link by mail', () => {
  it('[ACC6] goes to whoever has the email; the answer is the same when nobody has it', async () => {
    const ada = await app.signUp('Ada')
    const known = await ask(ada.email.toUpperCase())
    const unknown = await ask('nobody@example.org')
    const plain = (response: Response) => [response.status, response.headers.get('content-type')]
    expect(plain(known)).toEqual(plain(unknown))
    expect([known.status, await known.text(), await unknown.text()]).toEqual([202, '', ''])
    const mail = await box.next()
    expect([mail.from, mail.to]).toEqual(['spec@example.net', [ada.email]])
    expect(mail.text).toContain(`${publicUrl}/reset/${resetTokenIn(mail)}`)
  })

  it('[ACC7] sets the password once, and ends all sessions, API tokens and other links', async () => {
    const bea = await app.signUp('Bea')
    const made = await app.request('/api/account/tokens', { token: bea.token, body: { name: 'Script', scopes: ['read'] } })
    const script = ((await made.json()) as { token: string }).token
    expect((await app.request('/api/projects', { token: script })).status).toBe(200)
    await ask(bea.email)
    const first = resetTokenIn(await box.next())
    await ask(bea.email)
    const second = resetTokenIn(await box.next())
    const preview = await app.request(`/api/password-resets/${second}`)
    expect(await preview.json()).toMatchObject({ name: 'Bea', email: bea.email, madeBy: null })
    expect((await use(second)).status).toBe(204)
    expect(await canSignIn(bea.email, newPassword)).toBe(true)
    expect(await canSignIn(bea.email, password)).toBe(false)
    for (const token of [bea.token, script]) expect((await app.request('/api/projects', { token })).status).toBe(401)
    for (const used of [first, second]) expect(await codeOf(await use(used))).toEqual([404, 'reset_link_not_found'])
    expect((await box.next()).text).toContain('Your password was changed')
  })

  it('[ACC7] used by two at once sets one password', async () => {
    const cas = await app.signUp('Cas')
    await ask(cas.email)
    const token = resetTokenIn(await box.next())
    const answers = await Promise.all([use(token, { password: 'the first new one' }), use(token, { password: 'the second new one' })])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 404])
    await box.next()
  })

  it('[ACC7] is kept as a hash, and good for an hour', async () => {
    const dan = await app.signUp('Dan')
    await ask(dan.email)
    const token = resetTokenIn(await box.next())
    const rows = await app.database.query('test.resets', (sql) => sql<{ row: string }[]>`select r::text as row from password_resets r`)
    expect(JSON.stringify(rows)).not.toContain(token)
    const { expiresAt } = (await (await app.request(`/api/password-resets/${token}`)).json()) as { expiresAt: string }
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(60 * 60 * 1_000)
    await app.database.query('test.expire', (sql) => sql`update password_resets set expires_at = now() where user_id = ${dan.userId}`)
    expect(await codeOf(await app.request(`/api/password-resets/${token}`))).toEqual([404, 'reset_link_not_found'])
    expect(await codeOf(await use(token))).toEqual([404, 'reset_link_not_found'])
    expect(await canSignIn(dan.email, password)).toBe(true)
  })

  it('[ACC11] is sent so often to one email, whether anybody has it or not, and asked for so often from one address', async () => {
    for (const email of ['nobody.at.all@example.org', (await app.signUp('Eve')).email]) {
      for (let index = 0; index < 5; index++) expect((await ask(email)).status).toBe(202)
      const limited = await ask(email)
      expect(limited.status).toBe(429)
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(60)
    }
    for (let index = 0; index < 5; index++) await box.next()
    for (let index = 0; index < 8; index++) expect((await ask(`nobody.${index}@example.org`, '203.0.113.40')).status).toBe(202)
    expect((await ask('one.more@example.org', '203.0.113.40')).status).toBe(429)
  })

  it('[ACC11] is not found by trying: so many misses from one address, then nothing', async () => {
    for (let index = 0; index < 12; index++) expect((await use(`guess-${index}`, undefined, '203.0.113.41')).status).toBe(404)
    expect(await codeOf(await use('guess', undefined, '203.0.113.41'))).toEqual([429, 'rate_limited'])
    const preview = await app.request('/api/password-resets/guess', { from: '203.0.113.41' })
    expect(preview.status).toBe(429)
  })

  it('[ACC13] is tried again when the mail server is busy', async () => {
    const fay = await app.signUp('Fay')
    box.refuseNext(1)
    await ask(fay.email)
    expect((await box.next()).to).toEqual([fay.email])
  })

  it.each([
    ['no email', undefined],
    ['no address', 'ada'],
    ['a list', ['ada@example.org']],
    ['10 kB', `${'x'.repeat(10_000)}@example.org`],
    ['a line end', 'ada@example.org\r\nBcc: all@example.org'],
  ])('[ACC6] is not sent to %s', async (_case, email) => {
    expect(await codeOf(await ask(email))).toEqual([422, 'invalid_request'])
  })

  it.each([
    ['a short password', { password: 'short' }],
    ['none', {}],
    ['a number', { password: 12_345_678 }],
    ['more than is meant', { password: newPassword, email: 'other@example.org' }],
  ])('[ACC7] does not set %s', async (_case, body) => {
    expect(await codeOf(await use('any', body))).toEqual([422, 'invalid_request'])
  })

  it('[ACC6] is refused by a server that sends no mail, and the page knows before', async () => {
    expect(await (await app.request('/api/password-resets')).json()).toEqual({ byMail: true })
    expect(await (await mute.request('/api/password-resets')).json()).toEqual({ byMail: false })
    expect(await codeOf(await mute.request('/api/password-resets', { body: { email: 'ada@example.org' } }))).toEqual([
      409,
      'mail_not_configured',
    ])
  })
})

describe('mail', () => {
  it('[ACC6] has gone to nobody without an account', () => {
    expect(box.received.length).toBeGreaterThan(5)
    expect(box.received.filter(({ to }) => to.some((address) => address.startsWith('nobody')))).toEqual([])
  })
})

describe("an owner's link", () => {
  it('[ACC8] sets the password of a member whose projects are all the owner’s, and the member is told', async () => {
    const scene = await setScene('one')
    const { owner, member, projectId } = scene
    const made = await link(scene, member.userId)
    expect(made.status).toBe(201)
    const { token, url } = (await made.json()) as { token: string; url: string }
    expect(url).toBe(`${publicUrl}/reset/${token}`)
    const told = await box.next()
    expect(told.to).toEqual([member.email])
    expect(told.text).not.toContain(token)
    expect(await (await app.request(`/api/password-resets/${token}`)).json()).toMatchObject({ madeBy: 'Owner of one' })
    expect((await use(token)).status).toBe(204)
    await box.next()
    const signedIn = await app.request('/api/auth/sign-in/email', { body: { email: member.email, password: newPassword } })
    const account = await app.request('/api/account', { token: ((await signedIn.json()) as { token: string }).token })
    expect(await account.json()).toMatchObject({ lastReset: { madeBy: 'Owner of one' } })
    const log = (await (await app.request(`/api/projects/${projectId}/audit`, { token: owner.token })).json()) as {
      items: { kind: string; actorId: string; subjectId: string }[]
    }
    for (const kind of ['account.reset_link_made', 'account.password_reset']) {
      expect(log.items).toContainEqual(expect.objectContaining({ kind, actorId: owner.userId, subjectId: member.userId }))
    }
  })

  it('[ACC8] is not made for who is in a project of somebody else, who is nobody’s member, or for oneself', async () => {
    const scene = await setScene('two')
    const { owner, member } = scene
    const stranger = await app.signUp('Stranger of two')
    expect(await codeOf(await link(scene, owner.userId))).toEqual([403, 'reset_not_allowed'])
    for (const id of [stranger.userId, 'x', "';--", '%00']) expect(await codeOf(await link(scene, id))).toEqual([404, 'not_found'])
    expect(await codeOf(await link({ ...scene, owner: member }, owner.userId))).toEqual([403, 'forbidden'])
    expect(await codeOf(await link({ ...scene, owner: stranger }, member.userId))).toEqual([404, 'not_found'])
    await join(stranger.token, await newProject(stranger.token), member.token, 'viewer')
    expect(await codeOf(await link(scene, member.userId))).toEqual([403, 'reset_not_allowed'])
  })

  it('[ACC8] is void once the member is in another project, has left, or the owner is none any more', async () => {
    const elsewhere = await setScene('three')
    const { token: first } = (await (await link(elsewhere, elsewhere.member.userId)).json()) as { token: string }
    await newProject(elsewhere.member.token)
    expect(await codeOf(await use(first))).toEqual([404, 'reset_link_not_found'])
    const left = await setScene('four')
    const { token: second } = (await (await link(left, left.member.userId)).json()) as { token: string }
    await app.request(`/api/projects/${left.projectId}/members/${left.member.userId}`, { method: 'DELETE', token: left.owner.token })
    expect(await codeOf(await use(second))).toEqual([404, 'reset_link_not_found'])
    for (const { member } of [elsewhere, left]) expect(await canSignIn(member.email, password)).toBe(true)
  })
})
