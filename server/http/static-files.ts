// The built client: hashed assets that never change, and index.html for every route of the client, with a nonce of its own.

import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './app-env.ts'
import { pagePolicy } from './middleware/security-headers.ts'

export interface ServePageOptions {
  /** The folder of the build; it may be replaced while the server runs. */
  staticDir: string
  publicUrl: () => string
}

interface Asset {
  type: string
  raw: Uint8Array<ArrayBuffer>
  gzipped: Uint8Array<ArrayBuffer> | null
}

const noncePlaceholder = '__CSP_NONCE__'
const compress = promisify(gzip)

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const compressible = new Set(['.css', '.html', '.js', '.json', '.map', '.svg', '.txt', '.webmanifest'])

/** Addresses that belong to the server, whatever a browser accepts. */
const serverPaths = /^\/(?:api|health|metrics|socket\.io|yjs)(?:\/|$)/

/** Serves files of the build, and index.html where a page is asked for; passes on what is neither. */
export function servePage({ staticDir, publicUrl }: ServePageOptions) {
  // Hashed names never change their content, so those that were read once stay; also while the build is replaced under an open page.
  const hashed = new Map<string, Asset>()
  return createMiddleware<AppEnv>(async function servePage(c, next) {
    if (serverPaths.test(c.req.path)) return next()
    const relative = safePath(c.req.path)
    if (relative?.startsWith(`assets${sep}`)) {
      const asset = hashed.get(relative) ?? (await readAsset(staticDir, relative))
      if (!asset) return next()
      hashed.set(relative, asset)
      return answerAsset(c, asset, 'public, max-age=31536000, immutable')
    }
    if (relative && relative !== 'index.html' && extname(relative) !== '') {
      const file = await readAsset(staticDir, relative)
      if (file) return answerAsset(c, file, 'public, max-age=3600')
    }
    if (!wantsPage(c)) return next()
    return (await answerIndex(c, { staticDir, publicUrl })) ?? next()
  })
}

/** The path inside the build, or null when it could lead out of it or names a hidden file. */
export function safePath(path: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    // No percent-encoding: it names no file.
    return null
  }
  const segments = decoded.split('/').slice(1)
  const isSafe = segments.every((segment) => segment !== '' && !segment.startsWith('.') && !/[\\\0:]/.test(segment))
  return isSafe ? segments.join(sep) : null
}

async function answerIndex(c: Context<AppEnv>, { staticDir, publicUrl }: ServePageOptions): Promise<Response | null> {
  const index = await readIfThere(join(staticDir, 'index.html'))
  if (!index) return null
  const nonce = randomBytes(16).toString('base64url')
  c.header('content-type', 'text/html; charset=utf-8')
  c.header('content-security-policy', pagePolicy(nonce, publicUrl()))
  // A nonce that is shown twice protects nothing.
  c.header('cache-control', 'no-store')
  return c.body(index.toString('utf8').replaceAll(noncePlaceholder, nonce))
}

function answerAsset(c: Context<AppEnv>, { type, raw, gzipped }: Asset, cacheControl: string): Response {
  c.header('content-type', type)
  c.header('cache-control', cacheControl)
  if (!gzipped) return c.body(raw)
  c.header('vary', 'accept-encoding')
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(raw)
  c.header('content-encoding', 'gzip')
  return c.body(gzipped)
}

async function readAsset(staticDir: string, relative: string): Promise<Asset | null> {
  const content = await readIfThere(join(staticDir, relative))
  if (!content) return null
  const extension = extname(relative)
  const raw = new Uint8Array(content)
  const gzipped = compressible.has(extension) ? new Uint8Array(await compress(content, { level: 9 })) : null
  return { type: types[extension] ?? 'application/octet-stream', raw, gzipped }
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // EISDIR: a folder of the build was asked for as if it were a file.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENAMETOOLONG') return null
    throw error
  }
}

/** A browser that navigates, or anyone who takes whatever comes from an address that names no file. */
function wantsPage(c: Context<AppEnv>): boolean {
  const accept = c.req.header('accept') ?? '*/*'
  return /\btext\/html\b/.test(accept) || (accept.includes('*/*') && extname(c.req.path) === '')
}
