// The application behind a real port: what only a socket can show.

import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { password, startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'

let app: HttpApp
let url: string
beforeAll(async () => {
  app = await startHttpApp()
  url = await app.listen()
})
afterAll(() => app.close())

/** Sends raw bytes and gives the answer, or hangs up after sending. */
function sendRaw(text: string, { hangUp = false } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => (answer += chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
    socket.write(text, () => {
      if (hangUp) socket.destroy()
    })
  })
}

it('[AUTH8] knows its address only once it listens, and takes the cookie from there and from its other name', async () => {
  const { port } = new URL(url)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'Ada', email: 'ada@example.org', password })
  const made = await fetch(`${url}/api/auth/sign-up/email`, { method: 'POST', headers: { ...headers, origin: url }, body })
  expect(made.status).toBe(200)
  const cookie = made.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  for (const [origin, status] of [
    [url, 201],
    [`http://localhost:${port}`, 201],
    ['http://localhost:1', 403],
  ] as const) {
    const project = await fetch(`${url}/api/projects`, { method: 'POST', headers: { ...headers, cookie, origin }, body: '{"name":"Kiln"}' })
    expect(project.status).toBe(status)
  }
})

it('[AUTH1] signs up and in whoever calls without an origin, as programs do', async () => {
  const send = (path: string, body: object) =>
    fetch(`${url}/api/auth/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  expect((await send('sign-up/email', { name: 'Program', email: 'program@example.org', password })).status).toBe(200)
  const signedIn = await send('sign-in/email', { email: 'program@example.org', password })
  expect(signedIn.status).toBe(200)
  const { token } = (await signedIn.json()) as { token: string }
  const signedOut = await fetch(`${url}/api/auth/sign-out`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  expect(signedOut.status).toBe(200)
})

it('[HTTP6] sees that a scraper is on this machine', async () => {
  expect((await fetch(`${url}/metrics`)).status).toBe(200)
  expect((await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(401)
})

it('[HTTP12] takes a client that hangs up while sending for what it is', async () => {
  const { token } = await app.signUp('Bob')
  for (const [path, length] of [
    ['/api/projects', 1_000],
    ['/api/auth/sign-in/email', 1_000],
  ] as const) {
    app.logged.length = 0
    const head = `POST ${path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\nauthorization: Bearer ${token}\r\n`
    await sendRaw(`${head}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n{"name":`, { hangUp: true })
    await vi.waitFor(() => expect(app.logged.map(({ msg }) => msg)).toContain('http.aborted'), { timeout: 10_000 })
    expect(app.logged.filter(({ level }) => level === 'error')).toEqual([])
  }
})

it.each([
  ['no host', 'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n'],
  ['a host that is none', 'GET /health/live HTTP/1.1\r\nhost: a b/../c\r\nconnection: close\r\n\r\n'],
  ['a path that leads out', 'GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
  ['an absolute address', 'GET http://evil.example/api/projects HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
  ['a broken path', 'GET /%E0%A4%A HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
  ['no HTTP', 'hello\r\n\r\n'],
])('[HTTP3] answers %s without failing', async (_case, text) => {
  app.logged.length = 0
  expect(await sendRaw(text)).toMatch(/^HTTP\/1\.1 [234]/)
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([])
  expect((await fetch(`${url}/health/live`)).status).toBe(200)
})
