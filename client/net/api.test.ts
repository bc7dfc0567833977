// The HTTP client against a real server in this process: what it sends, and how each failure comes out.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ApiError } from './api-error.ts'
import { createApi, type Api } from './api.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

let server: Server
let api: Api
let answer: Answer

beforeEach(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => answer(request, response, body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api = createApi({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ignored/path`, token: () => 'the-token' })
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function reply(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (_request, response) => response.writeHead(status, headers).end(body)
}

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const failure: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(failure instanceof ApiError)) throw new Error('expected an ApiError', { cause: failure })
  return failure
}

it('[COL18] sends JSON with the token and gives the parsed answer', async () => {
  answer = (request, response, body) =>
    response.end(
      JSON.stringify({ method: request.method, url: request.url, authorization: request.headers.authorization, sent: JSON.parse(body) }),
    )
  expect(await api.createProject({ name: 'Körper & Geist' })).toEqual({
    method: 'POST',
    url: '/api/projects',
    authorization: 'Bearer the-token',
    sent: { name: 'Körper & Geist' },
  })
})

it('[COL18] puts only what is given into the query, and escapes ids', async () => {
  const urls: unknown[] = []
  answer = (request, response) => {
    urls.push(request.url)
    response.end('{"items":[],"nextCursor":null}')
  }
  await api.listProjects({ q: 'a&b', limit: 5 })
  await api.listProjects()
  await api.getProject('../x')
  expect(urls).toEqual(['/api/projects?q=a%26b&limit=5', '/api/projects', '/api/projects/..%2Fx'])
})

it('[COL18] gives null for an empty or null body', async () => {
  answer = reply(200, 'null')
  expect(await api.getSession()).toBeNull()
  answer = reply(204, '')
  expect(await api.request('DELETE', '/api/projects/x')).toBeNull()
})

it('[COL18] makes an ApiError of problem+json, with fields and the time to wait', async () => {
  const problem = {
    title: 'Too many requests',
    code: 'rate_limited',
    detail: 'Wait.',
    retryable: true,
    errors: [{ path: 'name', message: 'Too long' }, { nonsense: 1 }],
  }
  answer = reply(429, JSON.stringify(problem), { 'content-type': 'application/problem+json', 'retry-after': '3' })
  expect(await failureOf(api.listProjects())).toMatchObject({
    code: 'rate_limited',
    message: 'Wait.',
    status: 429,
    retryable: true,
    retryAfterMs: 3_000,
    fields: [{ path: 'name', message: 'Too long' }],
  })
})

it('[COL18] keeps the code and message of the authentication library', async () => {
  answer = reply(401, '{"code":"INVALID_EMAIL_OR_PASSWORD","message":"Invalid email or password"}')
  const failure = await failureOf(api.signIn({ email: 'a@b.c', password: 'x' }))
  expect(failure).toMatchObject({ code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password', status: 401, retryable: false })
})

it("[COL18] makes something of a proxy's page", async () => {
  answer = reply(503, '<html>down</html>', { 'retry-after': new Date(Date.now() + 60_000).toUTCString() })
  const failure = await failureOf(api.listProjects())
  expect(failure).toMatchObject({ code: 'overloaded', status: 503, retryable: true })
  expect(failure.retryAfterMs).toBeGreaterThan(50_000)
  answer = reply(200, '<html>sign in to the wifi</html>')
  expect(await failureOf(api.listProjects())).toMatchObject({ code: 'unreachable', retryable: true })
})

it('[COL18] says that the server cannot be reached when there is no answer', async () => {
  answer = (request) => request.socket.destroy()
  expect(await failureOf(api.listProjects())).toMatchObject({ code: 'unreachable', status: 0, retryable: true })
})

it("[COL18] rejects with the signal's reason when aborted", async () => {
  answer = () => abort.abort(new Error('left the page'))
  const abort = new AbortController()
  await expect(api.listProjects({}, abort.signal)).rejects.toThrow('left the page')
})
