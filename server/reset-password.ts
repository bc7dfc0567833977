// `npm run reset-password -- somebody@example.org`: a one-time link for somebody nobody else can make one for, by whoever runs the server.

import { newResetLink } from './accounts/reset-link.ts'
import { Audit } from './audit/audit.ts'
import { readEnvironment, type Config } from './base/config.ts'
import { createLog, type Log } from './base/log.ts'
import { createMetrics } from './base/metrics.ts'
import { openDatabase } from './composition/foundation.ts'
import { createAuditStore } from './store/audit-store.ts'
import { createPasswordResetsStore } from './store/password-resets-store.ts'
import { findRunningPostgres } from './store/running-postgres.ts'

const usage = 'Usage: npm run reset-password -- somebody@example.org'
const closeTimeoutMs = 2_000

async function main(): Promise<number> {
  const [email = ''] = process.argv.slice(2)
  if (!email.includes('@')) return fail(2, usage)
  const read = readEnvironment()
  if ('problems' in read) return fail(2, `These settings are wrong:\n${read.problems.join('\n')}`)
  const { config } = read
  const log = createLog('error')
  const url = config.DATABASE_URL ?? (await findRunningPostgres({ dataDir: config.DATA_DIR, log }).catch(() => undefined))
  if (url === undefined)
    return fail(1, `There is no server running on ${config.DATA_DIR}: start it, or set DATA_DIR or DATABASE_URL as it has them.`)
  const link = await makeLink(url, email.trim().toLowerCase(), { config, log })
  if (link === null) return fail(1, `Nobody has an account with ${email}.`)
  process.stdout.write(`${link}\nIt works once, within an hour, and ends all sessions and API tokens of the account.\n`)
  return 0
}

/** Null when nobody has the email. */
async function makeLink(databaseUrl: string, email: string, { config, log }: { config: Config; log: Log }): Promise<string | null> {
  const database = openDatabase(databaseUrl, { config, log, metrics: createMetrics() })
  try {
    const { tokenHash, url, expiresAt } = newResetLink(config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`)
    const person = await createPasswordResetsStore(database).createForEmail({ tokenHash, email, expiresAt })
    if (!person) return null
    const audit = new Audit({ store: createAuditStore(database), log, config })
    await audit.record({ kind: 'account.reset_link_made', actorId: null, subjectId: person.userId })
    return url
  } finally {
    await database.close(closeTimeoutMs)
  }
}

function fail(code: number, sentence: string): number {
  process.stderr.write(`${sentence}\n`)
  return code
}

try {
  process.exitCode = await main()
} catch (error) {
  process.exitCode = fail(1, error instanceof Error ? error.message : String(error))
}
