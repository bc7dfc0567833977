// Members, invitations and the audit log through the API, on a real PostgreSQL.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import type { AuditList } from '../../shared/wire/audit.ts'
import type { OpenInvitationList } from '../../shared/wire/members.ts'
import type { Invitation, Member, MemberList, Project, ProjectList } from '../../shared/wire/projects.ts'

type Person = Awaited<ReturnType<HttpApp['signUp']>>

let app: HttpApp
let ada: Person
let bob: Person
let eve: Person
beforeAll(async () => {
  app = await startHttpApp()
  ;[ada, bob, eve] = [await app.signUp('Ada'), await app.signUp('Bob'), await app.signUp('Eve')]
})
afterAll(() => app.close())

async function makeProject(...others: [Person, string][]): Promise<string> {
  const made = await app.request('/api/projects', { body: { name: 'Kiln' }, token: ada.token })
  const { id } = (await made.json()) as Project
  for (const [person, role] of others) {
    // An owner comes in as an editor first.
    const link = await app.request(`/api/projects/${id}/invitations`, {
      body: { role: role === 'owner' ? 'editor' : role },
      token: ada.token,
    })
    const { token } = (await link.json()) as Invitation
    await app.request(`/api/invitations/${token}/accept`, { method: 'POST', token: person.token })
    if (role === 'owner') await change(ada, id, person, 'owner')
  }
  return id
}

function change(who: Person, projectId: string, whom: { userId: string }, role: unknown): Promise<Response> {
  return app.request(`/api/projects/${projectId}/members/${whom.userId}`, { method: 'PATCH', body: { role }, token: who.token })
}

function remove(who: Person, projectId: string, whom: { userId: string }): Promise<Response> {
  return app.request(`/api/projects/${projectId}/members/${whom.userId}`, { method: 'DELETE', token: who.token })
}

async function rolesIn(projectId: string, who = ada): Promise<Record<string, string>> {
  const list = await app.request(`/api/projects/${projectId}/members`, { token: who.token })
  const { items } = (await list.json()) as MemberList
  return Object.fromEntries(items.map(({ name, role }) => [name, role]))
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code
}

describe('members', () => {
  it('[MEM1] have their role changed by an owner, and by nobody else', async () => {
    const id = await makeProject([bob, 'editor'], [eve, 'viewer'])
    const changed = await change(ada, id, eve, 'commenter')
    expect(changed.status).toBe(200)
    expect((await changed.json()) as Member).toMatchObject({ userId: eve.userId, name: 'Eve', role: 'commenter' })
    expect((await change(bob, id, eve, 'owner')).status).toBe(403)
    expect(await rolesIn(id)).toEqual({ Ada: 'owner', Bob: 'editor', Eve: 'commenter' })
  })

  it('[MEM1] that are not there, in any way of naming them, are not found', async () => {
    const id = await makeProject()
    for (const userId of [eve.userId, 'nobody', '%00', 'ünï', 'x'.repeat(10_000), ada.userId.toUpperCase()]) {
      const answers = [
        await change(ada, id, { userId: encodeURIComponent(userId) }, 'editor'),
        await remove(ada, id, { userId: encodeURIComponent(userId) }),
      ]
      for (const answer of answers) expect([answer.status, await codeOf(answer)]).toEqual([404, 'not_found'])
    }
  })

  it.each([[{}], [{ role: 'king' }], [{ role: null }], [{ role: 'editor', more: 1 }], [['editor']]])(
    '[MEM1] %j is no change',
    async (body) => {
      const id = await makeProject([bob, 'editor'])
      const refused = await app.request(`/api/projects/${id}/members/${bob.userId}`, { method: 'PATCH', body, token: ada.token })
      expect([refused.status, await codeOf(refused)]).toEqual([422, 'invalid_request'])
    },
  )

  it('[MEM2] hand a project over: another becomes owner, and the first one may go', async () => {
    const id = await makeProject([bob, 'editor'])
    const refused = await remove(ada, id, ada)
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'last_owner'])
    expect(await codeOf(await change(ada, id, ada, 'editor'))).toBe('last_owner')
    expect((await change(ada, id, bob, 'owner')).status).toBe(200)
    expect((await remove(ada, id, ada)).status).toBe(204)
    expect(await rolesIn(id, bob)).toEqual({ Bob: 'owner' })
    expect((await app.request(`/api/projects/${id}`, { token: ada.token })).status).toBe(404)
  })

  it('[MEM2] never are without an owner, however two owners demote, remove or leave at once', async () => {
    const ends: [string, (id: string) => Promise<Response>[]][] = [
      ['demote each other', (id) => [change(ada, id, bob, 'viewer'), change(bob, id, ada, 'viewer')]],
      ['remove each other', (id) => [remove(ada, id, bob), remove(bob, id, ada)]],
      ['leave both', (id) => [remove(ada, id, ada), remove(bob, id, bob)]],
      ['step down both', (id) => [change(ada, id, ada, 'editor'), change(bob, id, bob, 'editor')]],
      ['one leaves, one removes', (id) => [remove(ada, id, bob), remove(bob, id, bob), remove(bob, id, ada)]],
    ]
    for (let round = 0; round < 50; round++) {
      const [name, act] = ends[round % ends.length] ?? ['', () => []]
      const id = await makeProject([bob, 'owner'])
      const statuses = (await Promise.all(act(id))).map(({ status }) => status)
      const owners = await app.database.query(
        'test.owners',
        (sql) => sql`select user_id from members where project_id = ${id} and role = 'owner'`,
      )
      expect(owners.length, `${name}: ${statuses.join(' ')}`).toBeGreaterThanOrEqual(1)
      expect(
        statuses.some((status) => status < 300),
        name,
      ).toBe(true)
    }
  })

  it('[MEM3] leave by themselves, whatever their role', async () => {
    const id = await makeProject([bob, 'viewer'])
    expect((await remove(bob, id, ada)).status).toBe(403)
    expect((await remove(bob, id, bob)).status).toBe(204)
    expect((await remove(bob, id, bob)).status).toBe(404)
    expect(await rolesIn(id)).toEqual({ Ada: 'owner' })
  })
})

