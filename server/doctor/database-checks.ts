// Whether PostgreSQL can be reached, is new enough, keeps what it says it has, and has the schema of this source.

import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import { inspectDatabase, type DatabaseFacts } from '../store/database-facts.ts'
import { readMigrations } from '../store/migrations.ts'
import { findRunningPostgres } from '../store/running-postgres.ts'
import { codeOf, doubtful, fine, placeOf, wrong, type Finding } from './finding.ts'

const migrationsFolder = join(import.meta.dirname, '../../sql')
const leastVersion = 15

export async function checkDatabase(config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>, log: Log): Promise<Finding[]> {
  try {
    const url = config.DATABASE_URL ?? (await runningEmbedded(config.DATA_DIR, log))
    if (url === undefined) return [fine('DATABASE_URL is not set: PostgreSQL is started with the server, and does not run now.')]
    return await checkAt(url)
  } catch (error) {
    // Sentences for people: of a folder that belongs to somebody else, or of another version.
    return [wrong(`The embedded database cannot be used: ${error instanceof Error ? error.message : 'unknown'}.`, 'Do as it says.')]
  }
}

async function runningEmbedded(dataDir: string, log: Log): Promise<string | undefined> {
  const isThere = await access(join(dataDir, 'postgres')).then(
    () => true,
    () =>
      access(join(dataDir, 'postgres-is-elsewhere')).then(
        () => true,
        () => false,
      ),
  )
  return isThere ? findRunningPostgres({ dataDir, log }) : undefined
}

async function checkAt(url: string): Promise<Finding[]> {
  let facts: DatabaseFacts
  try {
    facts = await inspectDatabase(url)
  } catch (error) {
    return [unreachable(url, codeOf(error))]
  }
  const reached = fine(`PostgreSQL ${facts.version} at ${placeOf(url)} answers.`)
  return [reached, ...checkVersion(facts), ...checkSafety(facts), await checkMigrations(facts)]
}

const unreachableByCode: Readonly<Record<string, readonly [sentence: string, remedy: string]>> = {
  ECONNREFUSED: ['nobody listens there', 'Start PostgreSQL, or set DATABASE_URL to where it is.'],
  ENOTFOUND: ['the name of the machine is unknown', 'Mend the name in DATABASE_URL.'],
  ERR_INVALID_URL: [
    'it is no address',
    'Write it as postgres://user:password@host:5432/database; special characters of the password as %XX.',
  ],
  '28P01': ['the password, or the user, is wrong', 'Mend it in DATABASE_URL; special characters of the password as %XX.'],
  '28000': ['the user may not connect', "Mend the user in DATABASE_URL, or PostgreSQL's pg_hba.conf."],
  '3D000': ['there is no such database', 'Make it with createdb, or mend its name in DATABASE_URL.'],
  '53300': ['it has no connection left', 'Raise max_connections of PostgreSQL, or lower DATABASE_POOL_SIZE.'],
  '42501': ['the user may not do what the server needs', 'Make the user the owner of the database.'],
}

function unreachable(url: string, code: string): Finding {
  const [why, remedy] = unreachableByCode[code] ?? [`there is no answer (${code})`, 'Is the address right, and the way to it open?']
  return wrong(`The database at ${placeOf(url)} cannot be used: ${why}.`, remedy)
}

export function checkVersion({ version }: Pick<DatabaseFacts, 'version'>): Finding[] {
  if (Number.parseInt(version) >= leastVersion) return []
  return [wrong(`PostgreSQL ${version} is too old.`, `Move the data to ${leastVersion} or newer.`)]
}

function checkSafety({ isFsyncOn, synchronousCommit, isFullPageWritesOn }: DatabaseFacts): Finding[] {
  const findings: Finding[] = []
  const remedy = 'Turn it on in postgresql.conf, or for the user with ALTER ROLE; with it off, an edit that was shown as saved may be lost.'
  if (!isFsyncOn) findings.push(wrong('PostgreSQL runs with fsync off: it does not wait for the disk.', remedy))
  if (!isFullPageWritesOn) findings.push(wrong('PostgreSQL runs with full_page_writes off: a power cut may damage its data.', remedy))
  if (synchronousCommit === 'off')
    findings.push(wrong('PostgreSQL runs with synchronous_commit off: it says "committed" before it is.', remedy))
  return findings
}

async function checkMigrations({ migrations }: Pick<DatabaseFacts, 'migrations'>): Promise<Finding> {
  const ours = await readMigrations(migrationsFolder)
  const checksums = new Map(ours.map(({ name, checksum }) => [name, checksum]))
  const foreign = migrations.find(({ name }) => !checksums.has(name))
  if (foreign)
    return wrong(`The database has the migration ${foreign.name}, which this source lacks.`, 'Run the newer source, or another database.')
  const edited = migrations.find(({ name, checksum }) => checksums.get(name) !== checksum)
  if (edited) return wrong(`${edited.name} was edited after it was applied.`, 'Restore the file, and write a new migration instead.')
  const missing = ours.length - migrations.length
  if (missing === 0) return fine('The schema is that of this source.')
  if (migrations.length === 0) return fine('The database is empty: the server sets it up when it starts.')
  return doubtful(`${missing} of ${ours.length} migrations are missing.`, 'Make a backup, and start the server: it applies them.')
}
