// What a backup holds: every table of the schema, in an order in which each comes after those it refers to.

import { Client } from 'pg'

/** A table with the columns that are stored; generated ones make themselves. */
export interface BackupTable {
  name: string
  columns: string[]
}

/** The tables by name; `schema_migrations` is told apart, since it says what the others look like. */
export async function listTables(client: Client): Promise<BackupTable[]> {
  const { rows: tables } = await client.query<BackupTable>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace
      and c.relkind = 'r'
      and c.relname <> 'schema_migrations'
      and a.attnum > 0
      and not a.attisdropped
      and a.attgenerated = ''
    group by c.relname
    order by c.relname`)
  const { rows: references } = await client.query<{ name: string; refersTo: string }>(`
    select c.relname as name, referred.relname as "refersTo"
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_class referred on referred.oid = k.confrelid
    where k.contype = 'f'
      and k.connamespace = current_schema()::regnamespace
      and k.conrelid <> k.confrelid`)
  return inOrder(tables, references)
}

/** Throws when tables refer to each other in a circle: there is no order then in which their rows could be put back. */
function inOrder(tables: readonly BackupTable[], references: readonly { name: string; refersTo: string }[]): BackupTable[] {
  const ordered: BackupTable[] = []
  const waiting = new Map(tables.map((table) => [table.name, table]))
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ name }) => !references.some((one) => one.name === name && waiting.has(one.refersTo)))
    if (free.length === 0) throw new Error(`these tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`)
    for (const table of free) {
      ordered.push(table)
      waiting.delete(table.name)
    }
  }
  return ordered
}

/** Does one piece of work on a connection of its own, which may take its time; what was begun and not committed is undone when it is lost. */
export async function withBackupConnection<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await openBackupConnection(url)
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The connection alone; whoever takes it ends it. */
export async function openBackupConnection(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'elenchus-backup' })
  // A connection that dies between two statements must be an error of the next one, not an uncaught event.
  client.on('error', () => undefined)
  await client.connect()
  await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0')
  return client
}
