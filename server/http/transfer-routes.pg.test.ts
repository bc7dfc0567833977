// The spec as a file, out and in, over the whole application.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'

let app: WholeApp
let token: string
beforeAll(async () => {
  app = await startWholeApp()
  token = (await app.signUp('Ada')).token
})
afterAll(() => app.close())

async function newProject(name: string): Promise<string> {
  const made = (await (await app.request('/api/projects', { body: { name }, token })).json()) as { id: string }
  return `/api/projects/${made.id}`
}

const bring = (project: string, rawBody: string, type = 'text/markdown') =>
  app.request(`${project}/import?format=markdown`, { method: 'POST', rawBody, headers: { 'content-type': type }, token })

describe('export and import', () => {
  it('[HTTP13] give back as a file what was brought in as one, with its line ends made one', async () => {
    const project = await newProject('Kiln "7" 🏺')
    const brought = await bring(project, '# Kiln\r\n\r\n- It must be hot.\r\n')
    expect([brought.status, await brought.json()]).toEqual([200, { epoch: 1, sizeBytes: 26 }])
    const file = await app.request(`${project}/export?format=markdown`, { token })
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="Kiln 7.md"; filename*=UTF-8''Kiln%20%227%22%20%F0%9F%8F%BA.md`,
    )
    expect(await file.text()).toBe('# Kiln\n\n- It must be hot.\n')
  })

  it('[HTTP13] refuse a format that is not known, what is no text, and another type', async () => {
    const project = await newProject('Kiln')
    expect((await app.request(`${project}/export?format=docx`, { token })).status).toBe(422)
    expect((await bring(project, 'a\0b')).status).toBe(422)
    expect((await bring(project, '<p>', 'text/html')).status).toBe(415)
    expect((await app.request(`${project}/export`, { token })).status).toBe(200)
  })

  it('[HTTP14] give the items with their numbers as JSON, and as CSV in which no cell is a formula', async () => {
    const project = await newProject('Kiln')
    await bring(project, '## Goals\n\n- FR-1: Sell "pots", online\n- \\=1+1 is a formula\n')
    const json = await app.request(`${project}/export?format=json`, { token })
    expect(json.headers.get('content-disposition')).toContain('filename="Kiln.json"')
    const { project: name, items } = (await json.json()) as { project: string; items: { ref: string; text: string }[] }
    expect([name, items.map(({ ref, text }) => [ref, text])]).toEqual([
      'Kiln',
      [
        ['SPEC-1', 'Sell "pots", online'],
        ['SPEC-2', '=1+1 is a formula'],
      ],
    ])
    const csv = await app.request(`${project}/export?format=csv`, { token })
    const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await csv.arrayBuffer()).split('\r\n')
    expect(lines[0]).toBe('\uFEFFNumber,External id,Category,Key,Text,Modality,Source,Confidence,Changed')
    expect(lines[1]).toMatch(/^SPEC-1,FR-1,Goals,[\w-]+,"Sell ""pots"", online",none,import,1,2/)
    expect(lines[2]).toContain(",'=1+1 is a formula,")
  })
})
