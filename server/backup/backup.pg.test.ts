// A backup of a database in which people have worked, put back into another.

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectLivedIn, expectVersionAndToken, liveIn, type LivedIn } from '../../test/rigs/lived-in.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { createLog } from '../base/log.ts'
import { restoreBackup, writeBackup } from '../store/backup.ts'
import { readBackupFile, writeBackupFile } from './backup-file.ts'

const sqlFolder = fileURLToPath(new URL('../../sql', import.meta.url))
const log = createLog('silent')

let source: FreshDatabase
let target: FreshDatabase
let lived: LivedIn
let folder: string
beforeAll(async () => {
  source = await freshDatabase()
  lived = await liveIn(source.url)
})
afterAll(() => source.drop())
beforeEach(async () => {
  target = await freshDatabase({ isEmpty: true })
  folder = await mkdtemp(join(tmpdir(), 'elenchus-backup-'))
})
afterEach(async () => {
  await target.drop()
  await rm(folder, { recursive: true })
})

const file = () => join(folder, 'backup.gz')
const restore = (from: AsyncIterable<Uint8Array> = readBackupFile(file())) =>
  restoreBackup({ url: target.url, from, folder: sqlFolder, log })

/** Every table as PostgreSQL prints its rows. */
async function contentOf(url: string): Promise<Record<string, string[]>> {
  const sql = postgres(url, { max: 1 })
  try {
    const tables = await sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`
    const content: Record<string, string[]> = {}
    for (const { name } of tables.filter((table) => table.name !== 'schema_migrations')) {
      content[name] = (await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t order by 1`).map(({ row }) => row)
    }
    return content
  } finally {
    await sql.end()
  }
}

async function* changed(content: AsyncIterable<Uint8Array>, change: (text: string) => string): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part)
  yield Buffer.from(change(Buffer.concat(parts).toString('utf8')))
}

describe('a backup', () => {
  it('[OPS1] put into an empty database is every row of every table, and the product goes on with it', async () => {
    await writeBackupFile(file(), writeBackup(source.url))
    const rows = await restore()
    const content = await contentOf(target.url)
    expect(content).toEqual(await contentOf(source.url))
    expect(rows).toEqual(Object.fromEntries(Object.entries(content).map(([name, list]) => [name, list.length])))
    expect(rows).toMatchObject({ user: 2, projects: 1, members: 2, invitations: 1 })
    expect(rows).toMatchObject({ document_snapshots: 1, versions: 1, api_tokens: 1 })
    expect(rows['document_updates']).toBeGreaterThan(0)
    await expectVersionAndToken(target.url, lived)
    await expectLivedIn(target.url, lived)
  })

  it('[OPS1] is of one moment, whatever is written meanwhile', async () => {
    const sql = postgres(source.url, { max: 1 })
    const before = await contentOf(source.url)
    let isFirst = true
    async function* disturbed(): AsyncGenerator<Uint8Array> {
      for await (const part of writeBackup(source.url)) {
        yield part
        if (isFirst)
          await sql`insert into "user" ("id", "name", "email", "emailVerified") values ('late', 'Late', 'late@example.org', false)`
        isFirst = false
      }
    }
    try {
      await writeBackupFile(file(), disturbed())
      await restore()
      expect(await contentOf(target.url)).toEqual(before)
    } finally {
      await sql`delete from "user" where "id" = 'late'`
      await sql.end()
    }
  })

  it('[OPS1] is readable by its owner alone, and never takes the place of a file that is there', async () => {
    await writeBackupFile(file(), writeBackup(source.url))
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    const first = await readFile(file())
    await expect(writeBackupFile(file(), writeBackup(source.url))).rejects.toThrow('is there already')
    expect(await readFile(file())).toEqual(first)
  })

  it('[OPS1] that cannot be finished leaves no file', async () => {
    const url = new URL(source.url)
    url.pathname = '/no_such_database'
    await expect(writeBackupFile(file(), writeBackup(url.href))).rejects.toThrow('no_such_database')
    await expect(stat(file())).rejects.toThrow('ENOENT')
    await expect(stat(`${file()}.part`)).rejects.toThrow('ENOENT')
  })
})

describe('restoring', () => {
  beforeEach(async () => {
    await writeBackupFile(file(), writeBackup(source.url))
  })

  it.each([
    // Behind the first line, which names each migration and is long.
    ['cut in the middle', (text: string) => text.slice(0, (text.indexOf('\n') + text.length) / 2), /it was cut|damaged/],
    ['that lacks its last line', (text: string) => text.replace(/\\\.\n$/, ''), /it was cut/],
    ['with something behind its end', (text: string) => `${text}more\n`, /damaged/],
    ['with a row of another shape', (text: string) => text.replace('\tBob\t', '\t'), /missing data|invalid input/],
    ['of a newer source', (text: string) => text.replace('0001_auth.sql', '9999_later.sql'), /9999_later\.sql/],
    ['of an edited source', (text: string) => text.replace(/"checksum":"..../, '"checksum":"0000'), /lacks or has otherwise/],
    ['of another kind', () => 'PGDMP', /no backup/],
    ['that is empty', () => '', /no backup/],
  ])('[OPS2] one %s is refused, and nothing of it is there', async (_, change, sentence) => {
    await expect(restore(changed(readBackupFile(file()), change))).rejects.toThrow(sentence)
    for (const [name, rows] of Object.entries(await contentOf(target.url))) expect(rows, name).toEqual([])
  })

  it('[OPS2] a file that was damaged is refused', async () => {
    const bytes = await readFile(file())
    await writeFile(file(), bytes.subarray(0, bytes.length - 20))
    await expect(restore()).rejects.toThrow('unexpected end of file')
    await restore(writeBackup(source.url))
  })

  it('[OPS2] into a database with something in it is refused, and leaves it as it is', async () => {
    const before = await contentOf(source.url)
    await expect(restoreBackup({ url: source.url, from: readBackupFile(file()), folder: sqlFolder, log })).rejects.toThrow('is not empty')
    expect(await contentOf(source.url)).toEqual(before)
  })
})
