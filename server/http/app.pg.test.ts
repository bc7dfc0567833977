// What holds for every route: problems, limits, headers, measuring.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import { AppError } from '../../shared/errors.ts'
import { createRoutes } from './routes-base.ts'

/** Routes as another room adds them: one that fails, one that is slow, one that refuses. */
function extraRoutes() {
  const routes = createRoutes()
  routes.get('/broken/:id', () => {
    throw new TypeError('a secret detail', { cause: 'deeper' })
  })
  routes.get('/slow/:id', async (c) => {
    await new Promise((resolve) => setTimeout(resolve, 60))
    return c.text('done')
  })
  routes.get('/full', () => {
    throw new AppError('overloaded', { details: { retryAfterMs: 4_100 } })
  })
  routes.get('/away', () => {
    throw new AppError('store_unavailable')
  })
  return { path: '/api/test', routes }
}

let app: HttpApp
let token: string
beforeAll(async () => {
  app = await startHttpApp({ environment: { SLOW_REQUEST_MS: '50' }, deps: { extraRoutes: [extraRoutes()] } })
  token = (await app.signUp('Ada')).token
})
afterAll(() => app.close())

describe('errors', () => {
  it('[HTTP1] are problems with all their parts', async () => {
    const refused = await app.request('/api/projects')
    expect(refused.status).toBe(401)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    expect(await refused.json()).toEqual({
      type: 'about:blank',
      title: 'Sign in first: the session is missing, ended or expired.',
      status: 401,
      code: 'unauthenticated',
      detail: 'Sign in first: the session is missing, ended or expired.',
      retryable: false,
    })
  })

  it.each(['/api', '/api/', '/api/nothing', '/api/projects/', '/api/auth/nothing', '/nothing', '/metricsx', '/socket.io/'])(
    '[HTTP3] %s is not there',
    async (path) => {
      const refused = await app.request(path, { token })
      expect(refused.status).toBe(404)
      expect(await refused.json()).toMatchObject({ code: 'not_found' })
    },
  )

  it.each([
    ['PUT', '/api/projects', 'GET, HEAD, POST'],
    ['DELETE', '/api/projects/x/members', 'GET, HEAD'],
    ['GET', '/api/auth/sign-in/email', 'POST'],
    ['POST', '/health/live', 'GET, HEAD'],
    ['OPTIONS', '/api/projects/x', 'DELETE, GET, HEAD, PATCH'],
  ])('[HTTP3] %s %s is not taken', async (method, path, allow) => {
    const refused = await app.request(path, { method, token })
    expect(refused.status).toBe(405)
    expect(refused.headers.get('allow')).toBe(allow)
    expect(await refused.json()).toMatchObject({ code: 'method_not_allowed' })
  })

  it('[HTTP3] a body over the limit is refused, announced or not', async () => {
    const tooLarge = JSON.stringify({ name: 'x'.repeat(1024 * 1024) })
    const headers = { 'content-type': 'application/json' }
    const announced = await app.request('/api/projects', {
      method: 'POST',
      token,
      rawBody: tooLarge,
      headers: { ...headers, 'content-length': String(tooLarge.length) },
    })
    const stream = new Blob([tooLarge]).stream()
    const streamed = await app.request('/api/projects', { method: 'POST', token, rawBody: stream, headers })
    const signIn = await app.request('/api/auth/sign-in/email', { body: { email: 'ada@example.org', password: 'x'.repeat(20_000) } })
    for (const refused of [announced, streamed, signIn]) {
      expect(refused.status).toBe(413)
      expect(await refused.json()).toMatchObject({ code: 'too_large' })
    }
  })

  it('[HTTP4] an unexpected error is logged once, with its cause, and answered without it', async () => {
    app.logged.length = 0
    const failed = await app.request('/api/test/broken/7?token=secret', { token })
    expect(failed.status).toBe(500)
    const answer = await failed.text()
    expect(JSON.parse(answer)).toMatchObject({ code: 'internal', retryable: true })
    expect(answer).not.toMatch(/secret detail|TypeError|\.ts/)
    const errors = app.logged.filter(({ level }) => level === 'error')
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({
      msg: 'http.failed',
      url: '/api/test/broken/7?token=[redacted]',
      err: { message: expect.stringContaining('a secret detail') },
    })
  })

  it('[HTTP4] a store that is away or full says when to come back', async () => {
    const away = await app.request('/api/test/away')
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '2'])
    const full = await app.request('/api/test/full')
    expect([full.status, full.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await full.json()).toMatchObject({ code: 'overloaded', retryable: true })
  })

  it('counts refusals by their code', async () => {
    await app.request('/api/nothing')
    expect(await app.metrics.registry.getSingleMetricAsString('elenchus_refusals_total')).toMatch(/code="not_found"\} [1-9]/)
  })
})

describe('measuring', () => {
  it('[HTTP7] labels by method, route pattern and status, never by path', async () => {
    await app.request('/api/projects/11111111-1111-4111-8111-111111111111', { token })
    await app.request('/api/auth/get-session', { token })
    await app.request('/api/unknown/7f3a', { token })
    await app.request('/api/projects', { method: 'BREW', token })
    const text = await app.metrics.registry.getSingleMetricAsString('http_request_duration_seconds')
    expect(text).toContain('http_request_duration_seconds_count{method="GET",endpoint="/api/projects/:projectId",status="404"}')
    expect(text).toContain('http_request_duration_seconds_count{method="GET",endpoint="/api/auth/get-session",status="200"}')
    expect(text).toContain('http_request_duration_seconds_count{method="GET",endpoint="unmatched",status="404"}')
    expect(text).toContain('http_request_duration_seconds_count{method="other",endpoint="unmatched",status="405"}')
    expect(text).toContain('endpoint="/api/test/broken/:id",status="500"')
    expect(text).not.toMatch(/11111111|7f3a|BREW/)
  })

  it('[HTTP7] logs a slow request without the tokens in its address', async () => {
    app.logged.length = 0
    await app.request('/api/test/slow/1?token=secret&page=2')
    const warnings = app.logged.filter(({ level }) => level === 'warn')
    expect(warnings).toEqual([
      expect.objectContaining({
        msg: 'http.slow_request',
        endpoint: '/api/test/slow/:id',
        url: '/api/test/slow/1?token=[redacted]&page=2',
        status: '200',
      }),
    ])
  })

  it('[HTTP7] takes invitation tokens out of addresses', async () => {
    app.logged.length = 0
    await app.request('/api/invitations/very-secret-token')
    await app.request('/invite/very-secret-token')
    expect(app.logged.length).toBeGreaterThan(0)
    expect(JSON.stringify(app.logged)).not.toContain('very-secret-token')
  })
})

describe('headers', () => {
  it('[HTTP8, HTTP11] forbid a browser what it must not do with an answer of the API', async () => {
    for (const path of ['/api/projects', '/api/nothing', '/api/test/broken/1', '/api/auth/get-session']) {
      const { headers } = await app.request(path, { token })
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; frame-ancestors 'none'/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.has('strict-transport-security')).toBe(false)
    }
  })

  it('[HTTP8, AUTH11] with an https address tell the browser to stay with it, cookie included', async () => {
    const secure = await startHttpApp({ publicUrl: 'https://specs.example.org' })
    try {
      const live = await secure.request('/health/live')
      expect(live.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/)
      const { cookie } = await secure.signUp('Ada')
      expect(cookie).toMatch(/^__Secure-better-auth\.session_token=/)
      expect((await secure.request('/api/projects', { headers: { cookie } })).status).toBe(200)
    } finally {
      await secure.close()
    }
  })
})
