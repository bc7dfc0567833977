// How often a person, and how often an address without one, may ask.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHttpApp, type HttpApp, type RequestOptions } from '../../test/rigs/http-app.ts'

const reads = 6
const writes = 4
const anonymous = 5

let app: HttpApp
beforeAll(async () => {
  app = await startHttpApp({
    environment: { READS_PER_MINUTE: String(reads), WRITES_PER_MINUTE: String(writes), ANONYMOUS_REQUESTS_PER_MINUTE: String(anonymous) },
  })
})
afterAll(() => app.close())

async function ask(times: number, path: string, options: RequestOptions): Promise<number[]> {
  const statuses: number[] = []
  for (let time = 0; time < times; time++) statuses.push((await app.request(path, options)).status)
  return statuses
}

const repeated = (times: number, status: number): number[] => Array.from({ length: times }, () => status)

describe('a person', () => {
  it('[LIM2] may read and write so often a minute, each by itself, from any address', async () => {
    const ada = await app.signUp('Ada')
    const bob = await app.signUp('Bob')
    expect(await ask(reads, '/api/projects', { token: ada.token })).toEqual(repeated(reads, 200))
    const refused = await app.request('/api/projects', { token: ada.token, from: '203.0.113.99' })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30)
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', retryable: true })
    expect(await ask(writes + 1, '/api/projects', { token: ada.token, body: { name: 'Kiln' } })).toEqual([...repeated(writes, 201), 429])
    // Somebody else at the same address is somebody else.
    expect(await ask(1, '/api/projects', { token: bob.token })).toEqual([200])
  })

  it('[LIM2] is not held up by strangers at the same address', async () => {
    const eve = await app.signUp('Eve')
    await ask(anonymous + 1, '/api/projects', { from: '203.0.113.20' })
    expect(await ask(1, '/api/projects', { token: eve.token, from: '203.0.113.20' })).toEqual([200])
  })
})

describe('an address without a session', () => {
  it('[LIM3] may ask so often a minute, whatever it asks for', async () => {
    const from = '203.0.113.30'
    expect(await ask(3, '/api/invitations/none', { from })).toEqual(repeated(3, 404))
    expect(await ask(2, '/api/projects', { from })).toEqual(repeated(2, 401))
    expect(await ask(1, '/api/nothing', { from })).toEqual([429])
    expect(await ask(1, '/api/projects', { from: '203.0.113.31' })).toEqual([401])
  })

  it('[LIM3] counts tokens that are none, and what it asks better-auth', async () => {
    const from = '203.0.113.40'
    expect(await ask(anonymous + 1, '/api/projects', { token: 'guessed', from })).toEqual([...repeated(anonymous, 401), 429])
    const other = '203.0.113.41'
    expect(await ask(anonymous + 1, '/api/auth/get-session', { token: 'guessed', from: other })).toEqual([...repeated(anonymous, 200), 429])
    // Nobody looks the token up here: it must not be a way around the count.
    const third = '203.0.113.42'
    expect(await ask(anonymous, '/api/invitations/none', { token: 'guessed', from: third })).toEqual(repeated(anonymous, 404))
    expect(await ask(1, '/api/password-resets', { token: 'guessed', from: third })).toEqual([429])
  })

  it('[LIM3] leaves health and metrics alone', async () => {
    expect(await ask(anonymous * 2, '/health/live', { from: '203.0.113.50' })).toEqual(repeated(anonymous * 2, 200))
  })
})
