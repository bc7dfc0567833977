// Auth while its PostgreSQL dies, stays away and comes back.

import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { password, startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import { startPrivatePostgres, type PrivatePostgres } from '../../test/rigs/private-postgres.ts'
import { createLog } from '../base/log.ts'
import { migrate } from '../store/migrations.ts'

let postgres: PrivatePostgres
let app: HttpApp
beforeAll(async () => {
  postgres = await startPrivatePostgres()
  await migrate({ url: postgres.url, folder: fileURLToPath(new URL('../../sql', import.meta.url)), log: createLog('silent') })
  app = await startHttpApp({ databaseUrl: postgres.url, environment: { STATEMENT_TIMEOUT_MS: '3000' } })
})
afterAll(async () => {
  await app.close()
  await postgres.remove()
})

const signIn = (email: string, secret = password) => app.request('/api/auth/sign-in/email', { body: { email, password: secret } })

it('[AUTH13] survives backends that are killed under sign-ins, and serves again at once', async () => {
  const { email } = await app.signUp('Ada')
  const statuses = new Set<number>()
  let isKilling = true
  const killing = (async () => {
    for (let round = 0; round < 25; round++) await postgres.terminateBackends()
    isKilling = false
  })()
  const people = Array.from({ length: 6 }, async (_, index) => {
    for (let round = 0; isKilling; round++) {
      statuses.add((await signIn(email)).status)
      const body = { name: 'Bob', email: `bob${index}.${round}@example.org`, password }
      statuses.add((await app.request('/api/auth/sign-up/email', { body, from: `192.0.2.${index}` })).status)
    }
  })
  await Promise.all([killing, ...people])
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
  expect((await signIn(email)).status).toBe(200)
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([])
})

it('[AUTH13] answers as transient while the database is away, and counts no failure', async () => {
  const { token, email } = await app.signUp('Cleo')
  const other = await app.signUp('Dan')
  await postgres.stop('immediate')
  for (let index = 0; index < 12; index++) {
    const refused = await signIn(email, 'wrong password')
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ code: 'store_unavailable', retryable: true, message: expect.any(String) })
  }
  const body = { name: 'Eve', email: 'eve@example.org', password }
  expect((await app.request('/api/auth/sign-up/email', { body })).status).toBe(503)
  expect((await app.request('/api/auth/sign-out', { method: 'POST', token })).status).toBe(503)
  expect((await app.request('/api/projects', { token: other.token })).status).toBe(503)
  await postgres.start()
  expect((await signIn(email)).status).toBe(200)
  // The sign-out that was not confirmed did not happen.
  expect((await app.request('/api/projects', { token })).status).toBe(200)
  expect((await app.request('/api/auth/sign-out', { method: 'POST', token })).status).toBe(200)
  expect((await app.request('/api/projects', { token })).status).toBe(401)
})
