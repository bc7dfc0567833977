// The HTTP application over a fresh database, without a port: tests talk to it through `request`.

import { Writable } from 'node:stream'
import { serve, type ServerType } from '@hono/node-server'
import type { PasswordHashing } from '../../server/auth/password-hashing.ts'
import type { Sessions } from '../../server/auth/sessions.ts'
import type { Audit } from '../../server/audit/audit.ts'
import { parseConfig, type Config } from '../../server/base/config.ts'
import { createLog } from '../../server/base/log.ts'
import { RateLimits } from '../../server/base/rate-limits.ts'
import { createMetrics, type Metrics } from '../../server/base/metrics.ts'
import { openDatabase } from '../../server/composition/foundation.ts'
import { makePeopleParts } from '../../server/composition/people-parts.ts'
import type { AppDeps } from '../../server/http/app-env.ts'
import { createApp } from '../../server/http/app.ts'
import type { Access } from '../../server/projects/access.ts'
import type { Database } from '../../server/store/database.ts'
import { checkAnswer } from './api-contract.ts'
import { freshDatabase } from './private-postgres.ts'

export const publicUrl = 'http://elenchus.test:3000'

export interface HttpAppOptions {
  environment?: Record<string, string>
  hashing?: PasswordHashing
  /** A PostgreSQL of the test's own, migrated; without it a fresh database of the run's. */
  databaseUrl?: string
  publicUrl?: string
  deps?: Partial<AppDeps>
}

/** What `request` takes beside a path. */
export interface RequestOptions {
  method?: string
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is. */
  rawBody?: string | ReadableStream<Uint8Array>
  token?: string
  headers?: Record<string, string>
  /** The address of the socket. */
  from?: string
}

export interface HttpApp {
  config: Config
  database: Database
  metrics: Metrics
  sessions: Sessions
  access: Access
  audit: Audit
  /** Lines of the log so far, parsed. */
  logged: Record<string, unknown>[]
  /** Listens on a free port of loopback; the public address is then that one. Gives it, without a slash at its end. */
  listen(): Promise<string>
  request(path: string, options?: RequestOptions): Promise<Response>
  /** Signs someone up; names and emails are made from `name`. */
  signUp(name: string): Promise<{ token: string; userId: string; email: string; cookie: string }>
  close(): Promise<void>
}

/** Builds it, in about 100 ms; `close` leaves nothing behind. */
export async function startHttpApp(options: HttpAppOptions = {}): Promise<HttpApp> {
  const fresh = options.databaseUrl === undefined ? await freshDatabase() : null
  let listening: { url: string; server: ServerType } | undefined
  const address = () => options.publicUrl ?? listening?.url ?? publicUrl
  const parts = composeParts(options, options.databaseUrl ?? fresh?.url ?? '', address)
  const app = createApp({ readinessChecks: [], publicUrl: address, staticDir: null, ...parts, ...options.deps })
  const request = requestTo(app, address)
  return {
    ...parts,
    request,
    signUp: (name) => signUp(request, name),
    async listen() {
      listening = await listen(app.fetch)
      return listening.url
    },
    async close() {
      await new Promise((resolve) => (listening ? listening.server.close(resolve) : resolve(undefined)))
      await parts.passwordResets.stop()
      await parts.mailer.stop()
      await parts.auth.stop()
      await parts.database.close()
      await fresh?.drop()
    },
  }
}

/** The parts as the server composes them, on a smaller pool and with a log that is kept. */
function composeParts({ environment, hashing }: HttpAppOptions, databaseUrl: string, address: () => string) {
  const parsed = parseConfig({ LOG_LEVEL: 'debug', DATABASE_POOL_SIZE: '4', DATABASE_QUEUE_MAX: '200', ...environment })
  if ('problems' in parsed) throw new Error(parsed.problems.join('\n'))
  const { config } = parsed
  const logged: Record<string, unknown>[] = []
  const base = { config, log: createLog(config.LOG_LEVEL, collector(logged)), metrics: createMetrics(), rateLimits: new RateLimits() }
  const foundation = { ...base, database: openDatabase(databaseUrl, base), databaseUrl }
  const secret = 'a secret of tests, which is long enough'
  return { ...foundation, ...makePeopleParts(foundation, { secret, publicUrl: address, hashing }), logged }
}

/** Asks an application without a port; each answer is held against its own description. */
export function requestTo(app: Pick<ReturnType<typeof createApp>, 'request'>, address: () => string): HttpApp['request'] {
  const source = `http-app ${++apps}`
  return async (path, { from = '203.0.113.7', ...rest } = {}) => {
    const { href, pathname } = new URL(path, address())
    const init = requestInit(rest)
    const response = await app.request(href, init, { incoming: { socket: { remoteAddress: from } } })
    const seen = { method: init.method ?? 'GET', path: pathname, response: response.clone() }
    checkAnswer(source, seen, async () => app.request('/api/openapi.json'))
    return response
  }
}

function requestInit({ method, body, rawBody, token, headers }: RequestOptions): RequestInit {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return {
    method: method ?? (text === undefined ? 'GET' : 'POST'),
    headers: {
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(text === undefined ? {} : { body: text }),
    ...(rawBody === undefined ? {} : { body: rawBody, duplex: 'half' }),
  }
}

/** The password of everyone in tests. */
export const password = 'correct horse battery'

let people = 0
let apps = 0

/** Signs someone up through `request`. */
export async function signUp(request: HttpApp['request'], name: string) {
  people++
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`
  const response = await request('/api/auth/sign-up/email', {
    body: { name, email, password },
    // Everyone from an address of their own, so that tests meet the limit only where they mean to.
    from: `198.18.${people >> 8}.${people & 255}`,
  })
  const answer = await response.text()
  if (!response.ok) throw new Error(`sign-up answered ${response.status}: ${answer}`)
  const { token, user } = JSON.parse(answer) as { token: string; user: { id: string } }
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
  return { token, userId: user.id, email, cookie }
}

function listen(fetch: Parameters<typeof serve>[0]['fetch']): Promise<{ url: string; server: ServerType }> {
  return new Promise((resolve) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => resolve({ url: `http://127.0.0.1:${port}`, server }))
  })
}

/** What a log writes, as lines in a list. */
export function collector(lines: Record<string, unknown>[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString('utf8').split('\n')) {
        if (line !== '') lines.push(JSON.parse(line) as Record<string, unknown>)
      }
      done()
    },
  })
}
