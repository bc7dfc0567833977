// A process that does nothing but run the embedded PostgreSQL of a folder, to be started, killed and started again by tests.

import { Client } from 'pg'
import { createLog } from '../../server/base/log.ts'
import { EmbeddedPostgres } from '../../server/store/embedded-postgres.ts'

const [dataDir = '', sharedHome = '', umask] = process.argv.slice(2)
if (umask !== undefined) process.umask(Number(umask))
const postgres = new EmbeddedPostgres({ dataDir, sharedHome, log: createLog('silent') })

/** What tests read, a line of JSON each. */
const tell = (facts: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(facts)}\n`)

/** Whether a last statement is still served when the server begins to stop. */
async function isServing(): Promise<boolean> {
  const client = new Client({ connectionString: postgres.url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function stop(): Promise<void> {
  const wasServing = await isServing()
  await postgres.stop()
  tell({ stopped: true, wasServing })
}

try {
  await postgres.start()
  // Keeps the process alive: the embedded PostgreSQL itself does not.
  const alive = setInterval(() => undefined, 60_000)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clearInterval(alive)
      void stop()
    })
  }
  // Last: whoever reads it may send a signal at once.
  tell({ url: postgres.url, pid: postgres.pid })
} catch (error) {
  tell({ failed: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
}
