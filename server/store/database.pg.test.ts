// The database room against a real PostgreSQL: what it gives, what it bounds, and what it survives.

import { createServer } from 'node:net'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  freshDatabase,
  startPrivatePostgres,
  terminateBackends,
  type FreshDatabase,
  type PrivatePostgres,
} from '../../test/rigs/private-postgres.ts'
import { createLog } from '../base/log.ts'
import { createMetrics } from '../base/metrics.ts'
import { createDatabase, type Database, type DatabaseOptions } from './database.ts'

let fresh: FreshDatabase
const opened: Database[] = []
const own: PrivatePostgres[] = []
const unhandled: unknown[] = []
const noteUnhandled = (error: unknown) => void unhandled.push(error)

beforeEach(async () => {
  fresh = await freshDatabase()
  process.on('unhandledRejection', noteUnhandled)
  process.on('uncaughtException', noteUnhandled)
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()))
  await Promise.all(own.splice(0).map((postgres) => postgres.remove()))
  await fresh.drop()
  process.off('unhandledRejection', noteUnhandled)
  process.off('uncaughtException', noteUnhandled)
  if (unhandled.length > 0) throw new AggregateError(unhandled.splice(0), 'rejections and exceptions that nobody handled')
})

function open(options: Partial<DatabaseOptions> = {}): Database {
  const defaults = { url: fresh.url, poolSize: 4, queueMax: 1_000, statementTimeoutMs: 5_000, slowStatementMs: 1_000 }
  const database = createDatabase({ ...defaults, log: createLog('silent'), metrics: createMetrics(), ...options })
  opened.push(database)
  return database
}

/** A server that the test may stop and kill. */
async function startOwn(): Promise<PrivatePostgres> {
  const postgres = await startPrivatePostgres()
  own.push(postgres)
  return postgres
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'succeeded',
    (error: { code?: string }) => error.code,
  )
const one = (database: Database) => database.query('test.one', (sql) => sql<{ one: number }[]>`select 1 as one`)
const sleep = (database: Database, seconds: number) => database.query('test.sleep', (sql) => sql`select pg_sleep(${seconds})`)

describe('statements', () => {
  it('[PG1] gives bigint as a string, a timestamp as a Date, bytes as a Buffer and JSON parsed', async () => {
    const [row] = await open().query(
      'test.types',
      (sql) => sql<{ id: string; at: Date; bytes: Buffer; data: unknown }[]>`
        select 9007199254740993::bigint as id, timestamptz '2026-01-02T03:04:05.678Z' as at, '\\x00ff'::bytea as bytes, ${sql.json({ a: [1] })}::jsonb as data`,
    )
    expect(row).toEqual({
      id: '9007199254740993',
      at: new Date('2026-01-02T03:04:05.678Z'),
      bytes: Buffer.from([0, 255]),
      data: { a: [1] },
    })
  })

  it('[PG1] carries arrays of every kind both ways, whatever stands in them', async () => {
    const texts = ['plain', 'a "quoted" \\ word', '{1,2}', '', 'null', "it's; drop table x --", '日本\n\t']
    const buffers = [Buffer.alloc(0), Buffer.from([0, 34, 92, 255])]
    const [row] = await open().query(
      'test.arrays',
      (sql) => sql<Record<string, unknown>[]>`
        select ${texts}::text[] as texts, ${sql.array(buffers)}::bytea[] as buffers, ${['11111111-1111-4111-8111-111111111111']}::uuid[] as ids,
          ${[1, 2]}::int[] as counts, ${sql.array(['9007199254740993'])}::bigint[] as bigs, ${[]}::text[] as nothing, ${['a', null]}::text[] as holes`,
    )
    expect(row).toEqual({
      texts,
      buffers,
      ids: ['11111111-1111-4111-8111-111111111111'],
      counts: [1, 2],
      bigs: ['9007199254740993'],
      nothing: [],
      holes: ['a', null],
    })
  })

  it('[PG2] passes an error of the statement on unchanged, and the connection serves the next one', async () => {
    const database = open({ poolSize: 1 })
    const pid = () => database.query('test.pid', (sql) => sql<{ pid: number }[]>`select pg_backend_pid() as pid`)
    const before = await pid()
    await expect(failure(database.query('test.wrong', (sql) => sql`select 1 / ${0}::int`))).resolves.toBe('22012')
    await expect(failure(database.query('test.undefined', (sql) => sql`select ${undefined as unknown as string}`))).resolves.toBe(
      'UNDEFINED_VALUE',
    )
    await expect(failure(database.query('test.syntax', (sql) => sql`select from where`))).resolves.toBe('42601')
    expect(await pid()).toEqual(before)
  })

  it('[PG3] logs a slow statement by its name alone, and measures every one', async () => {
    const lines: string[] = []
    const log = createLog('info', new Writable({ write: (line, _encoding, done) => (lines.push(String(line)), done()) }))
    const metrics = createMetrics()
    const database = open({ log, metrics, slowStatementMs: 50 })
    await database.query('test.slow', (sql) => sql`select pg_sleep(0.1), ${'a secret value'}::text as secret`)
    await one(database)
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 'warn', statement: 'test.slow', msg: 'database.slow_statement' }),
    ])
    expect(lines.join()).not.toMatch(/secret|pg_sleep/)
    const text = await metrics.registry.getSingleMetricAsString('database_query_duration_seconds')
    expect(text).toContain('database_query_duration_seconds_count{query_type="test.slow"} 1')
    expect(text).toContain('database_query_duration_seconds_count{query_type="test.one"} 1')
  })
})

