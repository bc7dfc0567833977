// Projects through the API, on a real PostgreSQL.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import type { MemberList, Project, ProjectList } from '../../shared/wire/projects.ts'

let app: HttpApp
let ada: { token: string; userId: string }
let bob: { token: string; userId: string }
beforeAll(async () => {
  app = await startHttpApp()
  ada = await app.signUp('Ada')
  bob = await app.signUp('Bob')
})
afterAll(() => app.close())

async function makeProject(token: string, body: object = { name: 'Kiln' }): Promise<Project> {
  const made = await app.request('/api/projects', { body, token })
  expect(made.status).toBe(201)
  return (await made.json()) as Project
}

async function listProjects(token: string, query = ''): Promise<ProjectList> {
  const list = await app.request(`/api/projects${query}`, { token })
  expect(list.status).toBe(200)
  return (await list.json()) as ProjectList
}

describe('making and reading', () => {
  it('[PROJ1] makes its maker the owner', async () => {
    const project = await makeProject(ada.token, { name: ' Kiln ', description: 'Fires\r\npots' })
    expect(project).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Kiln',
      description: 'Fires\npots',
      role: 'owner',
      phase: 'discovery',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: project.createdAt,
      archivedAt: null,
    })
    const read = await app.request(`/api/projects/${project.id}`, { token: ada.token })
    expect(read.status).toBe(200)
    expect(await read.json()).toEqual(project)
    const members = (await (await app.request(`/api/projects/${project.id}/members`, { token: ada.token })).json()) as MemberList
    expect(members.items).toEqual([
      { userId: ada.userId, name: 'Ada', role: 'owner', color: expect.stringMatching(/^#[0-9a-f]{6}$/), joinedAt: project.createdAt },
    ])
  })

  it('[PROJ1] makes no project without its owner', async () => {
    const [counts] = await app.database.query(
      'test.orphans',
      (sql) => sql<{ orphans: number }[]>`
        select count(*)::int as orphans from projects p
        where not exists (select 1 from members m where m.project_id = p.id and m.role = 'owner')`,
    )
    expect(counts).toEqual({ orphans: 0 })
  })

  it('[PROJ2] answers alike for a project of somebody else, one that is not there and what is no id', async () => {
    const { id } = await makeProject(ada.token)
    const answers: string[] = []
    for (const asked of [id, '00000000-0000-4000-8000-000000000000', 'no-id', "'; drop table projects; --", id.toUpperCase(), '%00']) {
      for (const path of ['', '/members']) {
        const answer = await app.request(`/api/projects/${encodeURIComponent(asked)}${path}`, { token: bob.token })
        expect(answer.status).toBe(404)
        answers.push(await answer.text())
      }
      const invite = await app.request(`/api/projects/${encodeURIComponent(asked)}/invitations`, {
        token: bob.token,
        body: { role: 'viewer' },
      })
      answers.push(await invite.text())
    }
    expect(new Set(answers).size).toBe(1)
  })
})

describe('bad input', () => {
  it.each([
    ['no name', {}, ['name']],
    ['an empty name', { name: '' }, ['name']],
    ['a name of spaces', { name: ' \n\t ' }, ['name']],
    ['a long name', { name: 'x'.repeat(201) }, ['name']],
    ['a name that is no text', { name: 7 }, ['name']],
    ['a long description', { name: 'Kiln', description: 'x'.repeat(2_001) }, ['description']],
    ['a field that is not meant', { name: 'Kiln', role: 'owner' }, ['']],
    ['a list', [], ['']],
    ['null', null, ['']],
    ['two faults', { name: '', description: 7 }, ['name', 'description']],
  ])('[HTTP2] refuses %s with the paths', async (_case, body, paths) => {
    const refused = await app.request('/api/projects', { body, token: ada.token })
    expect(refused.status).toBe(422)
    const problem = (await refused.json()) as { code: string; errors: { path: string; message: string }[] }
    expect(problem.code).toBe('invalid_request')
    expect(problem.errors.map(({ path }) => path)).toEqual(paths)
    expect(problem.errors.every(({ message }) => message.length > 0)).toBe(true)
  })

  it.each(['{"name":', 'name=Kiln', '"', '\uFEFF', '{"name":"Kiln"}{}'])('[HTTP2] refuses a body that is no JSON: %s', async (text) => {
    const refused = await app.request('/api/projects', {
      method: 'POST',
      token: ada.token,
      headers: { 'content-type': 'application/json' },
      rawBody: text,
    })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'invalid_request' })
  })

  it('[HTTP2] refuses a body of another type with 415, and none at all', async () => {
    const make = (options: object) => app.request('/api/projects', { method: 'POST', token: ada.token, ...options })
    const text = await make({ rawBody: '{"name":"Kiln"}', headers: { 'content-type': 'text/plain' } })
    expect(text.status).toBe(415)
    expect(await text.json()).toMatchObject({ code: 'unsupported_media_type' })
    expect((await make({})).status).toBe(422)
    expect((await make({ headers: { 'content-type': 'application/json' } })).status).toBe(422)
  })

  it('[PROJ8] keeps markup and SQL as they are typed', async () => {
    const name = `<script>alert(1)</script> '); drop table projects; -- "\\ $1 %s`
    const { id } = await makeProject(ada.token, { name, description: name })
    const read = (await (await app.request(`/api/projects/${id}`, { token: ada.token })).json()) as Project
    expect([read.name, read.description]).toEqual([name, name])
  })

  it('[PROJ8] replaces what cannot be kept', async () => {
    const project = await makeProject(ada.token, { name: 'a\r\nb\0c\ud83d', description: 'a\r\nb\0c\ud83d' })
    expect([project.name, project.description]).toEqual(['a b\uFFFDc\uFFFD', 'a\nb\uFFFDc\uFFFD'])
  })
})

