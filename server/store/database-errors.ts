// What a failed statement means: the store cannot be reached, or something its caller must know.

import { AppError } from '../../shared/errors.ts'

/** Failures of the connection itself, by the codes of postgres.js and of Node's sockets. */
const connectionCodes = new Set([
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // the folder of a Unix socket whose server is down
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])

/**
 * SQLSTATEs after which the connection is of no further use: 08 connection, 53300 too many connections, 57P0x shutdown,
 * crash and start-up, 25006 a primary that has become a standby.
 */
const lostStatePattern = /^(?:08...|53300|57P0[1-5]|25006)$/

/** SQLSTATEs of a store that cannot do its work now, on a connection that stays good: statement time-out, disk, memory, a deadlock or a conflict of transactions. */
const busyStatePattern = /^(?:57014|53100|53200|53400|40P01|40001)$/

/** The `code` of an error of postgres.js, of Node, or of PostgreSQL; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** Whether the connection that gave this error must not be used again. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error)
  return connectionCodes.has(code) || lostStatePattern.test(code)
}

/** What a caller of the store is given: `store_unavailable` when the database could not do it now, else the error unchanged. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof AppError) return error
  if (isConnectionLost(error) || busyStatePattern.test(codeOf(error))) return new AppError('store_unavailable', { cause: error })
  return error
}

/** A connection failure that this process itself decided on, with a code of postgres.js. */
export function connectionError(code: 'CONNECT_TIMEOUT' | 'CONNECTION_CLOSED', message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code })
}
