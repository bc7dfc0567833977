// The databases that tests are given: each its own, migrated, and gone afterwards; and a server to stop, start and kill.

import { Client } from 'pg'
import { afterEach, expect, it } from 'vitest'
import { freshDatabase, startPrivatePostgres } from './private-postgres.ts'

const cleanUps: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function ask<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

it('[PG40] every test has a migrated database of its own', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
  cleanUps.push(
    () => one.drop(),
    () => other.drop(),
  )
  expect(await ask(one.url, 'select name from schema_migrations')).not.toEqual([])
  await ask(one.url, 'create table mine (n int)')
  await expect(ask(other.url, 'select n from mine')).rejects.toThrow(/does not exist/)
  const client = new Client({ connectionString: one.url })
  const cut = new Promise((resolve) => client.on('error', resolve))
  await client.connect()
  await Promise.all([one.drop(), other.drop(), cut])
  await expect(ask(one.url, 'select 1')).rejects.toThrow(/does not exist/)
})

it('[PG41] a server of its own keeps port and data over stop, start and kill', async () => {
  const postgres = await startPrivatePostgres()
  cleanUps.push(() => postgres.remove())
  await ask(postgres.url, `create table kept as select 'acked' as word`)
  for (const end of [() => postgres.stop(), () => postgres.stop('immediate'), () => postgres.kill()]) {
    const { pid } = postgres
    await end()
    expect(postgres.pid).toBeUndefined()
    await expect(ask(postgres.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/)
    await postgres.start()
    expect(postgres.pid).not.toBe(pid)
    expect(await ask(postgres.url, 'select word from kept')).toEqual([{ word: 'acked' }])
  }
})
