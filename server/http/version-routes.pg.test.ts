// Versions over HTTP: made, listed, read, named, compared, restored and deleted.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Restore, Version, VersionDiff, VersionList, VersionText } from '../../shared/wire/versions.ts'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'
import type { RequestOptions } from '../../test/rigs/http-app.ts'

let whole: WholeApp
let owner: { token: string; userId: string }
let counted = 0

beforeAll(async () => {
  whole = await startWholeApp({ environment: { NAMED_VERSIONS_MAX: '3' } })
  owner = await whole.signUp('Ada Lovelace')
})
afterAll(() => whole.close())

async function ask<Answer>(path: string, options: RequestOptions = {}): Promise<{ status: number; body: Answer }> {
  const response = await whole.request(path, { token: owner.token, ...options })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Answer }
}

async function newProject(): Promise<string> {
  const { body } = await ask<{ id: string }>('/api/projects', { body: { name: `Kiln ${++counted}` } })
  return `/api/projects/${body.id}`
}

async function write(project: string, markdown: string, token = owner.token): Promise<void> {
  expect((await ask(`${project}/spec`, { method: 'PUT', body: { markdown }, token })).status).toBe(200)
}

const text = async (project: string) => (await ask<{ markdown: string }>(`${project}/spec`)).body.markdown
const create = async (project: string, name: string) => (await ask<Version>(`${project}/versions`, { body: { name } })).body
const list = async (project: string, query = '') => (await ask<VersionList>(`${project}/versions${query}`)).body

async function join(project: string, name: string, role: 'editor' | 'viewer'): Promise<{ token: string; userId: string }> {
  const person = await whole.signUp(name)
  const { body } = await ask<{ token: string }>(`${project}/invitations`, { body: { role } })
  await ask(`/api/invitations/${body.token}/accept`, { body: {}, token: person.token })
  return person
}

