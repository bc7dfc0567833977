// The built page from a folder on a real disk.

import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { problemResponse } from './problem.ts'
import { createRoutes } from './routes-base.ts'
import { safePath, servePage } from './static-files.ts'

const index = '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><script nonce="__CSP_NONCE__">1</script>'
const script = `export const a = ${JSON.stringify('a'.repeat(2_000))}`

let folder: string
let staticDir: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elenchus-static-'))
  staticDir = join(folder, 'dist')
  await build(staticDir, 'main-abc123.js')
  await writeFile(join(folder, 'secret.txt'), 'outside')
})
afterEach(() => rm(folder, { recursive: true }))

async function build(target: string, name: string): Promise<void> {
  await mkdir(join(target, 'assets'), { recursive: true })
  await writeFile(join(target, 'index.html'), index)
  await writeFile(join(target, 'favicon.svg'), '<svg/>')
  await writeFile(join(target, '.hidden'), 'hidden')
  await writeFile(join(target, 'assets', name), script)
}

function createPage() {
  const app = createRoutes()
  app.get('/*', servePage({ staticDir, publicUrl: () => 'https://specs.example.org' }))
  app.notFound(() => problemResponse(new AppError('not_found')))
  return async (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })
}

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

it.each(['/', '/sign-in', '/p/11111111-1111-4111-8111-111111111111', '/invite/a-token', '/index.html', '/p/with.dot'])(
  '[HTTP10] opens the page at %s',
  async (path) => {
    const page = await createPage()(path, html)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toMatch(/^<!doctype html>/)
  },
)

it('[HTTP10] opens the page for a client that takes anything', async () => {
  expect((await createPage()('/')).status).toBe(200)
  expect((await createPage()('/missing.png')).status).toBe(404)
  expect((await createPage()('/p/x', { accept: 'application/json' })).status).toBe(404)
})

it('[HTTP8] gives each page a nonce of its own, in its policy and wherever the build asks for it', async () => {
  const request = createPage()
  const pages = await Promise.all(Array.from({ length: 5 }, () => request('/', html)))
  const nonces = pages.map(
    ({ headers }) => /script-src 'self' 'nonce-([\w-]{22})';/.exec(headers.get('content-security-policy') ?? '')?.[1],
  )
  expect(new Set(nonces).size).toBe(5)
  for (const [position, page] of pages.entries()) {
    const nonce = nonces[position]
    expect(await page.text()).toBe(index.replaceAll('__CSP_NONCE__', String(nonce)))
    expect(page.headers.get('cache-control')).toBe('no-store')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).not.toContain('unsafe')
    for (const part of [
      "default-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "connect-src 'self' wss://specs.example.org",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy.split('; ')).toContain(part)
    }
  }
})

it('[HTTP10] serves hashed files for ever, packed for who can unpack', async () => {
  const request = createPage()
  const plain = await request('/assets/main-abc123.js')
  expect(plain.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(await plain.text()).toBe(script)
  const packed = await request('/assets/main-abc123.js', { 'accept-encoding': 'gzip, br' })
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  expect(packed.headers.get('vary')).toBe('accept-encoding')
  expect(gunzipSync(await packed.arrayBuffer()).toString('utf8')).toBe(script)
  const icon = await request('/favicon.svg')
  expect([icon.headers.get('content-type'), await icon.text()]).toEqual(['image/svg+xml', '<svg/>'])
})

it('[HTTP10] serves on while the build is replaced under an open page', async () => {
  const request = createPage()
  await request('/assets/main-abc123.js')
  await build(join(folder, 'next'), 'main-def456.js')
  await rename(staticDir, join(folder, 'old'))
  await rename(join(folder, 'next'), staticDir)
  expect((await request('/assets/main-def456.js')).status).toBe(200)
  expect((await request('/assets/main-abc123.js')).status).toBe(200)
})

it.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/.hidden',
  '/assets/%00.js',
  '/assets/%',
  '/assets//main-abc123.js',
  '/assets',
  '/assets/',
  '/assets/missing.js',
  `/assets/${'x'.repeat(5_000)}.js`,
])('[HTTP10] gives away nothing at %s', async (path) => {
  const answer = await createPage()(path, { accept: 'text/plain' })
  expect(answer.status).toBe(404)
  expect(await answer.text()).not.toMatch(/outside|hidden/)
})

it('[HTTP10] never resolves a path to outside of the build', () => {
  const piece = fc.oneof(
    fc.constantFrom('..', '.', '%2e', '%2f', '/', '\\', '%5c', '%00', 'a', 'assets'),
    fc.string({ unit: 'binary-ascii' }),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const relative = safePath(`/${pieces.join('')}`)
      if (relative === null || relative === '') return
      expect(join('/base/dist', relative).startsWith('/base/dist/')).toBe(true)
      expect(relative.split('/').every((segment) => !segment.startsWith('.'))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

it.each(['/api/x', '/api', '/health/x', '/metrics', '/socket.io/', '/yjs/x'])('[HTTP10] leaves %s to the server', async (path) => {
  expect((await createPage()(path, html)).status).toBe(404)
})