describe('bounds', () => {
  it('[PG4] refuses what would wait past the queue, and runs all that was let in', async () => {
    const database = open({ poolSize: 2, queueMax: 3 })
    const results = await Promise.all(Array.from({ length: 9 }, () => failure(sleep(database, 0.05))))
    expect(results).toEqual([...Array<string>(5).fill('succeeded'), ...Array<string>(4).fill('overloaded')])
    await expect(failure(one(database))).resolves.toBe('succeeded')
  })

  it('[PG5] ends a statement at the time-out and a wait for a connection too', async () => {
    const database = open({ poolSize: 1, statementTimeoutMs: 200 })
    const startedAt = performance.now()
    const [running, waiting] = await Promise.all([failure(sleep(database, 30)), failure(one(database))])
    expect(running).toBe('store_unavailable')
    expect(['succeeded', 'store_unavailable']).toContain(waiting)
    expect(performance.now() - startedAt).toBeLessThan(3_000)
    await expect(failure(one(database))).resolves.toBe('succeeded')
  })

  it('[PG5] gives up on a server that takes the connection and never answers', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined).resume())
    await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const database = open({ url: `postgres://a:b@127.0.0.1:${port}/c`, poolSize: 1, statementTimeoutMs: 100, connectTimeoutMs: 100 })
    const startedAt = performance.now()
    await expect(Promise.all([failure(one(database)), failure(one(database))])).resolves.toEqual(['store_unavailable', 'store_unavailable'])
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    expect(await database.ping(50)).toBe(false)
    await database.close(100)
    await new Promise<void>((resolve) => void silent.close(() => resolve()))
  })

  it('[PG6] says store_unavailable where nobody listens, and answers a ping in time', async () => {
    const database = open({ url: 'postgres://a:b@127.0.0.1:1/c' })
    await expect(failure(one(database))).resolves.toBe('store_unavailable')
    expect(await database.ping(500)).toBe(false)
    expect(await open().ping(2_000)).toBe(true)
  })

  it('[PG7] closing lets what runs end, and refuses what comes after', async () => {
    const database = open()
    const running = failure(sleep(database, 0.2))
    await Promise.all([database.close(), expect(running).resolves.toBe('succeeded')])
    await expect(failure(one(database))).resolves.toBe('store_unavailable')
  })

  it('[PG7] closing cuts what does not end by the deadline, waiting statements too', async () => {
    const database = open({ poolSize: 1, statementTimeoutMs: 60_000 })
    const results = Promise.all([failure(sleep(database, 60)), failure(one(database))])
    const startedAt = performance.now()
    await database.close(100)
    await expect(results).resolves.toEqual(['store_unavailable', 'store_unavailable'])
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})

