// Starts the run's private PostgreSQL before the first test that needs it and stops it after the last.

import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { createLog } from '../../server/base/log.ts'
import { migrate } from '../../server/store/migrations.ts'
import { databaseUrl, onServer, startPrivatePostgres, templateDatabase, type PrivatePostgres } from './private-postgres.ts'

interface Shared {
  postgres: Promise<PrivatePostgres>
  users: number
}

/** vitest loads this file anew for each project, in one process: what they share has to live outside of it. */
const key = Symbol.for('elenchus.private-postgres')
const holder = globalThis as { [key]?: Shared | undefined }

/** Gives every test file of the project the address, and vitest the way to end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (holder[key] ??= { postgres: startShared(), users: 0 })
  shared.users += 1
  const postgres = await shared.postgres
  project.provide('privatePostgresUrl', postgres.url)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    holder[key] = undefined
    await postgres.remove()
  }
}

async function startShared(): Promise<PrivatePostgres> {
  const postgres = await startPrivatePostgres()
  await onServer(postgres.url, `create database ${templateDatabase}`)
  const folder = fileURLToPath(new URL('../../sql', import.meta.url))
  await migrate({ url: databaseUrl(postgres.url, templateDatabase), folder, log: createLog('warn') })
  return postgres
}
