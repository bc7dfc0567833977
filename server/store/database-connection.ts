// One connection to PostgreSQL that is thrown away, never repaired, after any failure of its own.

import { connect, type Socket } from 'node:net'
import postgres from 'postgres'
import { connectionError, isConnectionLost } from './database-errors.ts'
import { arrayOidByElement, sqlTypes } from './sql-types.ts'

export interface ConnectionOptions {
  url: string
  statementTimeoutMs: number
  connectTimeoutMs: number
  /** Called once, when the connection is of no further use, whoever ended it. */
  onLost: () => void
}

/** Time past the server's own statement time-out after which a silent server is taken for gone, in ms. */
const silenceGraceMs = 1_000

/**
 * A client of postgres.js with one connection. After a failure of the connection the client keeps bytes and timers of the
 * dead one (a write that was pending is put before the next start-up message, which then never leaves), so it is
 * replaced as a whole.
 */
export class DatabaseConnection {
  readonly openedAt = performance.now()
  readonly #options: ConnectionOptions
  readonly #sql: postgres.Sql
  #socket: Socket | undefined
  #isLost = false

  constructor(options: ConnectionOptions) {
    this.#options = options
    const clientOptions = {
      max: 1,
      // The query that fetches them is not awaited by the client: a backend that dies during it would be an unhandled rejection.
      fetch_types: false,
      types: sqlTypes,
      // Time-outs, life time and reconnecting are decided here and in the pool, not by the client's own timers.
      connect_timeout: 0,
      idle_timeout: 0,
      max_lifetime: 0,
      backoff: false,
      socket: (target: SocketTarget) => this.#openSocket(target),
      onclose: () => this.destroy(),
      onnotice: () => undefined,
      connection: { application_name: 'elenchus', statement_timeout: options.statementTimeoutMs },
    }
    // `socket` is given the parsed options, which the published types leave out.
    this.#sql = postgres(options.url, clientOptions as unknown as postgres.Options<Record<string, never>>)
    const shared = (this.#sql.options as unknown as { shared: { typeArrayMap: Record<number, number> } }).shared
    Object.assign(shared.typeArrayMap, arrayOidByElement)
  }

  get isLost(): boolean {
    return this.#isLost
  }

  /** Runs one statement; ends, if only by taking the server for gone, within the connect and the statement time-outs together. */
  async run<Row extends object>(statement: (sql: postgres.ISql) => postgres.PendingQuery<Row[]>): Promise<Row[]> {
    const { connectTimeoutMs, statementTimeoutMs } = this.#options
    let timer: ReturnType<typeof setTimeout> | undefined
    const silence = new Promise<never>((_resolve, reject) => {
      const deadlineMs = (this.#socket ? 0 : connectTimeoutMs) + statementTimeoutMs + silenceGraceMs
      timer = setTimeout(() => reject(connectionError('CONNECT_TIMEOUT', `no answer within ${deadlineMs} ms`)), deadlineMs)
    })
    try {
      return await Promise.race([statement(this.#sql), silence])
    } catch (error) {
      if (isConnectionLost(error)) this.destroy()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** Says goodbye to the server and closes; for a connection that runs nothing. */
  close(): void {
    this.#end()
    // The client has written its goodbye; the socket is flushed and closed, or destroyed when the server does not answer.
    const socket = this.#socket
    socket?.setTimeout(1_000, () => socket.destroy())
  }

  /** Cuts the connection at once; what runs on it is rejected. */
  destroy(): void {
    this.#end()
    this.#socket?.destroy()
  }

  #end(): void {
    if (this.#isLost) return
    this.#isLost = true
    // Rejects what runs; its own promise may hang after a failed query and holds nothing that is needed.
    this.#sql.end({ timeout: 0 }).catch(() => undefined)
    this.#options.onLost()
  }

  async #openSocket({ host, port, path }: SocketTarget): Promise<Socket> {
    // The client would connect anew behind the pool's back; one client is one connection.
    if (this.#isLost || this.#socket) throw connectionError('CONNECTION_CLOSED', 'the connection was closed')
    const socket = path ? connect(path) : connect(Number(port[0]), host[0])
    this.#socket = socket
    // The client reads the name for the certificate from here.
    Object.assign(socket, { host: host[0], port: port[0] })
    try {
      await connected(socket, this.#options.connectTimeoutMs)
    } catch (error) {
      // Whatever the reason: the client would wait for ever on a connection that was never made.
      throw connectionError('CONNECTION_CLOSED', error instanceof Error ? error.message : 'no connection', error)
    }
    return socket
  }
}

/** The part of the client's parsed options that says where the server is. */
interface SocketTarget {
  host: string[]
  port: number[]
  path: string | false
}

function connected(socket: Socket, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(connectionError('CONNECT_TIMEOUT', `no connection within ${timeoutMs} ms`)), timeoutMs)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.off('error', reject)
      socket.off('close', closed)
      resolve()
    })
    const closed = () => {
      clearTimeout(timer)
      reject(connectionError('CONNECTION_CLOSED', 'the connection was closed before it was made'))
    }
    socket.once('error', reject)
    socket.once('close', closed)
  })
}
