// The description of the API, of the whole application as the server composes it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiDocument } from '../../test/rigs/api-contract.ts'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'

let whole: WholeApp
let document: ApiDocument
beforeAll(async () => {
  whole = await startWholeApp()
  document = (await (await whole.request('/api/openapi.json')).json()) as ApiDocument
})
afterAll(() => whole.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

describe('/api/openapi.json', () => {
  it('[HTTP9, API1] has every route of the server, and no other', () => {
    const described = operations().map(({ method, path }) => `${method} ${path}`)
    const routed = whole.app.routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '/*')
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:([A-Za-z]+)/g, '{$1}')}`)
    expect(new Set(described)).toEqual(new Set(routed))
    expect(described).toContain('put /api/projects/{projectId}/spec')
  })

  it('[API2] names each operation once, with a sentence, a group and its parameters', () => {
    const names = operations().map(({ operation }) => operation.operationId)
    expect(new Set(names).size).toBe(names.length)
    for (const { path, method, operation } of operations()) {
      expect(operation, `${method} ${path}`).toMatchObject({
        summary: expect.stringMatching(/\w/),
        tags: [expect.stringMatching(/^[a-z-]+$/)],
      })
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      expect(new Set(inPath), `${method} ${path}`).toEqual(new Set([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])))
    }
  })

  it('[API3] lists with each operation what stands in front of it: a session, a rate, a failing machine', () => {
    for (const { path, method, operation } of operations().filter(
      ({ path }) => path.startsWith('/api/') && !['/api/openapi.json', '/api/docs'].includes(path),
    )) {
      const expected = [
        '429',
        '500',
        '503',
        ...(operation.security ? ['401'] : []),
        ...(operation.requestBody ? ['413', '415', '422'] : []),
      ]
      expect(Object.keys(operation.responses), `${method} ${path}`).toEqual(expect.arrayContaining(expected))
    }
  })

  it('[API3] gives every problem the codes that may stand in it', () => {
    const problems = operations().flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap(({ content }) => content?.['application/problem+json']?.schema ?? []),
    )
    expect(problems.length).toBeGreaterThan(50)
    for (const schema of problems) expect(JSON.stringify(schema)).toMatch(/#\/components\/schemas\/Problem.*"enum":\["[a-z_]+"/)
  })
})
