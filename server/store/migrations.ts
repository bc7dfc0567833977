// Brings the database to the schema of this source: `sql/NNNN_name.sql`, in order, each once, each in one transaction.

import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import type { Log } from '../base/log.ts'

export interface MigrationOptions {
  url: string
  /** The folder of the SQL files. */
  folder: string
  log: Log
  /** The name of the last one to apply; all are unless given. */
  until?: string
}

interface Migration {
  name: string
  checksum: string
  sql: string
}

/** Any constant will do, as long as every version of the server uses the same: it names the lock in the database. */
const lockKey = 5_137_022_814

const filePattern = /^\d{4}_[a-z0-9_]+\.sql$/

/**
 * Applies what is missing and gives the names applied. Several servers may call it at once on one database: one works,
 * the others wait and find the work done. Throws a sentence, before anything is changed, when a migration that was
 * applied is not there any more or was edited since.
 */
export async function migrate({ url, folder, log, until }: MigrationOptions): Promise<string[]> {
  const migrations = (await readMigrations(folder)).filter(({ name }) => until === undefined || name <= until)
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'elenchus-migrations' })
  // A connection that dies between two statements must be an error of the next one, not an uncaught event.
  client.on('error', (error) => log.warn({ err: error }, 'migrations.connection_lost'))
  await client.connect()
  try {
    // Held by the session: it outlives each file's transaction and goes with the connection, however that ends.
    await client.query('select pg_advisory_lock($1)', [lockKey])
    return await applyMissing(client, migrations, log)
  } finally {
    await client.end()
  }
}

/** Reads the folder; throws when a name has not the expected shape or a number is used twice. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted()
  const numbers = new Set<string>()
  for (const name of names) {
    if (!filePattern.test(name)) throw new Error(`${name}: a migration is named NNNN_name.sql, in lower case`)
    const number = name.slice(0, 4)
    if (numbers.has(number)) throw new Error(`${name}: the number ${number} is used by another migration`)
    numbers.add(number)
  }
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function applyMissing(client: Client, migrations: Migration[], log: Log): Promise<string[]> {
  await client.query(`
    create table if not exists schema_migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`)
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from schema_migrations order by name')
  checkHistory(rows, migrations)
  const applied = new Set(rows.map((row) => row.name))
  const missing = migrations.filter((migration) => !applied.has(migration.name))
  for (const migration of missing) {
    await applyOne(client, migration)
    log.info({ migration: migration.name }, 'migrations.applied')
  }
  return missing.map((migration) => migration.name)
}

function checkHistory(applied: { name: string; checksum: string }[], migrations: Migration[]): void {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, checksum } of applied) {
    const migration = byName.get(name)
    if (!migration)
      throw new Error(`the database has the migration ${name}, which this source lacks: run the newer source, or another database`)
    if (migration.checksum !== checksum)
      throw new Error(`${name} was edited after it was applied: restore it and write a new migration instead`)
  }
  const last = applied.at(-1)?.name ?? ''
  const late = migrations.find(({ name }) => name < last && !applied.some((row) => row.name === name))
  if (late) throw new Error(`${late.name} comes before ${last}, which is already applied: give it a higher number`)
}

async function applyOne(client: Client, { name, checksum, sql }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${name} failed: ${reason}`, { cause: error })
  }
}
