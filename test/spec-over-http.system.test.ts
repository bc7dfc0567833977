// A spec read and replaced over HTTP while somebody has it open.

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest'
import { enterBySocketio } from './rigs/peer-lines.ts'
import { createProject, readSpec, signUp } from './rigs/people.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

const mib = 1024 * 1024

let database: FreshDatabase
let server: ServerProcess

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({ env: { DATABASE_URL: database.url } })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

it('[DOC18, DOC20] takes a spec of 1 MB and of nothing over HTTP, merges from a base, and refuses what is no text or has no base', async () => {
  onTestFailed(() => void process.stderr.write(server.output()))
  const owner = await signUp({ serverUrl: server.url, name: 'Ada' })
  const projectId = await createProject(owner, 'Imported into')
  const { peer: witness } = await enterBySocketio({ serverUrl: server.url, projectId, token: owner.token })
  const address = `/api/projects/${projectId}/spec`
  const put = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) =>
    owner.request(address, { method: 'PUT', body, headers: { 'content-type': 'text/markdown', accept: 'text/markdown', ...headers } })
  const line = 'A line with a € and a 😀 in it.\r\n'
  const large = line.repeat(Math.ceil(mib / Buffer.byteLength(line)))
  const first = await put(large)
  expect(first.status).toBe(200)
  expect(await first.text()).toBe(large.replaceAll('\r\n', '\n'))
  const base = first.headers.get('etag') ?? ''
  expect(await witness.edit((text) => text.insert(0, 'typed meanwhile\n'))).toBe('')
  const merged = await put(`${large}appended\n`, { 'if-match': base })
  expect(merged.status).toBe(200)
  const text = await merged.text()
  expect(text.startsWith('typed meanwhile\nA line')).toBe(true)
  expect(text.endsWith('in it.\nappended\n')).toBe(true)
  const unknown = await put('mine', { 'if-match': '"1-0000"' })
  expect(unknown.status).toBe(412)
  expect(await unknown.json()).toMatchObject({ code: 'base_not_held' })
  for (const binary of [
    randomBytes(4_096),
    Buffer.from('%PDF-1.7\n\0\0\0'),
    Buffer.from([0xff, 0xfe, 0x41, 0x42]),
    Buffer.from('caf\xe9', 'latin1'),
  ]) {
    const refused = await put(new Uint8Array(binary))
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'not_text' })
  }
  expect((await put('x', { 'content-type': 'image/png' })).status).toBe(415)
  expect((await put('x'.repeat(6 * mib))).status).toBe(413)
  expect((await put('x'.repeat(40 * mib))).status).toBe(413)
  expect(await readSpec(owner, projectId)).toBe(text)
  const emptied = await put('')
  expect([emptied.status, await emptied.text()]).toEqual([200, ''])
  await witness.untilText((now) => now === '')
  expect(witness.end).toBeNull()
  witness.close()
})
