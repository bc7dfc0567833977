// Databases that older sources left behind: each comes to the schema of this one, and people go on in it.

import { fileURLToPath } from 'node:url'
import { Client, escapeIdentifier } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../server/base/log.ts'
import { listTables } from '../server/store/backup-tables.ts'
import { restoreBackup, writeBackup } from '../server/store/backup.ts'
import { migrate, readMigrations } from '../server/store/migrations.ts'
import { expectLivedIn, liveIn, type LivedIn } from './rigs/lived-in.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'

const folder = fileURLToPath(new URL('../sql', import.meta.url))
const log = createLog('silent')
const names = (await readMigrations(folder)).map(({ name }) => name)
/** Every state a server with documents ever had, but this one. */
const olderStates = names.slice(names.indexOf('0003_documents.sql'), -1)

let source: FreshDatabase
let lived: LivedIn
beforeAll(async () => {
  source = await freshDatabase()
  lived = await liveIn(source.url)
})
afterAll(() => source.drop())

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The database as the source of that migration would have filled it: what was lived, in the tables and columns that there were. */
async function olderDatabase(until: string): Promise<FreshDatabase> {
  const older = await freshDatabase({ isEmpty: true })
  await migrate({ url: older.url, folder, log, until })
  await withClient(older.url, (to) => withClient(source.url, (from) => copyRows(from, to)))
  return older
}

async function copyRows(from: Client, to: Client): Promise<void> {
  for (const { name, columns } of await listTables(to)) {
    const table = escapeIdentifier(name)
    const { rows } = await from.query<{ rows: unknown }>(`select coalesce(jsonb_agg(t), '[]') as rows from ${table} t`)
    const list = columns.map((column) => escapeIdentifier(column)).join(', ')
    await to.query(`alter table ${table} disable trigger user`)
    const insert = `insert into ${table} (${list}) overriding system value select ${list} from jsonb_populate_recordset(null::${table}, $1)`
    await to.query(insert, [JSON.stringify(rows[0]?.rows)])
    await to.query(`alter table ${table} enable trigger user`)
    await goOnCounting(to, name, columns)
  }
}

async function goOnCounting(to: Client, name: string, columns: readonly string[]): Promise<void> {
  if (!columns.includes('id')) return
  const table = escapeIdentifier(name)
  const { rows } = await to.query<{ sequence: string | null }>('select pg_get_serial_sequence($1, $2) as sequence', [table, 'id'])
  const sequence = rows[0]?.sequence
  if (typeof sequence === 'string') await to.query(`select setval($1::regclass, coalesce(max(id), 0) + 1, false) from ${table}`, [sequence])
}

describe.each(olderStates)('a database at %s', (state) => {
  it('[OPS4] is brought to this schema, and everything in it is read and written', async () => {
    const older = await olderDatabase(state)
    try {
      const applied = await migrate({ url: older.url, folder, log })
      expect(applied).toEqual(names.slice(names.indexOf(state) + 1))
      await expectLivedIn(older.url, lived)
    } finally {
      await older.drop()
    }
  })

  it('[OPS4] is backed up, and restored by this source', async () => {
    const older = await olderDatabase(state)
    const target = await freshDatabase({ isEmpty: true })
    try {
      const rows = await restoreBackup({ url: target.url, from: writeBackup(older.url), folder, log })
      expect(rows).toMatchObject({ user: 2, projects: 1, document_snapshots: 1 })
      await expectLivedIn(target.url, lived)
    } finally {
      await target.drop()
      await older.drop()
    }
  })
})
