// Starts the run's private PostgreSQL before the first test that needs it and stops it after the last.

import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { createLog } from '../../server/base/log.ts'
import { migrate } from '../../server/store/migrations.ts'
import { databaseUrl, onServer, startPrivatePostgres, templateDatabase } from './private-postgres.ts'

/** Called by vitest once for each project that has it; the server is shared by all of them. */
let shared: ReturnType<typeof startShared> | undefined
let users = 0

/** Gives every test file of the project the address, and vitest the way to end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared ??= startShared()
  users += 1
  const postgres = await shared
  project.provide('privatePostgresUrl', postgres.url)
  return async () => {
    users -= 1
    if (users > 0) return
    shared = undefined
    await postgres.remove()
  }
}

async function startShared() {
  const postgres = await startPrivatePostgres()
  await onServer(postgres.url, `create database ${templateDatabase}`)
  const folder = fileURLToPath(new URL('../../sql', import.meta.url))
  await migrate({ url: databaseUrl(postgres.url, templateDatabase), folder, log: createLog('warn') })
  return postgres
}
