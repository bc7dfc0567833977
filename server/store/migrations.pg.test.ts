// Migrations against a real PostgreSQL: order, once, all or nothing, several servers at once, and a history that must not change.

import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { createLog } from '../base/log.ts'
import { createMetrics } from '../base/metrics.ts'
import { createDatabase, type Database } from './database.ts'
import { migrate, readMigrations } from './migrations.ts'

const log = createLog('silent')
const sqlFolder = fileURLToPath(new URL('../../sql', import.meta.url))
let fresh: FreshDatabase
let database: Database
let folder: string

beforeEach(async () => {
  fresh = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'elenchus-sql-'))
  database = createDatabase({
    url: fresh.url,
    poolSize: 1,
    queueMax: 10,
    statementTimeoutMs: 5_000,
    slowStatementMs: 5_000,
    log,
    metrics: createMetrics(),
  })
  // Each test begins with no history, on a schema that its own files make.
  await database.query('test.forget', (sql) => sql`drop table schema_migrations`)
})

afterEach(async () => {
  await database.close()
  await fresh.drop()
  await rm(folder, { recursive: true })
})

const write = (name: string, sql: string) => writeFile(join(folder, name), sql)
const run = () => migrate({ url: fresh.url, folder, log })
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'succeeded',
    (error: Error) => error.message,
  )
const applied = async () =>
  (await database.query('test.applied', (sql) => sql<{ name: string }[]>`select name from schema_migrations order by name`)).map(
    ({ name }) => name,
  )

it('[PG10] applies what is missing in the order of the numbers, and once', async () => {
  await write('0002_row.sql', `insert into t_made (n) values (1);`)
  await write('0001_table.sql', `create table t_made (n int primary key); create index t_made_n on t_made (n);`)
  expect(await run()).toEqual(['0001_table.sql', '0002_row.sql'])
  expect(await run()).toEqual([])
  await write('0003_more.sql', `insert into t_made (n) values (2);`)
  expect(await run()).toEqual(['0003_more.sql'])
  expect(await applied()).toEqual(['0001_table.sql', '0002_row.sql', '0003_more.sql'])
})

it('[PG10] a migration that fails leaves nothing of itself, and what came before it stays', async () => {
  await write('0001_table.sql', `create table t_made (n int primary key);`)
  await write('0002_half.sql', `insert into t_made (n) values (1); insert into t_made (n) values (1);`)
  expect(await failure(run())).toMatch(/^0002_half\.sql failed: duplicate key/)
  expect(await applied()).toEqual(['0001_table.sql'])
  expect(await database.query('test.count', (sql) => sql`select n from t_made`)).toHaveLength(0)
  await write('0002_half.sql', `insert into t_made (n) values (1);`)
  expect(await run()).toEqual(['0002_half.sql'])
})

it('[PG11] several servers that start at once all succeed, and one of them applies', async () => {
  await write('0001_table.sql', `create table t_made (n int primary key); select pg_sleep(0.2);`)
  await write('0002_row.sql', `insert into t_made (n) values (1);`)
  const results = await Promise.all([run(), run(), run(), run()])
  expect(results.toSorted((a, b) => b.length - a.length)).toEqual([['0001_table.sql', '0002_row.sql'], [], [], []])
})

it('[PG12] stops when an applied migration was edited, is missing, or comes late', async () => {
  await write('0001_table.sql', `create table t_made (n int primary key);`)
  await write('0003_row.sql', `insert into t_made (n) values (1);`)
  await run()
  await write('0001_table.sql', `create table t_made (n bigint primary key);`)
  expect(await failure(run())).toBe('0001_table.sql was edited after it was applied: restore it and write a new migration instead')
  await unlink(join(folder, '0001_table.sql'))
  expect(await failure(run())).toBe(
    'the database has the migration 0001_table.sql, which this source lacks: run the newer source, or another database',
  )
  await write('0001_table.sql', `create table t_made (n int primary key);`)
  await write('0002_late.sql', `insert into t_made (n) values (9);`)
  expect(await failure(run())).toBe('0002_late.sql comes before 0003_row.sql, which is already applied: give it a higher number')
  expect(await database.query('test.rows', (sql) => sql<{ n: number }[]>`select n from t_made`)).toEqual([{ n: 1 }])
})

it('[PG12] refuses a name of another shape and a number used twice', async () => {
  await write('0001_Table.sql', '')
  expect(await failure(run())).toMatch(/a migration is named NNNN_name\.sql/)
  await unlink(join(folder, '0001_Table.sql'))
  await write('0001_a.sql', '')
  await write('0001_b.sql', '')
  expect(await failure(run())).toMatch(/the number 0001 is used by another migration/)
})

it("[PG10] the project's own files are well named and numbered without a gap", async () => {
  const migrations = await readMigrations(sqlFolder)
  expect(migrations.map(({ name }) => Number(name.slice(0, 4)))).toEqual(migrations.map((_, index) => index + 1))
  expect(await Promise.all(migrations.map(({ name }) => readFile(join(sqlFolder, name), 'utf8')))).toEqual(migrations.map(({ sql }) => sql))
})
