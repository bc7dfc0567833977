// The product's only way to PostgreSQL: a bounded queue in front of a few connections, each statement named and measured.

import type { ISql, PendingQuery } from 'postgres'
import { AppError } from '../../shared/errors.ts'
import type { Log } from '../base/log.ts'
import { observeMs, type Metrics } from '../base/metrics.ts'
import { DatabaseConnection } from './database-connection.ts'
import { toStoreError } from './database-errors.ts'

/** The tagged template for statements and fragments; without `begin` and `reserve`, since a backend that dies inside either ends the process. */
export type Sql = ISql

export interface DatabaseOptions {
  url: string
  /** Connections at most. */
  poolSize: number
  /** Statements that may wait for a connection before more are refused. */
  queueMax: number
  /** PostgreSQL ends a statement that takes longer; also the longest wait for a connection. */
  statementTimeoutMs: number
  /** A statement that takes longer is logged by its name. */
  slowStatementMs: number
  /** Time to make a connection. */
  connectTimeoutMs?: number
  log: Log
  metrics: Metrics
}

/** Columns of type `bigint` come as strings (they may exceed what a number holds), timestamps as Date, `bytea` as Buffer, `jsonb` parsed. */
export interface Database {
  /**
   * Runs one statement, measured and logged under `name` (of a closed list, like 'documents.append'), and gives its rows.
   * Fails with `store_unavailable` when the database cannot do it now (a write may have been committed all the same, when
   * only its answer was lost), with `overloaded` when too much waits, else with the error of PostgreSQL unchanged.
   */
  query<Row extends object>(name: string, statement: (sql: Sql) => PendingQuery<Row[]>): Promise<Row[]>
  /** Whether a trivial statement succeeds within `timeoutMs`. */
  ping(timeoutMs: number): Promise<boolean>
  /** Refuses new statements, lets those under way end for at most `deadlineMs`, then cuts the connections. */
  close(deadlineMs?: number): Promise<void>
}

/** Makes the database; connections are opened when they are first needed. */
export function createDatabase(options: DatabaseOptions): Database {
  return new PooledDatabase(options)
}

/** A connection is replaced after this time, so that its prepared statements and its memory at the server do not grow for ever. */
const connectionLifeMs = 30 * 60_000

interface Waiter {
  resolve: (connection: DatabaseConnection) => void
  reject: (error: unknown) => void
}

class PooledDatabase implements Database {
  readonly #options: DatabaseOptions
  readonly #connections = new Set<DatabaseConnection>()
  readonly #idle: DatabaseConnection[] = []
  readonly #waiters = new Set<Waiter>()
  #underWay = 0
  #ping: Promise<boolean> | undefined
  #closing: Promise<void> | undefined
  #onDrained: (() => void) | undefined

  constructor(options: DatabaseOptions) {
    this.#options = options
  }

  async query<Row extends object>(name: string, statement: (sql: Sql) => PendingQuery<Row[]>): Promise<Row[]> {
    const { poolSize, queueMax } = this.#options
    if (this.#closing) throw new AppError('store_unavailable', { cause: new Error('the database is closed') })
    if (this.#underWay >= poolSize + queueMax) throw new AppError('overloaded')
    const startedAt = performance.now()
    this.#underWay += 1
    try {
      return await this.#run(statement)
    } catch (error) {
      throw toStoreError(error)
    } finally {
      this.#underWay -= 1
      if (this.#underWay === 0) this.#onDrained?.()
      this.#observe(name, performance.now() - startedAt)
    }
  }

  ping(timeoutMs: number): Promise<boolean> {
    // One at a time however often it is asked, so that probes of a dead database do not pile up in the queue.
    this.#ping ??= this.query('database.ping', (sql) => sql<{ one: number }[]>`select 1 as one`)
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        this.#ping = undefined
      })
    const ping = this.#ping
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs)
      void ping.then((isAlive) => {
        clearTimeout(timer)
        resolve(isAlive)
      })
    })
  }

  close(deadlineMs = 5_000): Promise<void> {
    this.#closing ??= this.#close(deadlineMs)
    return this.#closing
  }

  async #close(deadlineMs: number): Promise<void> {
    if (this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadlineMs)
        this.#onDrained = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    const closed = new AppError('store_unavailable', { cause: new Error('the database was closed') })
    for (const waiter of this.#waiters) waiter.reject(closed)
    const idle = new Set(this.#idle)
    // A set may lose members while it is walked, which is what happens here.
    for (const connection of this.#connections) {
      if (idle.has(connection)) connection.close()
      else connection.destroy()
    }
  }

  async #run<Row extends object>(statement: (sql: Sql) => PendingQuery<Row[]>): Promise<Row[]> {
    const connection = await this.#acquire()
    try {
      return await connection.run(statement)
    } finally {
      this.#release(connection)
    }
  }

  #acquire(): DatabaseConnection | Promise<DatabaseConnection> {
    // The one used last: its caches are warm, and the others may rest.
    return this.#idle.pop() ?? (this.#connections.size < this.#options.poolSize ? this.#open() : this.#wait())
  }

  #wait(): Promise<DatabaseConnection> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer)
        this.#waiters.delete(waiter)
      }
      const waiter: Waiter = {
        resolve: (connection) => {
          settle()
          resolve(connection)
        },
        reject: (error) => {
          settle()
          reject(error)
        },
      }
      const timeoutMs = this.#options.statementTimeoutMs
      const timer = setTimeout(() => {
        waiter.reject(new AppError('store_unavailable', { cause: new Error(`no connection became free within ${timeoutMs} ms`) }))
      }, timeoutMs)
      this.#waiters.add(waiter)
    })
  }

  #open(): DatabaseConnection {
    const { url, statementTimeoutMs, connectTimeoutMs = 5_000 } = this.#options
    const connection = new DatabaseConnection({ url, statementTimeoutMs, connectTimeoutMs, onLost: () => this.#forget(connection) })
    this.#connections.add(connection)
    return connection
  }

  #release(connection: DatabaseConnection): void {
    if (connection.isLost) return
    if (performance.now() - connection.openedAt > connectionLifeMs) {
      connection.close()
      return
    }
    const waiter = this.#nextWaiter()
    if (waiter) waiter.resolve(connection)
    else this.#idle.push(connection)
  }

  /** Called when a connection is gone: its place is taken by a new one if anybody waits. */
  #forget(connection: DatabaseConnection): void {
    this.#connections.delete(connection)
    const index = this.#idle.indexOf(connection)
    if (index >= 0) this.#idle.splice(index, 1)
    const waiter = this.#nextWaiter()
    if (waiter) waiter.resolve(this.#open())
  }

  #nextWaiter(): Waiter | undefined {
    return this.#waiters.values().next().value
  }

  #observe(name: string, durationMs: number): void {
    observeMs(this.#options.metrics.databaseQuerySeconds, durationMs, { query_type: name })
    if (durationMs > this.#options.slowStatementMs) {
      this.#options.log.warn({ statement: name, durationMs: Math.round(durationMs) }, 'database.slow_statement')
    }
  }
}
