// The embedded PostgreSQL, really started: what it promises of itself, and what it does when it dies.

import { mkdir, chmod, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EmbeddedFolder, ask, failureOf, processGone, readWord, writeWord } from '../../test/rigs/embedded-folder.ts'
import { createLog } from '../base/log.ts'
import { createMetrics } from '../base/metrics.ts'
import { createDatabase } from './database.ts'
import { findFreePort } from './postgres-cluster.ts'

let place: EmbeddedFolder

beforeEach(async () => {
  place = await EmbeddedFolder.create()
})

afterEach(() => place.remove())

describe('a folder of its own', () => {
  it('[PG20] is a real PostgreSQL 18 whose commits are on disk, and keeps its data over a restart', async () => {
    const first = await place.start()
    const [settings] = await ask(
      first.url,
      `
      select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
        current_setting('full_page_writes') as full_page_writes, current_setting('server_version_num')::int / 10000 as major,
        current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums`,
    )
    expect(settings).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      major: 18,
      encoding: 'UTF8',
      checksums: 'on',
    })
    await writeWord(first.url)
    await first.stop()
    expect(await readWord((await place.start()).url)).toEqual([{ word: 'acked' }])
  })

  it('[PG21] listens on loopback only, and opens to a password that only its owner can read', async () => {
    const postgres = await place.start()
    const url = new URL(postgres.url)
    expect(url.hostname).toBe('127.0.0.1')
    const [settings] = await ask(
      postgres.url,
      `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`,
    )
    expect(settings).toEqual({ addresses: '127.0.0.1', sockets: '' })
    url.password = 'wrong'
    expect(await failureOf(ask(url.href, 'select 1'))).toMatch(/password authentication failed/)
    const home = join(place.dataDir, 'postgres')
    const modes = await Promise.all([home, join(home, 'password'), join(home, 'data')].map(async (path) => (await stat(path)).mode & 0o777))
    expect(modes).toEqual([0o700, 0o600, 0o700])
    expect((await readdir(home)).toSorted()).toEqual(['data', 'password'])
  })

  it('[PG22] takes another port when the first is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
    place.onRemove(() => new Promise((resolve) => void other.close(resolve)))
    const { port: taken } = other.address() as { port: number }
    const ports = [taken, taken]
    const postgres = await place.start({ findPort: async () => ports.shift() ?? findFreePort() })
    expect(ports).toEqual([])
    expect(new URL(postgres.url).port).not.toBe(String(taken))
    expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('[PG23] begins anew after the first start was cut in the middle', async () => {
    const home = join(place.dataDir, 'postgres')
    await mkdir(join(home, 'data.new-x1', 'base'), { recursive: true })
    await chmod(place.dataDir, 0o755)
    await writeFile(join(home, 'password'), '')
    await writeFile(join(home, 'data.new-x1.password'), 'half')
    const postgres = await place.start()
    expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await readdir(home)).toSorted()).toEqual(['data', 'password'])
  })

  it('[PG23] makes a new password when the file is lost', async () => {
    const first = await place.start()
    await writeWord(first.url)
    await first.stop()
    await rm(join(place.dataDir, 'postgres', 'password'))
    const second = await place.start()
    expect(new URL(second.url).password).not.toBe(new URL(first.url).password)
    expect(await readWord(second.url)).toEqual([{ word: 'acked' }])
  })

  it('[PG24] refuses data of another major version, and a database that is gone, with a sentence', async () => {
    const postgres = await place.start()
    await postgres.stop()
    await writeFile(join(place.dataDir, 'postgres', 'data', 'PG_VERSION'), '15\n')
    expect(await failureOf(place.make().start())).toMatch(/is of PostgreSQL 15, and this server brings 18/)
    await writeFile(join(place.dataDir, 'postgres-is-elsewhere'), '/nowhere/at/all\n')
    expect(await failureOf(place.make().start())).toMatch(/was kept in \/nowhere\/at\/all, which is gone/)
  })
})

describe('while the server runs', () => {
  it('[PG28] comes back on the same address when it dies, and the product with it', async () => {
    const postgres = await place.start()
    const database = createDatabase({
      url: postgres.url,
      poolSize: 2,
      queueMax: 10,
      statementTimeoutMs: 2_000,
      slowStatementMs: 1_000,
      log: createLog('silent'),
      metrics: createMetrics(),
    })
    place.onRemove(() => database.close())
    await database.query('test.create', (sql) => sql`create table kept as select 'acked' as word`)
    for (let round = 0; round < 3; round += 1) {
      const { pid } = postgres
      process.kill(pid ?? 0, 'SIGKILL')
      // Its backends may serve for a moment longer than it lives: what counts is the next postmaster.
      await expect.poll(() => postgres.pid !== undefined && postgres.pid !== pid, { timeout: 30_000, interval: 20 }).toBe(true)
      await expect.poll(() => database.ping(500), { timeout: 30_000, interval: 50 }).toBe(true)
    }
    expect(await database.query('test.read', (sql) => sql<{ word: string }[]>`select word from kept`)).toEqual([{ word: 'acked' }])
  })

  it('[PG29] stops with the server, and serves it to the end when Ctrl-C reaches the whole process group', async () => {
    const child = await place.startChild()
    expect(await child.stop('toGroup')).toMatchObject({ wasServing: true })
    await processGone(child.postmasterPid)
  })
})
