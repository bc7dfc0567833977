// A connection that does nothing but LISTEN: it comes back by itself, and says so, since what was notified in between is not told again.

import { Client } from 'pg'
import { backoffMs } from '../../shared/backoff.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'

export interface NotificationsOptions {
  url: string
  /** Lower case, as PostgreSQL folds it. */
  channel: string
  log: Log
}

export interface NotificationHandlers {
  /** Called with each payload. Must not throw. */
  onMessage(payload: string): void
  /** Called whenever it listens again, the first time too: what came before must be read. Must not throw. */
  onListening(): void
}

const connectWithinMs = 3_000
/** A half-open connection is deaf and does not know it: it is asked this often, and given up when it says nothing for as long. */
const probeEveryMs = 2_000
const retry = { firstMs: 50, maxMs: 1_000, random: Math.random }

/** Listens until it is stopped. */
export class Notifications implements Service {
  readonly name = 'notifications'
  readonly #options: NotificationsOptions
  #handlers: NotificationHandlers | undefined
  #client: Client | undefined
  #probe: ReturnType<typeof setInterval> | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #isStopped = false

  constructor(options: NotificationsOptions) {
    this.#options = options
  }

  /** Begins; resolves when it listens for the first time, or could not at once and goes on trying. */
  async listen(handlers: NotificationHandlers): Promise<void> {
    this.#handlers = handlers
    await this.#connect()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#retryTimer)
    const client = this.#client
    this.#forget()
    await client?.end()
  }

  async #connect(): Promise<void> {
    const { url, channel, log } = this.#options
    const client = new Client({ connectionString: url, connectionTimeoutMillis: connectWithinMs, keepAlive: true })
    this.#client = client
    // Both come for one loss; the second finds it dealt with.
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client))
    client.on('notification', ({ payload = '' }) => this.#handlers?.onMessage(payload))
    try {
      await client.connect()
      await client.query(`listen ${client.escapeIdentifier(channel)}`)
    } catch (error) {
      this.#lost(client, error)
      return
    }
    if (this.#client !== client) return
    this.#attempt = 0
    this.#probe = setInterval(() => void this.#ask(client), probeEveryMs)
    log.debug({ channel }, 'notifications.listening')
    this.#handlers?.onListening()
  }

  async #ask(client: Client): Promise<void> {
    const deadline = setTimeout(() => this.#lost(client, new Error('it does not answer')), probeEveryMs)
    try {
      await client.query('select 1')
    } catch (error) {
      this.#lost(client, error)
    } finally {
      clearTimeout(deadline)
    }
  }

  #lost(client: Client, error?: unknown): void {
    if (this.#client !== client) return
    this.#forget()
    if (this.#isStopped) return
    this.#options.log.warn({ err: error, channel: this.#options.channel }, 'notifications.lost')
    // What is left of it is ended without waiting: a half-open one never answers.
    client.end().catch((reason: unknown) => this.#options.log.debug({ err: reason }, 'notifications.end_failed'))
    this.#attempt++
    this.#retryTimer = setTimeout(() => void this.#connect(), backoffMs(this.#attempt, retry))
  }

  #forget(): void {
    clearInterval(this.#probe)
    this.#probe = undefined
    this.#client = undefined
  }
}
