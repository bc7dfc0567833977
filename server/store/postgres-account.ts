// Whom the embedded PostgreSQL runs as: ourselves, or another user where we are root, which PostgreSQL refuses to be.

import { chmod, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Where root keeps what PostgreSQL's user must reach and cannot reach in the project's own folder. */
export const defaultSharedHome = '/var/lib/elenchus'

/** A user of this machine that is not us; null in its place means "as ourselves". */
export interface Account {
  uid: number
  gid: number
  name: string
}

const isRoot = () => process.getuid?.() === 0

/** Chooses the user: null unless we are root; then whoever owns `dataFolder` if it is there, else `postgres`, else `nobody`. */
export async function chooseAccount(dataFolder?: string): Promise<Account | null> {
  if (!isRoot()) return null
  const accounts = await readAccounts()
  const owner = dataFolder ? await stat(dataFolder).catch(() => undefined) : undefined
  // PostgreSQL runs as the owner of its folder or not at all: one that a person's own server made stays that person's.
  if (owner && owner.uid !== 0)
    return { uid: owner.uid, gid: owner.gid, name: accounts.find(({ uid }) => uid === owner.uid)?.name ?? `uid ${owner.uid}` }
  const account = accounts.find(({ name }) => name === 'postgres') ?? accounts.find(({ name }) => name === 'nobody')
  return account ?? { uid: 65_534, gid: 65_534, name: 'uid 65534' }
}

async function readAccounts(): Promise<Account[]> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name && uid && gid && uid !== '0' ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}

/**
 * Whether `account` may read and search `path` and search every folder above it, by the mode bits.
 * Its supplementary groups do not count: they are dropped when a process is started under its uid.
 */
export async function canReach(account: Account | null, path: string): Promise<boolean> {
  if (!account) return true
  if (!(await hasBits(account, path, 0o5))) return false
  return canSearchAbove(account, path)
}

/** Whether `account` may search every folder above `path`; `path` itself need not exist. */
export async function canSearchAbove(account: Account | null, path: string): Promise<boolean> {
  if (!account) return true
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (!(await hasBits(account, folder, 0o1))) return false
    if (folder === dirname(folder)) return true
  }
}

async function hasBits(account: Account, path: string, bits: number): Promise<boolean> {
  // A folder that is not there yet will be made by us, open to be searched.
  const found = await stat(path).catch(() => undefined)
  if (!found) return true
  const shift = found.uid === account.uid ? 6 : found.gid === account.gid ? 3 : 0
  return ((found.mode >> shift) & bits) === bits
}

/**
 * Makes the folder, and those above it that are not there, with `mode` whatever our umask says, so that the account can
 * pass through. A folder that was there keeps its mode.
 */
export async function makeOpenFolder(path: string, mode: number): Promise<void> {
  const topmost = await mkdir(path, { recursive: true })
  if (topmost === undefined) return
  for (let folder = path; ; folder = dirname(folder)) {
    await chmod(folder, mode)
    if (folder === topmost || folder === dirname(folder)) return
  }
}