describe('invitations', () => {
  const path = (id: string): string => `/api/projects/${id}/invitations`

  async function listed(id: string): Promise<OpenInvitationList['items']> {
    return ((await (await app.request(path(id), { token: ada.token })).json()) as OpenInvitationList).items
  }

  it('[MEM4] are several at once, listed without their tokens, with how often each was used', async () => {
    const id = await makeProject()
    const made = await app.request(path(id), { body: { role: 'viewer', expiresInHours: 2 }, token: ada.token })
    const { token, id: invitationId } = (await made.json()) as Invitation
    await app.request(path(id), { body: { role: 'editor', email: 'Zoe@Example.org' }, token: ada.token })
    for (const person of [bob, eve, bob]) await app.request(`/api/invitations/${token}/accept`, { method: 'POST', token: person.token })
    const items = await listed(id)
    expect(items.map(({ role, email, uses, createdByName }) => ({ role, email, uses, createdByName }))).toEqual([
      { role: 'editor', email: 'zoe@example.org', uses: 0, createdByName: 'Ada' },
      { role: 'viewer', email: null, uses: 2, createdByName: 'Ada' },
    ])
    expect(items.map((item) => item.id)).toContain(invitationId)
    expect(JSON.stringify(items)).not.toContain(token)
    expect((await app.request(path(id), { token: bob.token })).status).toBe(403)
  })

  it('[MEM4] let nobody in once they are withdrawn', async () => {
    const id = await makeProject()
    const made = (await (await app.request(path(id), { body: { role: 'viewer' }, token: ada.token })).json()) as Invitation
    const withdraw = () => app.request(`${path(id)}/${made.id}`, { method: 'DELETE', token: ada.token })
    expect((await withdraw()).status).toBe(204)
    expect(await codeOf(await withdraw())).toBe('invitation_not_found')
    expect(await codeOf(await app.request(`/api/invitations/${made.token}/accept`, { method: 'POST', token: bob.token }))).toBe(
      'invitation_not_found',
    )
    expect(await listed(id)).toEqual([])
    const other = await makeProject()
    expect(await codeOf(await app.request(`${path(other)}/${made.id}`, { method: 'DELETE', token: ada.token }))).toBe(
      'invitation_not_found',
    )
  })

  it('[MEM4] accepted at the moment they expire, either let in whole or not at all', async () => {
    const id = await makeProject()
    const made = (await (await app.request(path(id), { body: { role: 'viewer' }, token: ada.token })).json()) as Invitation
    await app.database.query(
      'test.expire',
      (sql) => sql`update invitations set expires_at = now() + interval '60 ms' where id = ${made.id} returning id`,
    )
    const people = await Promise.all(Array.from({ length: 8 }, (_, index) => app.signUp(`Late ${index}`)))
    const answers: [string, number][] = []
    for (const person of people) {
      answers.push([
        person.userId,
        (await app.request(`/api/invitations/${made.token}/accept`, { method: 'POST', token: person.token })).status,
      ])
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
    const members = (await (await app.request(`/api/projects/${id}/members`, { token: ada.token })).json()) as MemberList
    const isIn = new Set(members.items.map(({ userId }) => userId))
    expect(answers.map(([userId, status]) => [userId, status === 200 || status === 404, isIn.has(userId) === (status === 200)])).toEqual(
      answers.map(([userId]) => [userId, true, true]),
    )
    expect(answers.at(-1)?.[1]).toBe(404)
  })
})

describe('archiving', () => {
  it('[PROJ9, PROJ10] renames, puts away, lists apart, refuses changes, and brings back', async () => {
    const id = await makeProject([bob, 'editor'])
    const patch = (who: Person, body: object) => app.request(`/api/projects/${id}`, { method: 'PATCH', body, token: who.token })
    expect((await patch(bob, { name: 'Mine' })).status).toBe(403)
    expect(await (await patch(ada, { name: ' New\nname ', description: 'x' })).json()).toMatchObject({ name: 'New name', description: 'x' })
    expect((await app.request(`/api/projects/${id}`, { method: 'DELETE', token: bob.token })).status).toBe(403)
    expect((await app.request(`/api/projects/${id}`, { method: 'DELETE', token: ada.token })).status).toBe(204)
    const namesIn = async (query: string): Promise<string[]> =>
      ((await (await app.request(`/api/projects${query}`, { token: bob.token })).json()) as ProjectList).items.map((project) => project.id)
    expect(await namesIn('')).not.toContain(id)
    expect(await namesIn('?archived=true')).toContain(id)
    expect(await (await app.request(`/api/projects/${id}`, { token: bob.token })).json()).toMatchObject({
      role: 'editor',
      archivedAt: expect.any(String),
    })
    expect(await codeOf(await patch(ada, { name: 'Again' }))).toBe('project_archived')
    expect(await codeOf(await app.request(`/api/projects/${id}/invitations`, { body: { role: 'viewer' }, token: ada.token }))).toBe(
      'project_archived',
    )
    expect(await (await patch(ada, { archived: false, name: 'Back' })).json()).toMatchObject({ name: 'Back', archivedAt: null })
    expect(await namesIn('')).toContain(id)
  })

  it.each([[{}], [{ archived: 'yes' }], [{ name: '' }], [{ name: 'x'.repeat(10_000) }], [{ role: 'owner' }], [{ id: 'x', name: 'y' }]])(
    '[PROJ9] %j is no change',
    async (body) => {
      const id = await makeProject()
      const refused = await app.request(`/api/projects/${id}`, { method: 'PATCH', body, token: ada.token })
      expect([refused.status, await codeOf(refused)]).toEqual([422, 'invalid_request'])
    },
  )

  it('[PROJ9] keeps a name of emoji and of right-to-left letters as it is', async () => {
    const id = await makeProject()
    const name = '🏺 مشروع \u202Eabc 👩‍👩‍👧'
    const changed = await app.request(`/api/projects/${id}`, { method: 'PATCH', body: { name }, token: ada.token })
    expect(await changed.json()).toMatchObject({ name })
  })
})

describe('the audit log', () => {
  const read = async (path: string, who: Person): Promise<AuditList> =>
    (await (await app.request(path, { token: who.token })).json()) as AuditList

  it('[AUD1] tells owners who did what in a project, newest first, page by page', async () => {
    const id = await makeProject([bob, 'editor'])
    await change(ada, id, bob, 'viewer')
    await remove(ada, id, bob)
    await app.request(`/api/projects/${id}`, { method: 'DELETE', token: ada.token })
    const all: AuditList['items'] = []
    for (let cursor = ''; ;) {
      const page = await read(`/api/projects/${id}/audit?limit=2${cursor}`, ada)
      all.push(...page.items)
      if (page.nextCursor === null) break
      cursor = `&cursor=${page.nextCursor}`
    }
    expect(all.map(({ kind, actorName, subjectName }) => [kind, actorName, subjectName])).toEqual([
      ['project.archived', 'Ada', null],
      ['member.removed', 'Ada', 'Bob'],
      ['member.role_changed', 'Ada', 'Bob'],
      ['member.joined', 'Bob', null],
      ['invitation.made', 'Ada', null],
      ['project.created', 'Ada', null],
    ])
    expect(all[2]?.details).toEqual({ before: 'editor', role: 'viewer' })
    expect((await app.request(`/api/projects/${id}/audit`, { token: bob.token })).status).toBe(404)
  })

  it('[AUD1] is not for editors', async () => {
    const id = await makeProject([bob, 'editor'])
    expect((await app.request(`/api/projects/${id}/audit`, { token: bob.token })).status).toBe(403)
  })

  it('[AUD2] tells a person what was done with their account, failed sign-ins too', async () => {
    const zoe = await app.signUp('Zoe')
    await app.request('/api/auth/sign-in/email', { body: { email: zoe.email, password: 'not the password' } })
    const kinds = async () => (await read('/api/account/audit', zoe)).items.map(({ kind, actorId }) => [kind, actorId])
    await expect.poll(kinds).toEqual([
      ['account.sign_in_failed', null],
      ['account.signed_up', zoe.userId],
    ])
    expect((await read('/api/account/audit', ada)).items.every(({ subjectId }) => subjectId === ada.userId)).toBe(true)
  })

  it('[AUD3] forgets what is older than it is kept, and no more', async () => {
    await app.database.query(
      'test.age',
      (sql) =>
        sql`update audit_events set at = now() - interval '366 days' where kind = 'account.signed_up' and subject_id = ${eve.userId} returning id`,
    )
    const before = (await read('/api/account/audit', bob)).items
    app.audit.start()
    await expect.poll(async () => (await read('/api/account/audit', eve)).items.map(({ kind }) => kind)).toEqual([])
    expect((await read('/api/account/audit', bob)).items).toEqual(before)
    app.audit.stop()
  })
})
