// Links that let people in, through the API, on a real PostgreSQL.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publicUrl, startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import type { Invitation, MemberList, Project } from '../../shared/wire/projects.ts'

let app: HttpApp
let owner: { token: string; userId: string }
let project: Project
beforeAll(async () => {
  app = await startHttpApp()
  owner = await app.signUp('Olga')
  project = (await (await app.request('/api/projects', { body: { name: 'Kiln' }, token: owner.token })).json()) as Project
})
afterAll(() => app.close())

async function invite(body: object, token = owner.token): Promise<Invitation> {
  const made = await app.request(`/api/projects/${project.id}/invitations`, { body, token })
  expect(made.status).toBe(201)
  return (await made.json()) as Invitation
}

/** A link to another project, which is then archived. */
async function inviteToArchived(): Promise<Invitation> {
  const made = await app.request('/api/projects', { body: { name: 'Archived' }, token: owner.token })
  const { id } = (await made.json()) as Project
  const invited = await app.request(`/api/projects/${id}/invitations`, { body: { role: 'viewer' }, token: owner.token })
  await app.database.query('test.archive', (sql) => sql`update projects set archived_at = now() where id = ${id}`)
  return (await invited.json()) as Invitation
}

const accept = (invitationToken: string, token: string) =>
  app.request(`/api/invitations/${invitationToken}/accept`, { method: 'POST', token })

async function roleOf(userId: string): Promise<string | undefined> {
  const members = (await (await app.request(`/api/projects/${project.id}/members`, { token: owner.token })).json()) as MemberList
  return members.items.find((member) => member.userId === userId)?.role
}

describe('making a link', () => {
  it('[PROJ4] shows the token once and keeps only its hash', async () => {
    const { token, url, expiresAt } = await invite({ role: 'editor' })
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(url).toBe(`${publicUrl}/invite/${token}`)
    expect(Date.parse(expiresAt) - Date.now()).toBeCloseTo(7 * 24 * 3_600_000, -5)
    const rows = await app.database.query('test.rows', (sql) => sql<{ row: string }[]>`select i::text as row from invitations i`)
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it.each(['editor', 'commenter', 'viewer'])('[PROJ4] is not for a member who is %s', async (role) => {
    const member = await app.signUp(`Member ${role}`)
    await accept((await invite({ role })).token, member.token)
    const refused = await app.request(`/api/projects/${project.id}/invitations`, { body: { role: 'viewer' }, token: member.token })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ code: 'forbidden' })
  })

  it.each([
    { role: 'owner' },
    { role: 'king' },
    {},
    { role: 'viewer', email: 'none' },
    { role: 'viewer', expiresInHours: 0 },
    { role: 'viewer', expiresInHours: 1e9 },
  ])('[HTTP2] refuses %j', async (body) => {
    const refused = await app.request(`/api/projects/${project.id}/invitations`, { body, token: owner.token })
    expect(refused.status).toBe(422)
  })
})

describe('looking at a link', () => {
  it('[PROJ5] shows where it leads, without a session', async () => {
    const { token, expiresAt } = await invite({ role: 'viewer', email: 'Pia@Example.org', expiresInHours: 2 })
    const shown = await app.request(`/api/invitations/${token}`)
    expect(shown.status).toBe(200)
    expect(await shown.json()).toEqual({ projectName: 'Kiln', role: 'viewer', inviterName: 'Olga', isForOneEmail: true, expiresAt })
  })

  it('[PROJ5] shows nothing of one that was withdrawn, has expired, leads to an archived project or never was', async () => {
    const guest = await app.signUp('Gast')
    const withdrawn = await invite({ role: 'viewer' })
    const expired = await invite({ role: 'viewer' })
    await app.database.query(
      'test.withdraw',
      (sql) => sql`update invitations set withdrawn_at = now() where expires_at = ${withdrawn.expiresAt}`,
    )
    await app.database.query('test.expire', (sql) => sql`update invitations set expires_at = now() where expires_at = ${expired.expiresAt}`)
    const archived = await inviteToArchived()
    for (const token of [withdrawn.token, expired.token, archived.token, 'x'.repeat(43), '%00', "'%20or%201=1"]) {
      for (const answer of [await app.request(`/api/invitations/${token}`), await accept(token, guest.token)]) {
        expect(answer.status).toBe(404)
        expect(await answer.json()).toMatchObject({ code: 'invitation_not_found' })
      }
    }
    expect(await roleOf(guest.userId)).toBeUndefined()
  })
})

describe('accepting', () => {
  it('[PROJ6] gives the role, and the same again', async () => {
    const { token } = await invite({ role: 'editor' })
    const guest = await app.signUp('Quentin')
    for (let time = 0; time < 2; time++) {
      const joined = await accept(token, guest.token)
      expect(joined.status).toBe(200)
      expect(await joined.json()).toEqual({ projectId: project.id, role: 'editor' })
    }
    expect((await app.request(`/api/projects/${project.id}`, { token: guest.token })).status).toBe(200)
  })

  it.each([
    ['viewer', 'editor', 'editor'],
    ['editor', 'viewer', 'editor'],
    ['commenter', 'viewer', 'commenter'],
    ['viewer', 'commenter', 'commenter'],
  ])('[PROJ6] makes of %s and then %s: %s', async (first, second, kept) => {
    const guest = await app.signUp(`Guest ${first} ${second}`)
    await accept((await invite({ role: first })).token, guest.token)
    const again = await accept((await invite({ role: second })).token, guest.token)
    expect(await again.json()).toEqual({ projectId: project.id, role: kept })
    expect(await roleOf(guest.userId)).toBe(kept)
  })

  it('[PROJ6] leaves an owner an owner', async () => {
    const joined = await accept((await invite({ role: 'viewer' })).token, owner.token)
    expect(await joined.json()).toEqual({ projectId: project.id, role: 'owner' })
  })

  it('[PROJ6] is safe to do many times at once', async () => {
    const guest = await app.signUp('Rosa')
    const links = await Promise.all(['viewer', 'editor', 'commenter', 'viewer'].map((role) => invite({ role })))
    const answers = await Promise.all(links.flatMap(({ token }) => [accept(token, guest.token), accept(token, guest.token)]))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    expect(await roleOf(guest.userId)).toBe('editor')
  })

  it('[PROJ7] lets in only whom it was sent to, in any case of letters', async () => {
    const { token } = await invite({ role: 'editor', email: 'SAM@example.ORG' })
    const sam = await app.signUp('Sam')
    const tim = await app.signUp('Tim')
    const refused = await accept(token, tim.token)
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ code: 'invitation_for_other' })
    expect(await roleOf(tim.userId)).toBeUndefined()
    expect((await accept(token, sam.token)).status).toBe(200)
  })

  it('[PROJ7] lets in many when it is for nobody in particular', async () => {
    const { token } = await invite({ role: 'viewer' })
    for (const name of ['Una', 'Vic', 'Wes']) expect((await accept(token, (await app.signUp(name)).token)).status).toBe(200)
  })

  it('[AUTH7] needs a session', async () => {
    const { token } = await invite({ role: 'viewer' })
    expect((await app.request(`/api/invitations/${token}/accept`, { method: 'POST' })).status).toBe(401)
  })
})