describe('dying backends', () => {
  it('[PG8] lives through backends killed in a loop under load, and nothing acknowledged is missing', async () => {
    const postgres = await startOwn()
    const database = open({ url: postgres.url, poolSize: 8 })
    await database.query('test.create', (sql) => sql`create table written (n int primary key, bytes bytea)`)
    const acked: number[] = []
    const codes = new Map<string, number>()
    let isOver = false
    let next = 0
    const write = async () => {
      while (!isOver) {
        const n = next++
        // Sizes on both sides of the client's own write buffer (1 KiB), which is where a dying connection left things behind.
        const bytes = Buffer.alloc(n % 3 === 0 ? 3_000 : 10)
        const code = await failure(database.query('test.write', (sql) => sql`insert into written (n, bytes) values (${n}, ${bytes})`))
        if (code === 'succeeded') acked.push(n)
        codes.set(String(code), (codes.get(String(code)) ?? 0) + 1)
      }
    }
    const writers = Array.from({ length: 20 }, write)
    let killed = 0
    const endAt = performance.now() + 4_000
    while (performance.now() < endAt) killed += await terminateBackends(postgres.url)
    const ackedUnderFire = acked.length
    isOver = true
    await Promise.all(writers)

    expect(killed).toBeGreaterThan(100)
    expect(codes.get('store_unavailable')).toBeGreaterThan(20)
    expect([...codes.keys()].toSorted()).toEqual(['store_unavailable', 'succeeded'])
    expect(ackedUnderFire).toBeGreaterThan(100)
    const rows = await database.query('test.read', (sql) => sql<{ n: number }[]>`select n from written`)
    const stored = new Set(rows.map(({ n }) => n))
    expect(acked.filter((n) => !stored.has(n))).toEqual([])
    // Every place in the pool still serves.
    await expect(Promise.all(Array.from({ length: 16 }, () => failure(sleep(database, 0.05))))).resolves.toEqual(
      Array(16).fill('succeeded'),
    )
  }, 30_000)

  it('[PG8] a statement that waited for a connection gets a new one when that is lost', async () => {
    const database = open({ poolSize: 1, statementTimeoutMs: 30_000 })
    const startedAt = performance.now()
    const results = Promise.all([failure(sleep(database, 30)), failure(one(database)), failure(one(database))])
    const url = new URL(fresh.url)
    const admin = open({ poolSize: 1 })
    const isSleeping = () =>
      admin.query(
        'test.find',
        (sql) => sql`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = ${url.pathname.slice(1)} and query like 'select pg_sleep%' and pid <> pg_backend_pid()`,
      )
    await expect.poll(async () => (await isSleeping()).length, { interval: 10 }).toBe(1)
    await expect(results).resolves.toEqual(['store_unavailable', 'succeeded', 'succeeded'])
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  it('[PG8] comes back by itself after the server was stopped and after it was killed', async () => {
    const postgres = await startOwn()
    const database = open({ url: postgres.url, statementTimeoutMs: 300 })
    await expect(failure(one(database))).resolves.toBe('succeeded')
    await postgres.stop()
    await expect(failure(one(database))).resolves.toBe('store_unavailable')
    await postgres.start()
    await expect(failure(one(database))).resolves.toBe('succeeded')
    await postgres.kill()
    await expect(failure(one(database))).resolves.toBe('store_unavailable')
    await postgres.start()
    await expect(failure(one(database))).resolves.toBe('succeeded')
  }, 30_000)
})
