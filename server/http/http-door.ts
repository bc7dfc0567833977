// The HTTP server's own life: listening, the address it is found at, and closing without cutting answers short.

import type { Server, ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from '../base/config.ts'
import type { Service } from '../base/service.ts'

/** Requests under way may take that long to end after the server stopped listening. */
const closeGraceMs = 2_000

/**
 * How the HTTP server treats clients that take their time: one that sends its request a byte at a time holds a connection, no more,
 * and not for long. Sockets are past all of it once they are upgraded.
 */
export function serverOptions(config: Pick<Config, 'REQUEST_HEADERS_TIMEOUT_MS' | 'REQUEST_TIMEOUT_MS'>): ServerOptions {
  const headersTimeout = Math.min(config.REQUEST_HEADERS_TIMEOUT_MS, config.REQUEST_TIMEOUT_MS)
  return {
    headersTimeout,
    requestTimeout: config.REQUEST_TIMEOUT_MS,
    // How often Node looks for those that are late.
    connectionsCheckingInterval: Math.min(headersTimeout, 5_000),
    // Longer than proxies keep theirs, so that none sends a request into a connection that is just being closed.
    keepAliveTimeout: 65_000,
  }
}

export class HttpDoor implements Service {
  readonly name = 'http-door'
  readonly #config: Pick<Config, 'HOST' | 'PORT' | 'PUBLIC_URL'>
  readonly #server: Server

  constructor(server: Server, config: Pick<Config, 'HOST' | 'PORT' | 'PUBLIC_URL'>) {
    this.#server = server
    this.#config = config
  }

  /** Where people find it. Throws before `start` has resolved, unless PUBLIC_URL says it. */
  get publicUrl(): string {
    if (this.#config.PUBLIC_URL) return this.#config.PUBLIC_URL
    const address = this.#server.address() as AddressInfo | null
    if (!address) throw new Error('the server does not listen yet')
    const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
    return `http://${['0.0.0.0', '[::]'].includes(host) ? 'localhost' : host}:${address.port}`
  }

  /** Resolves when it listens. Throws a sentence for a person when the port is taken. */
  async start(): Promise<void> {
    const { HOST, PORT } = this.#config
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        reject(
          error.code === 'EADDRINUSE'
            ? new Error(`Port ${PORT} of ${HOST} is taken by another program; set PORT to a free one.`, { cause: error })
            : error,
        )
      })
      this.#server.listen(PORT, HOST, resolve)
    })
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeIdleConnections()
    const timer = setTimeout(() => this.#server.closeAllConnections(), closeGraceMs)
    await closed
    clearTimeout(timer)
  }
}
