// The PostgreSQL that comes with the server when no DATABASE_URL is given: its life, from a folder to an address.

import { access } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { backoffMs } from '../../shared/backoff.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import { lockFolder, type FolderLock } from './folder-lock.ts'
import {
  PortTakenError,
  clusterUser,
  findFreePort,
  initCluster,
  resetPassword,
  startPostmaster,
  type ClusterOptions,
  type Postmaster,
} from './postgres-cluster.ts'
import { defaultSharedHome, makeOpenFolder } from './postgres-account.ts'
import { findHome, readPassword, writePassword, type PostgresHome } from './postgres-home.ts'
import { clearOrphan } from './postgres-orphan.ts'
import { endWithUs } from './postgres-process.ts'
import { findPrograms } from './postgres-programs.ts'

export interface EmbeddedPostgresOptions {
  /** The server's data folder (DATA_DIR), absolute. */
  dataDir: string
  log: Log
  /** Where its data and programs go when they cannot be used where they are (see `findHome`, `findPrograms`). */
  sharedHome?: string
  /** Gives a port to try; again after one that was taken. */
  findPort?: () => Promise<number>
}

/** Backends of a killed postmaster may take this long to notice, and hold its memory until then, in ms. */
const restartPatienceMs = 10_000

/**
 * Makes the database in DATA_DIR when it is not there, starts it, starts it again when it dies, stops it with the server.
 * It listens on 127.0.0.1 only, on a port that was free, and wants a password that is kept in its folder (mode 0600).
 */
export class EmbeddedPostgres implements Service {
  readonly name = 'embedded-postgres'
  readonly #options: EmbeddedPostgresOptions
  readonly #locks: FolderLock[] = []
  readonly #stopping = new AbortController()
  #cluster: ClusterOptions | undefined
  #postmaster: Postmaster | undefined
  #restarting: Promise<void> | undefined
  #url: string | undefined

  constructor(options: EmbeddedPostgresOptions) {
    this.#options = options
  }

  /** Where it listens; the same for the whole life of the server. Throws before `start` has resolved. */
  get url(): string {
    if (!this.#url) throw new Error('the embedded PostgreSQL has not been started')
    return this.#url
  }

  /** The process id of its postmaster; undefined while none runs. */
  get pid(): number | undefined {
    return this.#postmaster?.pid
  }

  /** Resolves when it takes connections. Throws a sentence for a person when the folder is in use or cannot be used. */
  async start(): Promise<void> {
    try {
      await this.#start()
    } catch (error) {
      await this.#unlock()
      throw error
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#restarting
    await this.#postmaster?.stop('fast')
    await this.#unlock()
  }

  async #start(): Promise<void> {
    const { dataDir, log, sharedHome = defaultSharedHome } = this.#options
    // Open to be passed through, not to be listed: the database below it may be another user's.
    await makeOpenFolder(dataDir, 0o711)
    this.#locks.push(await lockFolder(dataDir))
    const home = await findHome({ dataDir, sharedHome, log })
    // A copy of DATA_DIR has another lock, and may have a note that leads to the same home.
    this.#locks.push(await lockFolder(home.folder))
    const { account, dataFolder } = home
    const cluster = { dataFolder, account, programs: await findPrograms({ account, sharedHome, log }) }
    this.#cluster = cluster
    const password = await this.#prepare(home, cluster)
    const postmaster = await this.#startPatiently()
    this.#url = `postgres://${clusterUser}:${password}@127.0.0.1:${postmaster.port}/postgres`
    this.#watch(postmaster)
  }

  /** Brings the folder into a state to start from; gives the password. */
  async #prepare(home: PostgresHome, cluster: ClusterOptions): Promise<string> {
    if (!(await exists(cluster.dataFolder))) {
      const password = await writePassword(home)
      await initCluster(cluster, password)
      return password
    }
    await clearOrphan(cluster.dataFolder, this.#options.log)
    const kept = await readPassword(home)
    if (kept !== undefined) return kept
    const password = await writePassword(home)
    await resetPassword(cluster, password)
    return password
  }

  async #startPatiently(): Promise<Postmaster> {
    const { findPort = findFreePort } = this.#options
    const giveUpAt = performance.now() + restartPatienceMs
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#startOn(await findPort())
      } catch (error) {
        // Somebody took the port between our look and PostgreSQL's, or the past is still at work in the folder.
        const isPassing = error instanceof PortTakenError || (error instanceof Error && /shared memory block/.test(error.message))
        if (!isPassing || performance.now() > giveUpAt) throw error
        await wait(backoffMs(attempt, { firstMs: 20, maxMs: 500 }))
      }
    }
  }

  async #startOn(port: number): Promise<Postmaster> {
    if (!this.#cluster) throw new Error('the embedded PostgreSQL has no folder yet')
    const { log } = this.#options
    return startPostmaster({ ...this.#cluster, port, onLine: (line) => log.debug({ line }, 'postgres.line') })
  }

  #watch(postmaster: Postmaster): void {
    this.#postmaster = postmaster
    const { account = null, dataFolder = '/' } = this.#cluster ?? {}
    const callOff = endWithUs({ account, cwd: dataFolder }, postmaster.pid)
    void postmaster.ended.then(() => {
      callOff()
      this.#postmaster = undefined
      if (this.#stopping.signal.aborted) return
      this.#options.log.error({ pid: postmaster.pid, lastLines: postmaster.lastLines.slice(-3) }, 'postgres.ended_unexpectedly')
      this.#restarting = this.#restart(postmaster.port)
    })
  }

  /** Tries until it runs again or the server stops; on the same port, which is part of the address others hold. */
  async #restart(port: number): Promise<void> {
    const { signal } = this.#stopping
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        this.#watch(await this.#startOn(port))
        return
      } catch (error) {
        this.#options.log.error({ err: error }, 'postgres.restart_failed')
      }
      await wait(backoffMs(attempt, { firstMs: 100, maxMs: 5_000 }), undefined, { signal }).catch(() => undefined)
    }
  }

  async #unlock(): Promise<void> {
    await Promise.all(this.#locks.splice(0).map((lock) => lock.release()))
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
