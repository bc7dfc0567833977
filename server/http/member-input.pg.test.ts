// What does not fit, sent to the routes of invitations and the audit log: refused by name, with nothing changed.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import type { AuditList } from '../../shared/wire/audit.ts'
import type { OpenInvitationList } from '../../shared/wire/members.ts'
import type { Invitation, Project } from '../../shared/wire/projects.ts'

type Person = Awaited<ReturnType<HttpApp['signUp']>>

let app: HttpApp
let ada: Person
let projectId: string
beforeAll(async () => {
  app = await startHttpApp()
  ada = await app.signUp('Ada')
  projectId = await makeProject()
})
afterAll(() => app.close())

async function makeProject(): Promise<string> {
  return ((await (await app.request('/api/projects', { body: { name: 'Kiln' }, token: ada.token })).json()) as Project).id
}

async function openIn(id: string): Promise<string[]> {
  const answer = await app.request(`/api/projects/${id}/invitations`, { token: ada.token })
  return ((await answer.json()) as OpenInvitationList).items.map((invitation) => invitation.id)
}

async function refusalOf(response: Response): Promise<[status: number, code: string]> {
  return [response.status, ((await response.json()) as { code: string }).code]
}

describe('an invitation', () => {
  it.each([
    [{}],
    [[]],
    [{ role: 'owner' }],
    [{ role: 'viewer', email: 'nobody' }],
    [{ role: 'viewer', email: 7 }],
    [{ role: 'viewer', email: `${'x'.repeat(10_000)}@example.org` }],
    [{ role: 'viewer', email: '🎉' }],
    [{ role: 'viewer', expiresInHours: 0 }],
    [{ role: 'viewer', expiresInHours: -1 }],
    [{ role: 'viewer', expiresInHours: 1.5 }],
    [{ role: 'viewer', expiresInHours: '24' }],
    [{ role: 'viewer', expiresInHours: 1e9 }],
    [{ role: 'viewer', uses: 1 }],
  ])('[MEM4] %j is none', async (body) => {
    const answer = await app.request(`/api/projects/${projectId}/invitations`, { body, token: ada.token })
    expect(await refusalOf(answer)).toEqual([422, 'invalid_request'])
    expect(await openIn(projectId)).toEqual([])
  })

  it('[MEM4] is withdrawn only through the project it is for', async () => {
    const [one, other] = [await makeProject(), await makeProject()]
    const made = await app.request(`/api/projects/${one}/invitations`, { body: { role: 'viewer' }, token: ada.token })
    const { id } = (await made.json()) as Invitation
    for (const path of [`${other}/invitations/${id}`, `${one}/invitations/${other}`, `${one}/invitations/${'x'.repeat(5_000)}`]) {
      const answer = await app.request(`/api/projects/${path}`, { method: 'DELETE', token: ada.token })
      expect(await refusalOf(answer)).toEqual([404, 'invitation_not_found'])
    }
    expect(await openIn(one)).toEqual([id])
  })
})

describe('the audit log', () => {
  const queries = ['limit=0', 'limit=201', 'limit=two', 'cursor=x', 'cursor=-1', `cursor=${'9'.repeat(30)}`]

  it.each(queries)('[AUD1] refuses ?%s, of a project as of an account', async (query) => {
    for (const path of [`/api/projects/${projectId}/audit`, '/api/account/audit']) {
      expect(await refusalOf(await app.request(`${path}?${query}`, { token: ada.token }))).toEqual([422, 'invalid_request'])
    }
  })

  it('[AUD1] tells nothing of another project by a cursor into it', async () => {
    const other = await makeProject()
    const newest = (await (await app.request(`/api/projects/${other}/audit`, { token: ada.token })).json()) as AuditList
    const cursor = String(BigInt(newest.items[0]?.id ?? '0') + 1n)
    const page = (await (await app.request(`/api/projects/${projectId}/audit?cursor=${cursor}`, { token: ada.token })).json()) as AuditList
    expect(page.items.map(({ id }) => id)).not.toContain(newest.items[0]?.id)
    expect(page.items.map(({ kind }) => kind)).toEqual(['project.created'])
  })
})
