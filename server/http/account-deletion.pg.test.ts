// The end of an account over HTTP: what stands in the way, what goes with it, what stays.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { password } from '../../test/rigs/http-app.ts'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'

let app: WholeApp
beforeAll(async () => {
  app = await startWholeApp()
})
afterAll(() => app.close())

async function newProject(token: string, name: string): Promise<string> {
  return ((await (await app.request('/api/projects', { token, body: { name } })).json()) as { id: string }).id
}

async function join(owner: string, projectId: string, person: string): Promise<void> {
  const invitation = await app.request(`/api/projects/${projectId}/invitations`, { token: owner, body: { role: 'editor' } })
  const { token } = (await invitation.json()) as { token: string }
  await app.request(`/api/invitations/${token}/accept`, { method: 'POST', token: person })
}

const remove = (token: string, secret = password) => app.request('/api/account/deletion', { token, body: { password: secret } })
const fatesOf = async (token: string): Promise<unknown> => (await app.request('/api/account/deletion', { token })).json()

it('[ACC9] says beforehand what stands in the way, what goes and what stays, and is refused while it would leave a project without an owner', async () => {
  const ada = await app.signUp('Ada')
  const bob = await app.signUp('Bob')
  const needed = await newProject(ada.token, 'Needed')
  const alone = await newProject(ada.token, 'Alone')
  const shared = await newProject(bob.token, 'Shared')
  await join(ada.token, needed, bob.token)
  await join(bob.token, shared, ada.token)
  expect(await fatesOf(ada.token)).toEqual({
    blockedBy: [{ id: needed, name: 'Needed' }],
    deletes: [{ id: alone, name: 'Alone' }],
    leaves: [{ id: shared, name: 'Shared' }],
  })
  const refused = await remove(ada.token)
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'owns_projects', detail: expect.stringContaining('"Needed"') as string })
  expect((await app.request('/api/account', { token: ada.token })).status).toBe(200)
  const wrong = await remove(ada.token, 'not my password')
  expect([wrong.status, ((await wrong.json()) as { code: string }).code]).toEqual([403, 'wrong_password'])
  const handed = { method: 'PATCH', token: ada.token, body: { role: 'owner' } }
  expect((await app.request(`/api/projects/${needed}/members/${bob.userId}`, handed)).status).toBe(200)
  expect((await remove(ada.token)).status).toBe(204)
})

it('[ACC9] ends every session and token, leaves the words to a former member, and frees the email', async () => {
  const cas = await app.signUp('Cas')
  const dan = await app.signUp('Dan')
  const alone = await newProject(cas.token, 'Alone')
  const shared = await newProject(dan.token, 'Shared')
  await join(dan.token, shared, cas.token)
  for (const projectId of [alone, shared]) {
    await app.request(`/api/projects/${projectId}/spec`, { method: 'PUT', token: cas.token, body: { markdown: '# Goals\n\n- Stay.\n' } })
  }
  const made = await app.request('/api/account/tokens', { token: cas.token, body: { name: 'Script', scopes: ['write'] } })
  const script = ((await made.json()) as { token: string }).token
  const invitation = await app.request(`/api/projects/${alone}/invitations`, { token: cas.token, body: { role: 'editor' } })
  const { token: invitationToken } = (await invitation.json()) as { token: string }
  expect((await remove(cas.token)).status).toBe(204)
  for (const token of [cas.token, script]) expect((await app.request('/api/projects', { token })).status).toBe(401)
  const signIn = await app.request('/api/auth/sign-in/email', { body: { email: cas.email, password } })
  expect(signIn.status).toBe(401)
  expect((await app.request(`/api/invitations/${invitationToken}`)).status).toBe(404)

  // A sign-in that had checked the password before, and made its session after.
  const late = 'a-token-of-thirty-two-characters'
  await app.database.query(
    'test.late_session',
    (sql) => sql`
      insert into "session" ("id", "expiresAt", "token", "updatedAt", "userId")
      values ('late', now() + interval '1 day', ${late}, now(), ${cas.userId})`,
  )
  expect((await app.request('/api/projects', { token: late })).status).toBe(401)

  const spec = await app.request(`/api/projects/${shared}/spec`, { token: dan.token, headers: { accept: 'text/markdown' } })
  expect(await spec.text()).toContain('- Stay.')
  const members = (await (await app.request(`/api/projects/${shared}/members`, { token: dan.token })).json()) as { items: object[] }
  expect(members.items).toHaveLength(1)
  const rows = await app.database.query(
    'test.authors',
    (sql) => sql<{ name: string; email: string; left: string }[]>`
      select distinct u."name", u."email", (select count(*) from projects where id = ${alone})::text as left
      from document_updates d
      join "user" u on u."id" = d.author_id
      where d.author_id = ${cas.userId}`,
  )
  expect(rows).toEqual([{ name: 'Former member', email: expect.stringMatching(/@deleted\.invalid$/) as string, left: '0' }])

  const again = await app.request('/api/auth/sign-up/email', {
    body: { name: 'Cas again', email: cas.email, password },
    from: '198.51.100.77',
  })
  expect(again.status).toBe(200)
  const { user } = (await again.json()) as { user: { id: string } }
  expect(user.id).not.toBe(cas.userId)
})

it('[ACC10] of two last owners who go at once, one stays', async () => {
  for (let round = 0; round < 5; round++) {
    const owners = [await app.signUp(`First ${round}`), await app.signUp(`Second ${round}`)]
    const guest = await app.signUp(`Guest ${round}`)
    const [first, second] = owners
    if (!first || !second) throw new Error('there are two')
    const projectId = await newProject(first.token, 'Two owners')
    for (const person of [second, guest]) await join(first.token, projectId, person.token)
    await app.request(`/api/projects/${projectId}/members/${second.userId}`, {
      method: 'PATCH',
      token: first.token,
      body: { role: 'owner' },
    })
    const answers = await Promise.all(owners.map(({ token }) => remove(token)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409])
  }
})

it.each([
  ['no password', {}],
  ['an empty one', { password: '' }],
  ['10 kB', { password: 'x'.repeat(10_000) }],
  ['a number', { password: 5 }],
  ['more than is meant', { password, sure: true }],
])('[ACC9] is not done with %s', async (_case, body) => {
  const { token } = await app.signUp(`Person ${Math.random()}`)
  expect((await app.request('/api/account/deletion', { token, body })).status).toBe(422)
  expect((await app.request('/api/account', { token })).status).toBe(200)
})
