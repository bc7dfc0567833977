// What a PostgreSQL says of itself: version, what it does to keep its word, and the migrations in a database.

import { Client } from 'pg'

export interface DatabaseFacts {
  /** As it calls itself, '18.1'. */
  version: string
  isFsyncOn: boolean
  isFullPageWritesOn: boolean
  synchronousCommit: string
  /** Applied ones in their order; empty when the database was never set up. */
  migrations: { name: string; checksum: string }[]
}

/** Looks at the database at `url` without changing it. Throws what keeps it from being reached. */
export async function inspectDatabase(url: string): Promise<DatabaseFacts> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    application_name: 'elenchus-doctor',
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<Omit<DatabaseFacts, 'migrations'> & { isSetUp: boolean }>(`
      select
        split_part(current_setting('server_version'), ' ', 1) as version,
        current_setting('fsync')::boolean as "isFsyncOn",
        current_setting('full_page_writes')::boolean as "isFullPageWritesOn",
        current_setting('synchronous_commit') as "synchronousCommit",
        to_regclass('schema_migrations') is not null as "isSetUp"`)
    const [row] = rows
    if (!row) throw new Error('PostgreSQL said nothing of itself')
    const { isSetUp, ...facts } = row
    return { ...facts, migrations: isSetUp ? await readApplied(client) : [] }
  } finally {
    await client.end()
  }
}

async function readApplied(client: Client): Promise<DatabaseFacts['migrations']> {
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from schema_migrations order by name')
  return rows
}
