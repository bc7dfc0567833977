// The small PostgreSQL pool that better-auth works on, and how its failures are told apart.

import pg from 'pg'
import { AppError } from '../../shared/errors.ts'
import type { Log } from '../base/log.ts'
import { codeOf, toStoreError } from '../store/database-errors.ts'

export interface AuthPoolOptions {
  url: string
  statementTimeoutMs: number
  log: Log
}

/** Connections; sign-ups may hold all but one of them, since each keeps its transaction open while the password is hashed. */
export const authPoolSize = 4

/** Opens the pool lazily: nothing is connected before the first statement. */
export function createAuthPool({ url, statementTimeoutMs, log }: AuthPoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: authPoolSize,
    // Also how long a statement may wait for a connection of the pool.
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    // Ends the wait for a server that is gone without a word; a little later, so that the server's own answer comes first.
    query_timeout: statementTimeoutMs + 1_000,
    application_name: 'elenchus-auth',
    keepAlive: true,
  })
  const onLost = (error: Error) => log.warn({ code: codeOf(error) }, 'auth.connection_lost')
  pool.on('error', onLost)
  // The pool listens only on idle clients: a backend that dies while its client is lent out would end the process.
  pool.on('connect', (client) => client.on('error', onLost))
  return pool
}

/** Names a failure of better-auth: what the database did becomes store_unavailable, everything else stays as it is. */
export function toAuthFailure(thrown: unknown): unknown {
  return saysLost(thrown) ? new AppError('store_unavailable', { cause: thrown }) : toStoreError(thrown)
}

// pg gives these without a code.
const sentences =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/i

function saysLost(thrown: unknown): boolean {
  return thrown instanceof Error && sentences.test(thrown.message)
}