describe('versions over HTTP', () => {
  it('[VER3] are made with a name, listed newest first with all who worked on them, and read as they were', async () => {
    const project = await newProject()
    await write(project, '# One\n')
    const made = await ask<Version>(`${project}/versions`, { body: { name: '  First\n draft ' } })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      kind: 'named',
      name: 'First draft',
      authorId: owner.userId,
      authors: [{ userId: owner.userId, name: 'Ada Lovelace' }],
      sizeBytes: 6,
      restoredFrom: null,
    })
    const grace = await join(project, `Grace Hopper`, 'editor')
    await write(project, '# One\n\nGrüße\n', grace.token)
    await write(project, '# Two\n\nGrüße\n')
    const second = await create(project, 'Second')
    expect(second.authors.map(({ userId }) => userId)).toEqual([owner.userId, grace.userId])
    expect(await list(project)).toEqual({ items: [second, made.body], nextCursor: null })
    expect((await ask<VersionText>(`${project}/versions/${made.body.id}`)).body).toEqual({ ...made.body, markdown: '# One\n' })
    const plain = await whole.request(`${project}/versions/${second.id}`, { token: owner.token, headers: { accept: 'text/markdown' } })
    expect([plain.headers.get('content-type'), await plain.text()]).toEqual(['text/markdown; charset=utf-8', '# Two\n\nGrüße\n'])
  })

  it('[VER3] come in pages that neither skip nor repeat, and with a name alone when asked', async () => {
    const project = await newProject()
    for (const name of ['a', 'b', 'c']) {
      await write(project, `${name}\n`)
      await create(project, name)
    }
    const first = await list(project, '?limit=2')
    expect(first.items.map(({ name }) => name)).toEqual(['c', 'b'])
    const rest = await list(project, `?limit=2&cursor=${first.nextCursor}`)
    expect([rest.items.map(({ name }) => name), rest.nextCursor]).toEqual([['a'], null])
    const unnamed = rest.items[0]?.id
    await ask(`${project}/versions/${unnamed}`, { method: 'PATCH', body: { name: null } })
    expect((await list(project, '?named=true')).items.map(({ name }) => name)).toEqual(['c', 'b'])
  })

  it('[VER4] of one text are one until it has a name, and a name can be changed and taken away', async () => {
    const project = await newProject()
    await write(project, 'text\n')
    const one = await create(project, 'one')
    const two = await create(project, 'two')
    expect(two.id).not.toBe(one.id)
    const renamed = await ask<Version>(`${project}/versions/${two.id}`, { method: 'PATCH', body: { name: 'three' } })
    expect([renamed.status, renamed.body.name]).toEqual([200, 'three'])
    await ask(`${project}/versions/${two.id}`, { method: 'PATCH', body: { name: null } })
    const again = await create(project, 'four')
    expect(again).toMatchObject({ id: two.id, name: 'four' })
  })

  it('[VER4] with a name are limited, by name', async () => {
    const project = await newProject()
    await write(project, 'text\n')
    const made = [await create(project, '1'), await create(project, '2'), await create(project, '3')]
    const refused = await ask<{ code: string }>(`${project}/versions`, { body: { name: '4' } })
    expect([refused.status, refused.body.code]).toEqual([409, 'too_many_versions'])
    await ask(`${project}/versions/${made[1]?.id}`, { method: 'PATCH', body: { name: null } })
    expect((await ask(`${project}/versions`, { body: { name: '4' } })).status).toBe(201)
  })

  it('[VER5] are compared line by line with one another and with the live text', async () => {
    const project = await newProject()
    await write(project, 'one\ntwo\nthree\n')
    const before = await create(project, 'before')
    await write(project, 'one\n2\nthree\n')
    const after = await create(project, 'after')
    await write(project, 'one\n2\nthree\nfour\n')
    const between = (await ask<VersionDiff>(`${project}/versions/${before.id}/diff?to=${after.id}`)).body
    expect(between).toEqual({
      from: before.id,
      to: after.id,
      added: 1,
      removed: 1,
      hunks: [{ fromStart: 1, fromLines: 3, toStart: 1, toLines: 3, lines: [' one', '-two', '+2', ' three'] }],
    })
    const live = (await ask<VersionDiff>(`${project}/versions/${after.id}/diff`)).body
    expect([live.to, live.added, live.removed]).toEqual(['live', 1, 0])
    expect((await ask<VersionDiff>(`${project}/versions/${after.id}/diff?to=${after.id}`)).body.hunks).toEqual([])
  })

  it('[VER6] are restored as an edit in the same epoch, with the state before kept and the restore in the list', async () => {
    const project = await newProject()
    await write(project, 'old text\n')
    const old = await create(project, 'old')
    await write(project, 'new text, longer\n')
    const restored = await ask<Restore>(`${project}/versions/${old.id}/restore`, { method: 'POST' })
    expect(restored.status).toBe(200)
    expect(restored.body).toMatchObject({ version: { id: old.id }, before: { kind: 'before_restore', name: null }, epoch: 1 })
    expect(restored.body.update).toMatch(/^[\w+/]+=*$/)
    expect(await text(project)).toBe('old text\n')
    const { items } = await list(project)
    expect(items.map(({ kind }) => kind)).toEqual(['restore', 'before_restore', 'named'])
    expect(items[0]).toMatchObject({ authorId: owner.userId, restoredFrom: { id: old.id, name: 'old', createdAt: old.createdAt } })
    expect((await ask<VersionText>(`${project}/versions/${items[1]?.id}`)).body.markdown).toBe('new text, longer\n')

    const again = await ask<Restore>(`${project}/versions/${old.id}/restore`, { method: 'POST' })
    expect([again.body.update, again.body.before.id]).toEqual([null, items[0]?.id])
    expect((await list(project)).items.length).toBe(3)
  })

  it('[VER7] are deleted by owners alone, and those restored from them stay', async () => {
    const project = await newProject()
    const editor = await join(project, 'Edgar Codd', 'editor')
    await write(project, 'secret\n')
    const secret = await create(project, 'secret')
    await write(project, 'clean\n')
    await ask(`${project}/versions/${secret.id}/restore`, { method: 'POST' })
    const path = `${project}/versions/${secret.id}`
    expect((await ask(path, { method: 'DELETE', token: editor.token })).status).toBe(403)
    expect((await ask(path, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(path)).status).toBe(404)
    expect((await ask(path, { method: 'DELETE' })).status).toBe(404)
    const { items } = await list(project)
    expect(items.map(({ kind, restoredFrom }) => [kind, restoredFrom])).toEqual([
      ['restore', null],
      ['before_restore', null],
    ])
  })

  it('[VER7] are read by everyone in the project, changed by those who may write, and nothing to anyone else', async () => {
    const project = await newProject()
    const other = await newProject()
    const viewer = await join(project, 'Vera Rubin', 'viewer')
    const stranger = await whole.signUp('Sally Ride')
    await write(project, 'text\n')
    const version = await create(project, 'one')
    const one = `${project}/versions/${version.id}`
    const reads = [`${project}/versions`, one, `${one}/diff`]
    const writes: [string, RequestOptions][] = [
      [`${project}/versions`, { body: { name: 'x' } }],
      [one, { method: 'PATCH', body: { name: 'x' } }],
      [`${one}/restore`, { method: 'POST' }],
      [one, { method: 'DELETE' }],
    ]
    for (const path of reads) {
      expect((await ask(path, { token: viewer.token })).status).toBe(200)
      expect((await ask(path, { token: stranger.token })).status).toBe(404)
    }
    for (const [path, options] of writes) {
      expect((await ask(path, { ...options, token: viewer.token })).status).toBe(403)
      expect((await ask(path, { ...options, token: stranger.token })).status).toBe(404)
    }
    for (const path of [`/versions/${version.id}`, `/versions/${version.id}/diff`]) expect((await ask(other + path)).status).toBe(404)
    expect((await ask(`${other}/versions/${version.id}/restore`, { method: 'POST' })).status).toBe(404)
    expect((await list(project)).items.length).toBe(1)
  })

  it('[VER7] refuse what has not the shape, and lose nothing by it', async () => {
    const project = await newProject()
    const version = await create(project, 'one')
    const one = `${project}/versions/${version.id}`
    const bad: [string, RequestOptions][] = [
      [`${project}/versions`, { body: {} }],
      [`${project}/versions`, { body: { name: ' \n ' } }],
      [`${project}/versions`, { body: { name: 'x'.repeat(10_000) } }],
      [`${project}/versions`, { body: { name: 5 } }],
      [`${project}/versions`, { body: { name: 'x', kind: 'automatic' } }],
      [`${project}/versions?limit=0`, {}],
      [`${project}/versions?cursor=djE`.replace('djE', 'eHg'), {}],
      [`${project}/versions?cursor=v1`, {}],
      [one, { method: 'PATCH', body: { name: '' } }],
      [one, { method: 'PATCH', body: {} }],
      [`${one}/diff?to=yesterday`, {}],
    ]
    for (const [path, options] of bad) expect([path, (await ask(path, options)).status]).toEqual([path, 422])
    for (const id of ['nothing', '00000000-0000-4000-8000-000000000000']) {
      expect((await ask(`${project}/versions/${id}`)).status).toBe(404)
      expect((await ask(`${project}/versions/${id}/restore`, { method: 'POST' })).status).toBe(404)
    }
    expect((await ask(`${one}/diff?to=00000000-0000-4000-8000-000000000000`)).status).toBe(404)
    const name = `‏שלום 😀 <b>'; drop table versions; --`
    expect((await ask<Version>(one, { method: 'PATCH', body: { name } })).body.name).toBe(name)
  })
})
