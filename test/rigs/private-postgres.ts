// PostgreSQL for tests: one private server for the whole run with a fresh database for each who asks, and others of one's own to stop and kill.

import { randomBytes, randomUUID } from 'node:crypto'
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, inject } from 'vitest'
import { createLog } from '../../server/base/log.ts'
import { canReach, chooseAccount, defaultSharedHome } from '../../server/store/postgres-account.ts'
import {
  clusterUser,
  findFreePort,
  initCluster,
  startPostmaster,
  type Postmaster,
  type StopMode,
} from '../../server/store/postgres-cluster.ts'
import { endWithUs } from '../../server/store/postgres-process.ts'
import { findPrograms } from '../../server/store/postgres-programs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's private PostgreSQL listens; null in a run without `.pg` and `.system` tests. */
    privatePostgresUrl: string | null
  }
}

/** The database that fresh ones are copied from: migrated, and connected to by nobody. */
export const templateDatabase = 'elenchus_template'

/** A database of one's own. */
export interface FreshDatabase {
  url: string
  /** Removes it, cutting whoever is still connected. */
  drop(): Promise<void>
}

/** Gives a new database on the run's private PostgreSQL, in about 50 ms: migrated, or with nothing in it. */
export async function freshDatabase({ isEmpty = false } = {}): Promise<FreshDatabase> {
  const { testPath = '' } = expect.getState()
  if (testPath && !/\.(?:pg|system)\.test\.tsx?$/.test(testPath)) {
    throw new Error(`${testPath} needs PostgreSQL: name it .pg.test.ts (or .system.test.ts), so that one is started for it`)
  }
  const serverUrl = inject('privatePostgresUrl')
  if (!serverUrl) throw new Error('the private PostgreSQL was not started: is this file in the projects pg or system of vitest.config.ts?')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(serverUrl, `create database ${name} template ${isEmpty ? 'template0' : templateDatabase}`)
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => onServer(serverUrl, `drop database if exists ${name} with (force)`),
  }
}

/** The address of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Runs one statement of administration on a connection of its own. */
export async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

export interface PrivatePostgresOptions {
  /** Keeps its folder here instead of in a temporary one that goes with it. */
  dataDir?: string
  port?: number
}

/** A PostgreSQL of a test's own. */
export interface PrivatePostgres {
  readonly url: string
  readonly port: number
  /** The process id of its postmaster; undefined while it is stopped. */
  readonly pid: number | undefined
  /** Stops it; `fast` cuts connections, `immediate` is like a crash that took the connections along. */
  stop(mode?: StopMode): Promise<void>
  /** Starts it again, on the same port with the same data. */
  start(): Promise<void>
  /** SIGKILL to the postmaster; resolves when it is gone and its port is closed. */
  kill(): Promise<void>
  /** Ends every other connection, and gives how many there were. */
  terminateBackends(): Promise<number>
  /** Stops it and removes its temporary folder. */
  remove(): Promise<void>
}

/** Starts a PostgreSQL apart from the run's, in about a second. */
export async function startPrivatePostgres({ dataDir, port: wantedPort }: PrivatePostgresOptions = {}): Promise<PrivatePostgres> {
  const account = await chooseAccount()
  const programs = await findPrograms({ account, sharedHome: defaultSharedHome, log: createLog('silent') })
  // A temporary folder of one's own (TMPDIR) may be closed to the user PostgreSQL runs as.
  const parent = (await canReach(account, tmpdir())) ? tmpdir() : '/tmp'
  const folder = dataDir ?? (await mkdtemp(join(parent, 'elenchus-postgres-')))
  await mkdir(folder, { recursive: true })
  if (account) await chown(folder, account.uid, account.gid)
  const password = randomBytes(12).toString('hex')
  const cluster = { dataFolder: join(folder, 'data'), programs, account }
  await initCluster(cluster, password)
  let postmaster: Postmaster | undefined
  const start = async (choosePort: () => Promise<number>) => {
    const started = await startPostmaster({ ...cluster, port: await choosePort() })
    // A run that is killed leaves no server behind.
    const callOff = endWithUs({ account, cwd: cluster.dataFolder }, started.pid)
    void started.ended.then(callOff)
    postmaster = started
    return started.port
  }
  const port = await start(async () => wantedPort ?? findFreePort())
  const url = `postgres://${clusterUser}:${password}@127.0.0.1:${port}/postgres`
  const stop = async (mode: StopMode = 'fast') => {
    await postmaster?.stop(mode)
    postmaster = undefined
  }
  return {
    url,
    port,
    get pid() {
      return postmaster?.pid
    },
    stop,
    async start() {
      if (!postmaster) await start(async () => port)
    },
    async kill() {
      postmaster?.signal('SIGKILL')
      await postmaster?.ended
      postmaster = undefined
    },
    terminateBackends: () => terminateBackends(url),
    async remove() {
      await stop('immediate')
      if (!dataDir) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** Ends every client connection of the server at `url` but the one that asks; gives how many there were. */
export async function terminateBackends(url: string): Promise<number> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`,
    )
    return rowCount ?? 0
  } finally {
    await client.end()
  }
}
