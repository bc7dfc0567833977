// The address of an embedded PostgreSQL that another process runs: for tools that read beside a server.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import type { Log } from '../base/log.ts'
import { defaultSharedHome } from './postgres-account.ts'
import { clusterUser } from './postgres-cluster.ts'
import { findHome, readPassword } from './postgres-home.ts'

export interface FindRunningOptions {
  /** The server's data folder, absolute; must exist. */
  dataDir: string
  log: Log
  sharedHome?: string
}

/** The line of PostgreSQL's own pid file that holds its port. */
const portLine = 3

/** Gives the address when one takes connections there, undefined when none does. */
export async function findRunningPostgres({
  dataDir,
  log,
  sharedHome = defaultSharedHome,
}: FindRunningOptions): Promise<string | undefined> {
  const home = await findHome({ dataDir, sharedHome, log })
  const pidFile = await readFile(join(home.dataFolder, 'postmaster.pid'), 'utf8').catch(() => '')
  const port = Number(pidFile.split('\n')[portLine])
  const password = await readPassword(home)
  if (!Number.isInteger(port) || port <= 0 || password === undefined) return undefined
  const url = `postgres://${clusterUser}:${password}@127.0.0.1:${port}/postgres`
  return (await answers(url)) ? url : undefined
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    // A stale file, or one whose port is somebody else's by now: nothing of ours runs there.
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
