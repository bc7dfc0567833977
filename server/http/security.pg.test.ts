// What holds for every operation of the description: who is nobody, who is elsewhere, who is not in the project.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiDocument, ApiOperation } from '../../test/rigs/api-contract.ts'
import { publicUrl, type RequestOptions } from '../../test/rigs/http-app.ts'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'

interface Operation {
  method: string
  path: string
  operation: ApiOperation
}

let whole: WholeApp
let operations: Operation[]
let owner: { token: string; cookie: string; userId: string }
let outsider: { token: string }
let projectId: string

beforeAll(async () => {
  whole = await startWholeApp()
  owner = await whole.signUp('Owner')
  outsider = await whole.signUp('Outsider')
  projectId = ((await (await whole.request('/api/projects', { body: { name: 'Kiln' }, token: owner.token })).json()) as { id: string }).id
  const { paths } = (await (await whole.request('/api/openapi.json')).json()) as ApiDocument
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
})
afterAll(() => whole.close())

/** Asks an operation about the owner's project, with a body that is JSON and of no shape in particular. */
async function ask({ method, path, operation }: Operation, options: RequestOptions): Promise<{ status: number; code: unknown }> {
  const filled = path
    .replace('{projectId}', projectId)
    .replace('{userId}', owner.userId)
    .replaceAll(/\{\w+\}/g, crypto.randomUUID())
  const [type] = Object.keys(operation.requestBody?.content ?? {})
  const body =
    type === undefined
      ? {}
      : { rawBody: type === 'application/json' ? '{}' : 'text', headers: { 'content-type': type, ...options.headers } }
  const response = await whole.request(filled, { method, ...options, ...body })
  const answer: unknown = response.headers.get('content-type')?.includes('json') ? await response.json() : null
  return { status: response.status, code: typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : null }
}

const name = ({ method, path }: Operation) => `${method} ${path}`
const isOurs = ({ path }: Operation) => !path.startsWith('/api/auth/')
const needsSession = ({ operation }: Operation) => operation.security !== undefined

describe('every operation', () => {
  it('[SEC4] that needs a session is 401 without one, and with one that is none', async () => {
    const asked = operations.filter(needsSession).filter(isOurs)
    expect(asked.length).toBeGreaterThan(6)
    for (const operation of asked) {
      expect(await ask(operation, {}), name(operation)).toEqual({ status: 401, code: 'unauthenticated' })
      expect(await ask(operation, { token: 'none' }), name(operation)).toEqual({ status: 401, code: 'unauthenticated' })
    }
  })

  it('[SEC4] about a project is 404 for who is not in it, whatever they send', async () => {
    const asked = operations.filter(({ path }) => path.includes('{projectId}'))
    expect(asked.length).toBeGreaterThan(4)
    for (const operation of asked) {
      const { status } = await ask(operation, { token: outsider.token })
      // What does not fit its schema is refused before anything is looked up, and says nothing about the project.
      expect([404, 422], name(operation)).toContain(status)
    }
    expect((await whole.request(`/api/projects/${projectId}`, { token: owner.token })).status).toBe(200)
  })

  it.each(['https://evil.example', 'null', undefined])('[SEC5] that writes takes no cookie from %s', async (origin) => {
    const asked = operations.filter(needsSession).filter(({ method }) => method !== 'GET')
    expect(asked.length).toBeGreaterThan(4)
    const headers = { cookie: owner.cookie, ...(origin === undefined ? {} : { origin }) }
    for (const operation of asked.filter(isOurs)) {
      expect(await ask(operation, { headers }), name(operation)).toEqual({ status: 403, code: 'origin_not_allowed' })
    }
    for (const operation of asked.filter((one) => !isOurs(one))) {
      expect((await ask(operation, { headers })).status, name(operation)).toBe(403)
    }
    expect((await whole.request('/api/projects', { headers: { cookie: owner.cookie, origin: publicUrl } })).status).toBe(200)
  })

  it('[SEC5] says nothing to a page of another origin: no answer allows it to read', async () => {
    for (const operation of operations) {
      const { path, method } = operation
      const response = await whole.request(path.replaceAll(/\{\w+\}/g, projectId), { method, headers: { origin: 'https://evil.example' } })
      expect(response.headers.get('access-control-allow-origin'), name(operation)).toBeNull()
    }
  })
})
