// What a hostile client finds when it talks to a whole server over real sockets.

import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, jsonBody, signUp, type Person } from './rigs/people.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

const headersTimeoutMs = 1_000

let database: FreshDatabase
let server: ServerProcess
let person: Person
let projectId: string

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({
    env: { DATABASE_URL: database.url, REQUEST_HEADERS_TIMEOUT_MS: String(headersTimeoutMs), REQUEST_TIMEOUT_MS: '2000' },
  })
  person = await signUp({ serverUrl: server.url, name: 'Ada' })
  projectId = await createProject(person)
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

const html = { headers: { accept: 'text/html' } }

async function scriptOfPage(): Promise<string> {
  const page = await (await fetch(server.url, html)).text()
  return /src="([^"]+\.js)"/.exec(page)?.[1] ?? 'no script in the page'
}

describe('headers', () => {
  it('[SEC1] stand on every kind of answer: pages, files, JSON, Markdown, refusals, and what is beside the application', async () => {
    const asked: [string, RequestInit][] = [
      ['/', html],
      ['/projects/anything', html],
      [await scriptOfPage(), {}],
      ['/api/docs', {}],
      ['/api/openapi.json', {}],
      ['/api/projects', {}],
      ['/api/projects', { headers: { authorization: `Bearer ${person.token}` } }],
      [`/api/projects/${projectId}/spec`, { headers: { authorization: `Bearer ${person.token}`, accept: 'text/markdown' } }],
      ['/api/projects', { method: 'PUT' }],
      ['/api/auth/sign-in/email', jsonBody('POST', { email: 'nobody@example.org', password: 'wrong password' })],
      ['/api/auth/get-session', {}],
      ['/nothing.js', {}],
      ['/health/ready', {}],
      ['/metrics', {}],
      ['/socket.io/?EIO=4&transport=polling', {}],
    ]
    for (const [path, init] of asked) {
      const { headers, status } = await fetch(new URL(path, server.url), init)
      const seen = `${init.method ?? 'GET'} ${path} ${status}`
      const policy = headers.get('content-security-policy')
      expect(policy, seen).toContain("frame-ancestors 'none'")
      expect(policy, seen).not.toMatch(/unsafe|\*/)
      expect(headers.get('x-content-type-options'), seen).toBe('nosniff')
      expect(headers.get('referrer-policy'), seen).toBe('no-referrer')
      expect(headers.get('x-powered-by'), seen).toBeNull()
      expect(headers.get('access-control-allow-origin'), seen).toBeNull()
    }
  })
})

/** Opens a connection, sends `text`, and goes on with whatever `more` gives until it is closed; gives what was answered. */
function sendSlowly(text: string, more?: (socket: Socket) => NodeJS.Timeout): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1')
    let answer = ''
    let timer: NodeJS.Timeout | undefined
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    // A reset is the end of it too.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearInterval(timer)
      resolve(answer)
    })
    socket.write(text, () => (timer = more?.(socket)))
  })
}

describe('a client that wears the server out', () => {
  it('[SEC2] by requests it never ends is closed, and everybody else is served meanwhile', async () => {
    const trickle = (socket: Socket) => setInterval(() => socket.write('x'), 100)
    const headers = Array.from({ length: 200 }, () => sendSlowly('GET /api/projects HTTP/1.1\r\nhost: a\r\nx-slow: ', trickle))
    const post = `POST /api/projects HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${person.token}\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{`
    const bodies = Array.from({ length: 50 }, () => sendSlowly(post, trickle))
    expect((await person.request('/api/projects')).status).toBe(200)
    for (const answer of await Promise.all([...headers, ...bodies])) expect(answer).toMatch(/^HTTP\/1\.1 408 |^$/)
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  })

  it('[SEC2] by headers without end is refused', async () => {
    expect(await sendSlowly(`GET / HTTP/1.1\r\nhost: a\r\nx-large: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
  })

  it('[SEC3] by a body that unpacks to more than it is, is refused before it is unpacked', async () => {
    const body = gzipSync(Buffer.alloc(50_000_000, 'x'))
    for (const encoding of ['gzip', 'br', 'deflate, gzip']) {
      const refused = await person.request('/api/projects', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': encoding },
        body,
      })
      expect(refused.status).toBe(415)
      expect(await refused.json()).toMatchObject({ code: 'unsupported_media_type', detail: expect.stringContaining('uncompressed') })
    }
  })

  it('[SEC3] by JSON nested without sense is refused as any other', async () => {
    const depth = 400_000
    for (const rawBody of ['['.repeat(depth) + ']'.repeat(depth), '{"name":'.repeat(100_000), `{"name":${'['.repeat(depth)}`]) {
      const refused = await person.request('/api/projects', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: rawBody,
      })
      expect(refused.status).toBe(422)
      const spec = await person.request(`/api/projects/${projectId}/spec`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: rawBody,
      })
      expect(spec.status).toBe(422)
    }
    expect((await person.request(`/api/projects/${projectId}`)).status).toBe(200)
  })

  it('[SEC2] by hundreds of requests at once gets an answer to each', async () => {
    const answers = await Promise.all(Array.from({ length: 600 }, () => person.request('/api/projects')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })
})