describe('the list', () => {
  it('[PROJ3] pages through all, last changed first, without a gap or a double, also at one and the same time', async () => {
    const cleo = await app.signUp('Cleo')
    const made: string[] = []
    for (let index = 0; index < 23; index++) made.push((await makeProject(cleo.token, { name: `Project ${index}` })).id)
    await app.database.query(
      'test.same_time',
      (sql) => sql`
        update projects set updated_at = '2026-01-01T00:00:00.123Z' where created_by = ${cleo.userId} and name like 'Project 1%'`,
    )
    const seen: Project[] = []
    let cursor: string | null = null
    do {
      const page = await listProjects(cleo.token, `?limit=5${cursor ? `&cursor=${cursor}` : ''}`)
      expect(page.items.length).toBeLessThanOrEqual(5)
      seen.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen.map(({ id }) => id).sort()).toEqual(made.sort())
    const times = seen.map(({ updatedAt }) => updatedAt)
    expect(times).toEqual([...times].sort().reverse())
  })

  it('[PROJ3] has no next page when the last one is full', async () => {
    const dan = await app.signUp('Dan')
    await makeProject(dan.token)
    await makeProject(dan.token)
    expect(await listProjects(dan.token, '?limit=2')).toMatchObject({ nextCursor: null, items: { length: 2 } })
  })

  it('[PROJ3] shows nobody else’s and no archived ones', async () => {
    const eve = await app.signUp('Eve')
    const kept = await makeProject(eve.token, { name: 'kept' })
    const archived = await makeProject(eve.token, { name: 'archived' })
    await app.database.query('test.archive', (sql) => sql`update projects set archived_at = now() where id = ${archived.id}`)
    expect(await listProjects(eve.token)).toEqual({ items: [kept], nextCursor: null })
  })

  it('[PROJ3] finds part of a name in any case, literally', async () => {
    const fay = await app.signUp('Fay')
    const names = ['100% Kiln', 'KILN_2', 'Ofen Ä', 'other']
    for (const name of names) await makeProject(fay.token, { name })
    const find = async (q: string) => (await listProjects(fay.token, `?q=${encodeURIComponent(q)}`)).items.map(({ name }) => name).sort()
    expect(await find('kiln')).toEqual(['100% Kiln', 'KILN_2'])
    expect(await find('%')).toEqual(['100% Kiln'])
    expect(await find('_')).toEqual(['KILN_2'])
    expect(await find('ofen ä')).toEqual(['Ofen Ä'])
    expect(await find("' or ''='")).toEqual([])
    expect(await find('\0')).toEqual([])
    expect(await find('')).toEqual([...names].sort())
  })

  it.each(['limit=0', 'limit=201', 'limit=two', 'limit=1.5', 'cursor=x', `q=${'x'.repeat(201)}`])('[HTTP2] refuses ?%s', async (query) => {
    const refused = await app.request(`/api/projects?${query}`, { token: ada.token })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'invalid_request', errors: [{ path: query.split('=')[0] }] })
  })
})
