// A project-like folder for tests of the embedded PostgreSQL: what is started in it is stopped, and all of it removed, at the end.

import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect } from 'vitest'
import { createLog } from '../../server/base/log.ts'
import { EmbeddedPostgres, type EmbeddedPostgresOptions } from '../../server/store/embedded-postgres.ts'
import { chooseAccount } from '../../server/store/postgres-account.ts'
import { findFreePort, startPostmaster, type Postmaster } from '../../server/store/postgres-cluster.ts'
import { findPrograms } from '../../server/store/postgres-programs.ts'
import { startEmbeddedChild, type EmbeddedChild, type EmbeddedChildOptions } from './embedded-postgres-child.ts'

const log = createLog('silent')

/** The folder and what can be started in it; make one for each test, and `remove` it after. */
export class EmbeddedFolder {
  /** Open to be passed through by everybody, like a usual project's. */
  readonly root: string
  readonly dataDir: string
  readonly sharedHome: string
  readonly #cleanUps: (() => unknown)[] = []

  constructor(root: string) {
    this.root = root
    this.dataDir = join(root, 'data')
    this.sharedHome = join(root, 'shared')
  }

  static async create(): Promise<EmbeddedFolder> {
    const root = await mkdtemp('/tmp/elenchus-embedded-')
    await chmod(root, 0o755)
    return new EmbeddedFolder(root)
  }

  /** Runs before the folder goes, last added first. */
  onRemove(cleanUp: () => unknown): void {
    this.#cleanUps.push(cleanUp)
  }

  async remove(): Promise<void> {
    for (const cleanUp of this.#cleanUps.splice(0).toReversed()) await cleanUp()
    // A postmaster whose server was killed may still be writing its last files.
    await rm(this.root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }

  /** An embedded PostgreSQL in this process, not started. */
  make(options: Partial<EmbeddedPostgresOptions> = {}): EmbeddedPostgres {
    const postgres = new EmbeddedPostgres({ dataDir: this.dataDir, sharedHome: this.sharedHome, log, ...options })
    this.onRemove(() => postgres.stop())
    return postgres
  }

  async start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const postgres = this.make(options)
    await postgres.start()
    return postgres
  }

  /** One in a process of its own, which can be killed. */
  async startChild(options: Partial<EmbeddedChildOptions> = {}): Promise<EmbeddedChild> {
    const child = await startEmbeddedChild({ dataDir: this.dataDir, sharedHome: this.sharedHome, ...options })
    this.onRemove(() => child.kill())
    return child
  }

  /** A postmaster on the data that nobody watches over: what kill -9 leaves when its guard was killed too. */
  async startOrphan(): Promise<Postmaster> {
    const dataFolder = join(this.dataDir, 'postgres', 'data')
    const account = await chooseAccount(dataFolder)
    const programs = await findPrograms({ account, sharedHome: this.sharedHome, log })
    const orphan = await startPostmaster({ dataFolder, account, programs, port: await findFreePort() })
    this.onRemove(() => orphan.stop('immediate'))
    return orphan
  }
}

/** The rows of one statement, on a connection of its own. */
export async function ask<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  // A server that ends under the connection is told by the statement that fails.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

/** Commits a word, and reads it back: what an ack promises. */
export const writeWord = (url: string) => ask(url, `create table kept as select 'acked' as word`)
export const readWord = (url: string) => ask<{ word: string }>(url, 'select word from kept')

/** Resolves when the process is no more. */
export async function processGone(pid: number): Promise<void> {
  await expect.poll(() => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''), { timeout: 20_000, interval: 20 }).toBe('')
}

/** What a promise failed with, or 'succeeded'. */
export function failureOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'succeeded',
    (error: Error) => error.message,
  )
}
