// Items over HTTP: written into the live text, listed, changed, moved, confirmed and taken out.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Item, ItemList } from '../../shared/wire/items.ts'
import type { RequestOptions } from '../../test/rigs/http-app.ts'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'

let whole: WholeApp
let owner: { token: string; userId: string }
beforeAll(async () => {
  whole = await startWholeApp()
  owner = await whole.signUp('Ada Lovelace')
})
afterAll(() => whole.close())

async function ask<Answer>(path: string, options: RequestOptions = {}): Promise<{ status: number; body: Answer }> {
  const response = await whole.request(path, { token: owner.token, ...options })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Answer }
}

async function newProject(): Promise<string> {
  const { body } = await ask<{ id: string }>('/api/projects', { body: { name: 'Kiln' } })
  return `/api/projects/${body.id}`
}

const put = (project: string, markdown: string) => ask(`${project}/spec`, { method: 'PUT', body: { markdown } })
const list = async (project: string, query = '') => (await ask<ItemList>(`${project}/items${query}`)).body
const add = (project: string, category: string, text: string) => ask<Item>(`${project}/items`, { body: { category, text } })
const textOf = async (project: string) => (await ask<{ markdown: string }>(`${project}/spec`)).body.markdown

describe('items over HTTP', () => {
  it('[ITM2] are written into the live text at the end of their category, by who asked, and numbered', async () => {
    const project = await newProject()
    const first = await add(project, 'goals', '  Ship\r\nby *May* ')
    expect([first.status, first.body]).toMatchObject([
      201,
      {
        number: 1,
        ref: 'SPEC-1',
        text: 'Ship by *May*',
        category: 'goals',
        source: 'typed',
        confidence: 1,
        authorId: owner.userId,
        status: 'current',
      },
    ])
    await put(project, `${await textOf(project)}\n## Security\n\n- FR-1: Log in by passkey\n`)
    expect((await list(project)).items).toHaveLength(2)
    const second = await add(project, 'goals', 'Sell pots')
    const text = await textOf(project)
    expect(text).toBe('# Kiln\n\n## Goals\n\n- Ship by \\*May\\*\n- Sell pots\n\n## Security\n\n- FR-1: Log in by passkey\n')
    const { from, to } = second.body
    expect(text.slice(from ?? 0, to ?? 0)).toBe('Sell pots')
    expect((await list(project)).items.map(({ ref, text: words, externalId }) => [ref, words, externalId])).toEqual([
      ['SPEC-1', 'Ship by *May*', null],
      ['SPEC-2', 'Log in by passkey', 'FR-1'],
      ['SPEC-3', 'Sell pots', null],
    ])
  })

  it('[ITM3] keep id and number when reworded or moved, and are read when they have left the text', async () => {
    const project = await newProject()
    await put(project, '# K\n\n## Goals\n\n- Users **must** log in within 2 s\n- Sell pots\n')
    const change = (name: string, body: object) => ask<Item>(`${project}/items/${name}`, { method: 'PATCH', body })
    const [login] = (await list(project)).items
    const reworded = await change('SPEC-1', { text: 'Users must log in within 3 s' })
    expect(reworded.body).toMatchObject({ id: login?.id, number: 1, text: 'Users must log in within 3 s' })
    const moved = await change(login?.id ?? '', { category: 'performance' })
    expect(moved.body).toMatchObject({ id: login?.id, number: 1, category: 'performance' })
    expect(await textOf(project)).toBe('# K\n\n## Goals\n\n- Sell pots\n\n## Performance\n\n- Users must log in within 3 s\n')
    expect((await ask(`${project}/items/spec-1`, { method: 'DELETE' })).status).toBe(204)
    expect(await textOf(project)).toBe('# K\n\n## Goals\n\n- Sell pots\n\n## Performance\n\n')
    expect((await ask<Item>(`${project}/items/SPEC-1`)).body).toMatchObject({
      id: login?.id,
      status: 'superseded',
      from: null,
      text: 'Users must log in within 3 s',
    })
    expect((await list(project)).items.map(({ ref }) => ref)).toEqual(['SPEC-2'])
    expect((await list(project, '?status=superseded')).items.map(({ ref }) => ref)).toEqual(['SPEC-1'])
    expect((await change('SPEC-1', { text: 'back' })).status).toBe(404)
    expect((await ask(`${project}/items/SPEC-9`)).status).toBe(404)
  })

  it('[ITM2] come in pages by number, by category, and by what they say', async () => {
    const project = await newProject()
    await put(project, '## Goals\n\n- one pot\n- two pots\n- NFR-7: three\n\n## Security\n\n- lock the kiln\n')
    const first = await list(project, '?limit=2')
    expect(first.items.map(({ number }) => number)).toEqual([1, 2])
    const rest = await list(project, `?limit=2&cursor=${first.nextCursor}`)
    expect([rest.items.map(({ number }) => number), rest.nextCursor]).toEqual([[3, 4], null])
    const found = async (query: string) => (await list(project, query)).items.map(({ number }) => number)
    expect(await found('?q=POT')).toEqual([1, 2])
    expect(await found('?q=spec-4')).toEqual([4])
    expect(await found('?q=nfr-7')).toEqual([3])
    expect(await found('?category=security')).toEqual([4])
    expect((await ask(`${project}/items?cursor=x`)).status).toBe(422)
  })

  it('[ITM4] are refused where the words would not read as that one item', async () => {
    const project = await newProject()
    await put(project, '# K\n\n```\nopen')
    const refused = await ask<{ code: string }>(`${project}/items`, { body: { category: 'goals', text: 'x' } })
    expect([refused.status, refused.body.code]).toEqual([422, 'item_not_writable'])
    expect(await textOf(project)).toBe('# K\n\n```\nopen')
  })

  it('[ITM5] that carry the same external id say so', async () => {
    const project = await newProject()
    await put(project, '## Goals\n\n- FR-1: one\n- FR-1: two\n- FR-2: three\n')
    expect((await list(project)).items.map(({ isExternalIdRepeated }) => isExternalIdRepeated)).toEqual([true, true, false])
  })
})
