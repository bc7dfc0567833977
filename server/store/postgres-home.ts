// Where the embedded PostgreSQL keeps its data, whom it runs as there, and the password that opens it.

import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Log } from '../base/log.ts'
import { canSearchAbove, chooseAccount, makeOpenFolder, type Account } from './postgres-account.ts'
import { syncFolder } from './postgres-cluster.ts'

/** A folder of the embedded PostgreSQL: `data` is PostgreSQL's own, `password` is beside it. */
export interface PostgresHome {
  folder: string
  dataFolder: string
  account: Account | null
}

export interface FindHomeOptions {
  /** The server's data folder, absolute; must exist. */
  dataDir: string
  /** Where the home is when it cannot be in `dataDir`. */
  sharedHome: string
  log: Log
}

/** The major version whose data the embedded programs read. */
const majorVersion = '18'

/** In DATA_DIR when the data could not be kept there: a file that says where it is. */
const noteName = 'postgres-is-elsewhere'

/**
 * Finds or makes the home for `dataDir`. It is `dataDir/postgres`; where we are root and PostgreSQL's
 * user may not pass through a folder above that (root's home, for one), it is a folder under `sharedHome`, and a
 * note in `dataDir` says so from then on. No mode of a folder that was there before is changed. Throws a sentence when
 * the data exists and cannot be used.
 */
export async function findHome({ dataDir, sharedHome, log }: FindHomeOptions): Promise<PostgresHome> {
  const note = (await readIfThere(join(dataDir, noteName))).trim()
  const inside = join(dataDir, 'postgres')
  const folder = note === '' ? inside : note
  if (note !== '' && !(await isThere(folder))) {
    throw new Error(
      `the database of ${dataDir} was kept in ${folder}, which is gone: bring it back, or delete ${join(dataDir, noteName)} to begin with an empty one`,
    )
  }
  await checkOwner(folder)
  const account = await chooseAccount(join(folder, 'data'))
  const isOpen = await canSearchAbove(account, folder)
  const hasData = await isThere(join(folder, 'data'))
  if (!isOpen && hasData) {
    throw new Error(
      `the database in ${folder} belongs to ${account?.name}, to whom a folder above it is closed now: open it (chmod o+x), or run this server as ${account?.name}`,
    )
  }
  const home = isOpen ? await makeInside(folder, account) : await makeElsewhere({ dataDir, sharedHome, log }, account)
  const found = { folder: home, dataFolder: join(home, 'data'), account }
  if (hasData) await checkData(found)
  return found
}

/** Reads the password, or gives undefined when it was lost. */
export async function readPassword(home: PostgresHome): Promise<string | undefined> {
  const password = (await readIfThere(join(home.folder, 'password'))).trim()
  return password === '' ? undefined : password
}

/** Makes a password and keeps it where only we (and root) can read it. */
export async function writePassword(home: PostgresHome): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  const path = join(home.folder, 'password')
  await writeFile(path, password, { mode: 0o600 })
  // The mode above counts only for a new file.
  await chmod(path, 0o600)
  return password
}

async function makeInside(folder: string, account: Account | null): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (account) await chown(folder, account.uid, account.gid)
  await syncFolder(dirname(folder))
  return folder
}

async function makeElsewhere({ dataDir, sharedHome, log }: FindHomeOptions, account: Account | null): Promise<string> {
  await makeOpenFolder(sharedHome, 0o755)
  // Random, not derived from the path: a DATA_DIR that was deleted and made again begins empty, as anywhere.
  const folder = await mkdtemp(join(sharedHome, `${basename(dirname(dataDir))}-`))
  if (account) await chown(folder, account.uid, account.gid)
  await writeFile(join(dataDir, noteName), `${folder}\n`)
  await Promise.all([dataDir, sharedHome].map(syncFolder))
  log.warn({ dataDir, folder, user: account?.name }, 'postgres.data_is_elsewhere')
  return folder
}

/** Root may use anybody's; PostgreSQL then runs as that user. */
async function checkOwner(folder: string): Promise<void> {
  const us = process.getuid?.() ?? 0
  if (us === 0 || !(await isThere(folder))) return
  const { uid } = await stat(folder)
  if (uid !== us) {
    throw new Error(
      `the database in ${folder} belongs to another user of this machine: run this server as that user or as root, or give it another DATA_DIR`,
    )
  }
}

async function checkData({ dataFolder }: PostgresHome): Promise<void> {
  const version = (await readIfThere(join(dataFolder, 'PG_VERSION'))).trim()
  if (version !== majorVersion) {
    throw new Error(
      `${dataFolder} is of PostgreSQL ${version || '(unknown)'}, and this server brings ${majorVersion}: move the data over with pg_dump, or give another DATA_DIR`,
    )
  }
}

/** Empty when there is no such file. */
async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}
