// A PostgreSQL server process: making its folder, starting it, knowing when it serves and when it has ended.

import { type ChildProcess } from 'node:child_process'
import { chown, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import type { Account } from './postgres-account.ts'
import { readLines, runToEnd, spawnAs } from './postgres-process.ts'
import type { Programs } from './postgres-programs.ts'

export interface ClusterOptions {
  /** The folder of PostgreSQL's data; the folder above it belongs to the account too. */
  dataFolder: string
  programs: Programs
  /** Whom it runs as; null is ourselves. */
  account: Account | null
}

export interface StartOptions extends ClusterOptions {
  port: number
  /** Receives what PostgreSQL writes, a line at a time. */
  onLine?: (line: string) => void
}

/** The superuser of a cluster made here. */
export const clusterUser = 'elenchus'

/**
 * Safety stays as PostgreSQL ships it, and is named here so that nothing can turn it off in passing. The rest makes it
 * small (no replication, hence a smaller log) and keeps values out of its messages.
 */
const serverSettings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '32MB',
  max_wal_size: '512MB',
  io_method: 'sync',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  logging_collector: 'off',
  timezone: 'UTC',
} as const

const readyPattern = /database system is ready to accept connections/
const portTakenPattern = /could not bind|could not create any TCP\/IP sockets/

/** Thrown by `startPostmaster` when its port is another's. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError'
}

/** How a postmaster ends: `fast` cuts its connections and checkpoints, `immediate` leaves the log to be replayed. */
export type StopMode = 'fast' | 'immediate'

const stopSignals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const satisfies Record<StopMode, NodeJS.Signals>

/** A running server. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** Resolves when the process has ended, however it did. */
  readonly ended: Promise<void>
  /** What it wrote last. */
  readonly lastLines: readonly string[]
  /** Ends it and waits; each time `deadlineMs` passes, a harder way is taken. */
  stop(mode?: StopMode, deadlineMs?: number): Promise<void>
  signal(name: NodeJS.Signals): void
}

/** Makes a cluster in `dataFolder`, which must not exist yet; it appears there whole and on disk, or not at all. */
export async function initCluster({ dataFolder, programs, account }: ClusterOptions, password: string): Promise<void> {
  const home = dirname(dataFolder)
  const prefix = `${basename(dataFolder)}.new-`
  await removeUnfinished(home, prefix)
  // A name of its own each time: an initdb whose server was killed may still be writing under the last one.
  const temporary = await mkdtemp(join(home, prefix))
  const passwordFile = `${temporary}.password`
  try {
    await writeFile(passwordFile, password, { flag: 'wx', mode: 0o600 })
    if (account) await Promise.all([temporary, passwordFile].map((path) => chown(path, account.uid, account.gid)))
    const access = ['--auth=scram-sha-256', `--username=${clusterUser}`, `--pwfile=${passwordFile}`]
    // PostgreSQL's own C.UTF-8: text sorts the same on every machine, whatever locales it has.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    await runToEnd(spawnAs({ account, cwd: temporary }, programs.initdb, ['-D', temporary, ...access, ...locale]))
    await rename(temporary, dataFolder)
    await syncFolder(home)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(temporary, { recursive: true, force: true })
  }
}

async function removeUnfinished(home: string, prefix: string): Promise<void> {
  const names = (await readdir(home)).filter((name) => name.startsWith(prefix))
  for (const name of names) await rm(join(home, name), { recursive: true, force: true, maxRetries: 5 })
}

/** Gives the superuser another password, on a cluster that does not run. */
export function resetPassword({ dataFolder, programs, account }: ClusterOptions, password: string): Promise<void> {
  const child = spawnAs({ account, cwd: dataFolder }, programs.postgres, ['--single', '-D', dataFolder, 'postgres'])
  return runToEnd(child, `alter role ${clusterUser} password '${password.replaceAll("'", "''")}'\n`)
}

/** Puts the folder's entries on disk: a rename is not, until the folder that holds it is. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Starts the server and resolves when it takes connections; throws what it said when it ended instead. */
export async function startPostmaster(options: StartOptions): Promise<Postmaster> {
  const { dataFolder, programs, account, port, onLine } = options
  const settings = Object.entries({ ...serverSettings, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawnAs({ account, cwd: dataFolder }, programs.postgres, ['-D', dataFolder, ...settings])
  child.stdin?.destroy()
  const lastLines: string[] = []
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    readLines(child, (line) => {
      onLine?.(line)
      if (lastLines.push(line) > 10) lastLines.shift()
      if (readyPattern.test(line)) resolve()
    })
    void ended.then(() => {
      const said = lastLines.join('\n')
      reject(portTakenPattern.test(said) ? new PortTakenError(`port ${port} is taken`) : new Error(`PostgreSQL did not start: ${said}`))
    })
  })
  return makePostmaster(child, { port, ended, lastLines })
}

/** A port of the loopback address that was free a moment ago. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })
}

function makePostmaster(child: ChildProcess, facts: Pick<Postmaster, 'port' | 'ended' | 'lastLines'>): Postmaster {
  return {
    ...facts,
    // It has written a line, so it has a number.
    pid: child.pid ?? 0,
    signal: (name) => void child.kill(name),
    async stop(mode = 'fast', deadlineMs = 5_000) {
      // Each is safe for what is committed; only the next start takes longer.
      for (const signal of [stopSignals[mode], 'SIGQUIT', 'SIGKILL'] as const) {
        child.kill(signal)
        if (await endsWithin(facts.ended, deadlineMs)) return
      }
    },
  }
}

async function endsWithin(ended: Promise<void>, deadlineMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), deadlineMs)
  })
  const isEnded = await Promise.race([ended.then(() => true as const), late])
  clearTimeout(timer)
  return isEnded
}
