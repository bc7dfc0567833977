// Health and metrics, asked from this machine and from elsewhere.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import type { ReadinessCheck } from './app-env.ts'

let app: HttpApp
const checks: ReadinessCheck[] = []
beforeAll(async () => {
  app = await startHttpApp({ environment: { METRICS_TOKEN: 'for-the-scraper', TRUST_PROXY: 'true' }, deps: { readinessChecks: checks } })
})
afterAll(() => app.close())

it('[HTTP5] is alive while the process is', async () => {
  const live = await app.request('/health/live')
  expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }])
  expect((await app.request('/health/live', { method: 'HEAD' })).status).toBe(200)
})

it('[HTTP5] is ready when every check passes', async () => {
  checks.splice(0, checks.length, { name: 'database', check: () => app.database.ping(1_000) }, { name: 'log', check: () => true })
  const ready = await app.request('/health/ready')
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', failing: [], degraded: [] }])
})

it('[HTTP5] names the checks that fail, throw or hang', async () => {
  checks.splice(
    0,
    checks.length,
    { name: 'good', check: () => true },
    { name: 'failing', check: async () => false },
    { name: 'throwing', check: () => Promise.reject(new Error('no')) },
    {
      name: 'throwing at once',
      check: () => {
        throw new Error('no')
      },
    },
    { name: 'hanging', check: () => new Promise<boolean>(() => undefined) },
  )
  const ready = await app.request('/health/ready')
  expect(ready.status).toBe(503)
  expect(await ready.json()).toEqual({
    status: 'unavailable',
    failing: ['failing', 'throwing', 'throwing at once', 'hanging'],
    degraded: [],
  })
})

it('[HTTP5] is ready without what it can do without, and says so', async () => {
  checks.splice(0, checks.length, { name: 'database', check: () => true }, { name: 'redis', isOptional: true, check: () => false })
  const ready = await app.request('/health/ready')
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', failing: [], degraded: ['redis'] }])
})

it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('[HTTP6] shows metrics to %s', async (from) => {
  const metrics = await app.request('/metrics', { from })
  expect(metrics.status).toBe(200)
  expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/)
  expect(await metrics.text()).toContain('# TYPE http_request_duration_seconds histogram')
})

it.each([
  ['from elsewhere', { from: '203.0.113.1' }],
  ['through a proxy on this machine', { from: '127.0.0.1', headers: { 'x-forwarded-for': '203.0.113.1' } }],
  ['through a proxy that says it is us', { from: '127.0.0.1', headers: { 'x-forwarded-for': '127.0.0.1' } }],
  ['through a proxy of another kind', { from: '127.0.0.1', headers: { forwarded: 'for=203.0.113.1' } }],
  ['with a wrong token', { from: '203.0.113.1', token: 'for-the-scraperx' }],
])('[HTTP6] refuses who asks %s', async (_case, options) => {
  const refused = await app.request('/metrics', options)
  expect(refused.status).toBe(401)
  expect(await refused.text()).not.toContain('# TYPE')
})

it('[HTTP6] shows metrics to the bearer of the token', async () => {
  expect((await app.request('/metrics', { from: '203.0.113.1', token: 'for-the-scraper' })).status).toBe(200)
})

it('[AUTH15] takes the last address that a trusted proxy wrote', async () => {
  const tight = await startHttpApp({ environment: { TRUST_PROXY: 'true', SIGN_IN_FAILURES_PER_ADDRESS: '2' } })
  try {
    const guess = (forwarded: string, index: number) =>
      tight.request('/api/auth/sign-in/email', {
        body: { email: `${index}@example.org`, password: 'wrong password' },
        from: '127.0.0.1',
        headers: { 'x-forwarded-for': forwarded },
      })
    expect((await guess('192.0.2.1, 203.0.113.9', 1)).status).toBe(401)
    expect((await guess('192.0.2.2, 203.0.113.9', 2)).status).toBe(401)
    expect((await guess('192.0.2.3, 203.0.113.9', 3)).status).toBe(429)
    expect((await guess('203.0.113.9, 203.0.113.10', 4)).status).toBe(401)
  } finally {
    await tight.close()
  }
})
