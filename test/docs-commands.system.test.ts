// The commands in the documentation, as somebody would type them, against a real server.

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { differenceFrom, readDocumentedSteps, runDocumentedSteps } from './rigs/documented-commands.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

let database: FreshDatabase
let server: ServerProcess
beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({ env: { DATABASE_URL: database.url } })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

function hasCurl(): boolean {
  try {
    return execFileSync('curl', ['--version']).length > 0
  } catch {
    return false
  }
}

describe.skipIf(!hasCurl())('docs/api.md', () => {
  it('[API6] can be followed command by command, and prints what it shows', async () => {
    const steps = await readDocumentedSteps(`${root}/docs/api.md`)
    expect(steps.length).toBeGreaterThan(10)
    const printed = await runDocumentedSteps(steps, { SERVER: server.url })
    const differences = steps.flatMap(({ shown }, index) => (shown ? (differenceFrom(shown, printed[index] ?? '') ?? []) : []))
    expect(differences).toEqual([])
  })
})
