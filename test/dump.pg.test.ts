// pg_dump and pg_restore as docs/operations.md has them, with the programs and the PostgreSQL of this machine.

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createLog } from '../server/base/log.ts'
import { restoreBackup, writeBackup } from '../server/store/backup.ts'
import { migrate } from '../server/store/migrations.ts'
import { expectLivedIn, expectVersionAndToken, liveIn } from './rigs/lived-in.ts'
import { hasMachinePostgres, startMachinePostgres } from './rigs/machine-postgres.ts'
import { databaseUrl, freshDatabase, onServer } from './rigs/private-postgres.ts'
import { programOnPath } from './rigs/program-on-path.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'sql')
const log = createLog('silent')
const run = promisify(execFile)

/** The commands of the page that begin with `program`. */
async function documented(program: string): Promise<string> {
  const page = await readFile(join(root, 'docs/operations.md'), 'utf8')
  const line = page.split('\n').find((text) => text.startsWith(`${program} `))
  if (line === undefined) throw new Error(`the page has no ${program}`)
  return line
}

describe.runIf(hasMachinePostgres && programOnPath('pg_dump'))('the PostgreSQL of the machine', () => {
  it('[OPS3] is dumped and restored by the commands of the page, and takes a backup of the embedded one', async () => {
    const machine = await startMachinePostgres()
    const place = await mkdtemp(join(tmpdir(), 'elenchus-dump-'))
    const [source, restored, moved] = ['source', 'elenchus', 'moved'].map((name) => databaseUrl(machine.url, name))
    if (source === undefined || restored === undefined || moved === undefined) throw new Error('three addresses were made')
    const env = { ...process.env, PGHOST: '127.0.0.1', PGPORT: new URL(machine.url).port, PGUSER: 'elenchus' }
    const command = async (program: string, url: string) =>
      run('bash', ['-c', await documented(program)], { cwd: place, env: { ...env, DATABASE_URL: url } })
    try {
      for (const name of ['source', 'moved']) await onServer(machine.url, `create database ${name}`)
      await migrate({ url: source, folder, log })
      const lived = await liveIn(source)
      await command('pg_dump', source)
      await command('createdb', restored)
      await command('pg_restore', restored)
      await expectVersionAndToken(restored, lived)
      await expectLivedIn(restored, lived)

      const embedded = await freshDatabase()
      const other = await liveIn(embedded.url)
      const rows = await restoreBackup({ url: moved, from: writeBackup(embedded.url), folder, log })
      expect(rows).toMatchObject({ user: 2, projects: 1, document_snapshots: 1, api_tokens: 1 })
      await embedded.drop()
      await expectLivedIn(moved, other)
    } finally {
      await machine.remove()
      await rm(place, { recursive: true })
    }
  })
})
