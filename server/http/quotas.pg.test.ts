// How many projects a person may own, and how many people and invitations a project may have.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import type { Invitation, Project } from '../../shared/wire/projects.ts'

let app: HttpApp
beforeAll(async () => {
  app = await startHttpApp({
    environment: { PROJECTS_PER_PERSON_MAX: '2', MEMBERS_PER_PROJECT_MAX: '3', INVITATIONS_PER_PROJECT_MAX: '2' },
  })
})
afterAll(() => app.close())

async function makeProject(token: string): Promise<Project> {
  return (await (await app.request('/api/projects', { body: { name: 'Kiln' }, token })).json()) as Project
}

const invite = (projectId: string, token: string) =>
  app.request(`/api/projects/${projectId}/invitations`, { body: { role: 'viewer' }, token })

it('[LIM5] a person who owns as many projects as one may makes no more, and can be let into others', async () => {
  const ada = await app.signUp('Ada')
  const bob = await app.signUp('Bob')
  await makeProject(ada.token)
  await makeProject(ada.token)
  const refused = await app.request('/api/projects', { body: { name: 'Third' }, token: ada.token })
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'too_many_projects', retryable: false })
  const other = await makeProject(bob.token)
  const { token } = (await (await invite(other.id, bob.token)).json()) as Invitation
  expect((await app.request(`/api/invitations/${token}/accept`, { method: 'POST', token: ada.token })).status).toBe(200)
})

it('[LIM5] a project with as many open invitations as it may have gets no more until one has expired', async () => {
  const cid = await app.signUp('Cid')
  const { id } = await makeProject(cid.token)
  for (let made = 0; made < 2; made++) expect((await invite(id, cid.token)).status).toBe(201)
  const refused = await invite(id, cid.token)
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'too_many_invitations' })
  await app.database.query(
    'test.expire',
    (sql) => sql`update invitations set expires_at = now() where id = (select id from invitations where project_id = ${id} limit 1)`,
  )
  expect((await invite(id, cid.token)).status).toBe(201)
})

it('[LIM5] a full project lets nobody in, and keeps those who are in it', async () => {
  const dan = await app.signUp('Dan')
  const { id } = await makeProject(dan.token)
  const { token } = (await (await invite(id, dan.token)).json()) as Invitation
  const [first, second, third] = [await app.signUp('Eva'), await app.signUp('Fay'), await app.signUp('Gus')]
  const accept = (person: { token: string }) => app.request(`/api/invitations/${token}/accept`, { method: 'POST', token: person.token })
  expect((await accept(first)).status).toBe(200)
  expect((await accept(second)).status).toBe(200)
  const refused = await accept(third)
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'project_full' })
  expect((await accept(second)).status).toBe(200)
})
