// Everything the database holds, as one stream of lines: written from one moment in time, whatever goes on meanwhile, and put back whole or not at all.

import { pipeline } from 'node:stream/promises'
import { escapeIdentifier, type Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'
import type { Log } from '../base/log.ts'
import { listTables, openBackupConnection, withBackupConnection, type BackupTable } from './backup-tables.ts'
import { migrate, readMigrations } from './migrations.ts'

const migrationName = z.object({ name: z.string(), checksum: z.string() })
type MigrationName = z.infer<typeof migrationName>

/**
 * The first line of a backup. Behind it come the tables in this order: each its rows in the text format of COPY, one a line, and a
 * line `\.`; so a backup is independent of PostgreSQL's version and of how its data lies on disk.
 */
const headerSchema = z.object({
  format: z.literal('elenchus-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  migrations: z.array(migrationName),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
})
type BackupHeader = z.infer<typeof headerSchema>

const endOfTable = '\\.'
const newline = 10
const pieceBytes = 64 * 1024

/** The lines of a backup of the database at `url`. Throws when the database cannot be reached, or was never set up. */
export async function* writeBackup(url: string, now: Date = new Date()): AsyncGenerator<Uint8Array> {
  const client = await openBackupConnection(url)
  try {
    // One snapshot for all tables: a project that is made meanwhile is in all of them or in none.
    await client.query('begin isolation level repeatable read read only')
    const { rows: migrations } = await client.query<MigrationName>('select name, checksum from schema_migrations order by name')
    const tables = await listTables(client)
    const header: BackupHeader = { format: 'elenchus-backup', version: 1, createdAt: now.toISOString(), migrations, tables }
    yield Buffer.from(`${JSON.stringify(header)}\n`)
    for (const table of tables) {
      yield* client.query(copyTo(`copy ${target(table)} to stdout`)) as AsyncIterable<Uint8Array>
      yield Buffer.from(`${endOfTable}\n`)
    }
  } finally {
    await client.end()
  }
}

function target({ name, columns }: BackupTable): string {
  return `${escapeIdentifier(name)} (${columns.map((column) => escapeIdentifier(column)).join(', ')})`
}

export interface RestoreOptions {
  /** An empty database. */
  url: string
  /** A backup, from its first byte on. */
  from: AsyncIterable<Uint8Array>
  /** The folder of the migrations. */
  folder: string
  log: Log
}

/**
 * Puts a backup into an empty database, as it was, and brings it to the schema of this source; gives the rows of each table.
 * Throws a sentence when the database is not empty, or the backup is of a newer source, damaged or cut; nothing is in it then.
 */
export async function restoreBackup({ url, from, folder, log }: RestoreOptions): Promise<Record<string, number>> {
  const lines = linesOf(from)
  const header = readHeader(await lines.next())
  const last = await lastMigrationOf(header, folder)
  return withBackupConnection(url, async (client) => {
    await requireEmpty(client, last)
    await migrate({ url, folder, log, until: last })
    await client.query('begin')
    const rows: Record<string, number> = {}
    for (const table of header.tables) rows[table.name] = await restoreTable(client, table, lines)
    if (!(await lines.next()).done) throw new Error('the backup goes on behind its last table: it is damaged')
    await client.query('commit')
    await migrate({ url, folder, log })
    return rows
  })
}

function readHeader({ value, done }: IteratorResult<Buffer, unknown>): BackupHeader {
  let header: unknown
  try {
    header = done ? undefined : JSON.parse(value.toString('utf8'))
  } catch (error) {
    throw new Error('this file is no backup of Elenchus', { cause: error })
  }
  const parsed = headerSchema.safeParse(header)
  if (!parsed.success) throw new Error('this file is no backup of Elenchus, or one of a newer version')
  return parsed.data
}

/** Throws when this source has not just the migrations the backup was made under. */
async function lastMigrationOf({ migrations }: BackupHeader, folder: string): Promise<string> {
  const ours = new Map((await readMigrations(folder)).map(({ name, checksum }) => [name, checksum]))
  const foreign = migrations.find(({ name, checksum }) => ours.get(name) !== checksum)
  if (foreign)
    throw new Error(
      `the backup was made under ${foreign.name}, which this source lacks or has otherwise: restore it with the source that made it`,
    )
  const last = migrations.at(-1)
  if (!last) throw new Error('the backup names no migrations: it is damaged')
  return last.name
}

async function requireEmpty(client: Client, last: string): Promise<void> {
  for (const { name } of await listTables(client)) {
    const { rowCount } = await client.query(`select 1 from ${escapeIdentifier(name)} limit 1`)
    if (rowCount) throw new Error(`the database is not empty (there are rows in ${name}): restore into an empty one`)
  }
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('schema_migrations') is not null as there`)
  if (!rows[0]?.there) return
  const { rowCount } = await client.query('select name from schema_migrations where name > $1 limit 1', [last])
  if (rowCount)
    throw new Error('the database is set up for a newer source than the one the backup was made with: restore into a new database')
}

async function restoreTable(client: Client, table: BackupTable, lines: AsyncIterator<Buffer>): Promise<number> {
  const name = escapeIdentifier(table.name)
  // What triggers would do, they did when the rows were first written.
  await client.query(`alter table ${name} disable trigger user`)
  const copy = client.query(copyFrom(`copy ${target(table)} from stdin`))
  await pipeline(rowsOf(table, lines), copy)
  await client.query(`alter table ${name} enable trigger user`)
  for (const column of table.columns) await advanceCounter(client, name, column)
  return copy.rowCount
}

/** The lines up to the end of the table, many at once: each piece is a message to PostgreSQL. */
async function* rowsOf({ name }: BackupTable, lines: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  let rows: Buffer[] = []
  let bytes = 0
  for (;;) {
    const { value, done } = await lines.next()
    if (done) throw new Error(`the backup ends in the middle of ${name}: it was cut`)
    if (value.equals(Buffer.from(endOfTable))) break
    rows.push(value, Buffer.of(newline))
    bytes += value.length
    if (bytes < pieceBytes) continue
    yield Buffer.concat(rows)
    rows = []
    bytes = 0
  }
  if (rows.length > 0) yield Buffer.concat(rows)
}

/** An identity column goes on behind the highest number that was put back. */
async function advanceCounter(client: Client, name: string, column: string): Promise<void> {
  const { rows } = await client.query<{ sequence: string | null }>('select pg_get_serial_sequence($1, $2) as sequence', [name, column])
  const sequence = rows[0]?.sequence
  if (typeof sequence !== 'string') return
  const highest = `max(${escapeIdentifier(column)})`
  await client.query(`select setval($1::regclass, coalesce(${highest}, 1), ${highest} is not null) from ${name}`, [sequence])
}

/** Lines without their ends. By bytes: in a row's text other line separators are text. */
async function* linesOf(from: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  for await (const chunk of from) {
    let rest = Buffer.from(chunk)
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
      yield Buffer.concat([...parts, rest.subarray(0, end)])
      parts = []
      rest = rest.subarray(end + 1)
    }
    if (rest.length > 0) parts.push(rest)
  }
  if (parts.length > 0) yield Buffer.concat(parts)
}
