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
})
