// `npm run reset-password -- <email>`: a one-time link for somebody nobody else can make one for, by whoever runs the server.

import { newResetLink } from './accounts/reset-link.ts'
import { Audit } from './audit/audit.ts'
import { runTool, type ToolContext } from './backup/tool.ts'
import { createMetrics } from './base/metrics.ts'
import { openDatabase } from './composition/foundation.ts'
import { createAuditStore } from './store/audit-store.ts'
import { createPasswordResetsStore } from './store/password-resets-store.ts'
import { findRunningPostgres } from './store/running-postgres.ts'

const closeTimeoutMs = 2_000

/** The link, and what it does. Throws a sentence when nobody has the email or no database is to be found. */
async function resetPassword(context: ToolContext): Promise<string> {
  const { argument: email, config, log } = context
  const database = openDatabase(await findDatabase(context), { config, log, metrics: createMetrics() })
  try {
    const { tokenHash, url, expiresAt } = newResetLink(config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`)
    const store = createPasswordResetsStore(database)
    const person = await store.createForEmail({ tokenHash, email: email.trim().toLowerCase(), expiresAt })
    if (!person) throw new Error(`Nobody has an account with ${email}.`)
    const audit = new Audit({ store: createAuditStore(database), log, config })
    await audit.record({ kind: 'account.reset_link_made', actorId: null, subjectId: person.userId })
    return `${url}\nIt works once, within an hour, and ends all sessions and API tokens of the account.`
  } finally {
    await database.close(closeTimeoutMs)
  }
}

/** A link is of no use without a server, so none is started for it. */
async function findDatabase({ config, log }: ToolContext): Promise<string> {
  if (config.DATABASE_URL !== undefined) return config.DATABASE_URL
  const running = await findRunningPostgres({ dataDir: config.DATA_DIR, log }).catch(() => undefined)
  if (running !== undefined) return running
  throw new Error(`There is no server running on ${config.DATA_DIR}: start it, or set DATA_DIR or DATABASE_URL as it has them.`)
}

process.exitCode = await runTool(
  'npm run reset-password -- <email>: makes a one-time link that sets the password of an account.',
  resetPassword,
)
