// The bus over Redis: one connection that publishes, one that listens, both of which come back by themselves.

import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Bus, BusListener, BusSubscription } from '../base/bus.ts'
import type { Log } from '../base/log.ts'
import type { Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'

export interface RedisBusOptions {
  url: string
  log: Log
  metrics: Metrics
  /** How often the node asks whether it hears itself, in ms. */
  probeEveryMs?: number
}

interface Channel {
  listeners: Set<BusListener>
  ready: Promise<void>
}

/** Other programs may use the same Redis. */
const prefix = 'elenchus:'
const nodeIdBytes = 8
/** Bytes under way to Redis past which a message is dropped: a Redis that hangs must not fill this process. */
const maxUnderWayBytes = 32 * 1024 * 1024
/** Of hints that wait to be sent; past it the next one of its channel must do. */
const maxUnsentBytes = 8 * 1024 * 1024
const probeEveryUsuallyMs = 1_000
/** A connection may be half open: it takes what is sent and brings nothing. What one says to oneself and does not hear tells. */
const deafAfterProbes = 3
const firstRetryMs = 50
const maxRetryMs = 1_000

/** INVARIANTS: nothing here throws into its caller or rejects unheard; what cannot be sent at once is dropped, and listeners of gaps are told when it can be again. */
export class RedisBus implements Bus, Service {
  readonly name = 'redis-bus'
  readonly #options: RedisBusOptions
  readonly #id = randomBytes(nodeIdBytes)
  readonly #publisher: Redis
  readonly #subscriber: Redis
  readonly #channels = new Map<string, Channel>()
  readonly #gapListeners = new Set<() => void>()
  readonly #unsentHints = new Map<string, Uint8Array>()
  #unsentBytes = 0
  #underWayBytes = 0
  #hasGap = false
  #unheardProbes = 0
  #probeTimer: ReturnType<typeof setInterval> | undefined
  #isStopped = false
  /** Resolves when Redis has all subscriptions again; one for all who wait while it is away. */
  #subscribed = Promise.withResolvers<void>()

  constructor(options: RedisBusOptions) {
    this.#options = options
    const settings = {
      lazyConnect: true,
      // A queue of ioredis's own has no bound, and what waited in it is of no use any more.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 3_000,
      retryStrategy: (times: number) => Math.min(maxRetryMs, firstRetryMs * 2 ** Math.min(times, 5)) * (0.5 + Math.random() / 2),
    }
    this.#publisher = new Redis(options.url, { ...settings, connectionName: 'elenchus-publisher' })
    this.#subscriber = new Redis(options.url, { ...settings, connectionName: 'elenchus-subscriber', autoResubscribe: false })
    for (const client of [this.#publisher, this.#subscriber]) {
      client.on('error', (error: unknown) => options.log.debug({ err: error }, 'redis_bus.connection_failed'))
      client.on('close', () => this.#markGap())
    }
    this.#publisher.on('ready', () => this.#onReady())
    this.#subscriber.on('ready', () => void this.#resubscribe())
    this.#subscriber.on('messageBuffer', (channel: Buffer, message: Buffer) => this.#receive(channel.toString(), message))
  }

  get isConnected(): boolean {
    return this.#publisher.status === 'ready' && this.#subscriber.status === 'ready'
  }

  /** Begins to connect; a Redis that is away is waited for beside everything else. */
  start(): void {
    for (const client of [this.#publisher, this.#subscriber])
      client.connect().catch((error: unknown) => this.#options.log.warn({ err: error }, 'redis_bus.away'))
    this.#probeTimer = setInterval(() => this.#probe(), this.#options.probeEveryMs ?? probeEveryUsuallyMs)
  }

  stop(): void {
    this.#isStopped = true
    clearInterval(this.#probeTimer)
    this.#publisher.disconnect()
    this.#subscriber.disconnect()
  }

  publish(channel: string, bytes: Uint8Array): void {
    this.#send(channel, bytes, () => undefined)
  }

  hint(channel: string, bytes: Uint8Array): void {
    this.#forgetHint(channel)
    this.#send(channel, bytes, () => this.#keepHint(channel, bytes))
  }

  subscribe(channel: string, listener: BusListener): BusSubscription {
    const known = this.#channels.get(channel)
    const entry = known ?? { listeners: new Set<BusListener>(), ready: this.#ask(channel) }
    this.#channels.set(channel, entry)
    entry.listeners.add(listener)
    return {
      ready: entry.ready,
      unsubscribe: () => {
        entry.listeners.delete(listener)
        if (entry.listeners.size > 0 || this.#channels.get(channel) !== entry) return
        this.#channels.delete(channel)
        this.#quietly(this.#subscriber.unsubscribe(prefix + channel))
      },
    }
  }

  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener)
    return () => this.#gapListeners.delete(listener)
  }

  #send(channel: string, bytes: Uint8Array, onLost: () => void): void {
    if (this.#publisher.status !== 'ready' || this.#underWayBytes + bytes.byteLength > maxUnderWayBytes) {
      onLost()
      this.#dropped()
      return
    }
    const message = Buffer.concat([this.#id, bytes])
    this.#underWayBytes += message.byteLength
    this.#publisher.publish(prefix + channel, message).then(
      () => this.#sent(message.byteLength),
      () => {
        onLost()
        this.#sent(message.byteLength)
        this.#dropped()
      },
    )
  }

  #keepHint(channel: string, bytes: Uint8Array): void {
    this.#forgetHint(channel)
    if (this.#unsentBytes + bytes.byteLength > maxUnsentBytes) return
    this.#unsentBytes += bytes.byteLength
    this.#unsentHints.set(channel, bytes)
  }

  #forgetHint(channel: string): void {
    this.#unsentBytes -= this.#unsentHints.get(channel)?.byteLength ?? 0
    this.#unsentHints.delete(channel)
  }

  #dropped(): void {
    this.#options.metrics.busDropped.inc()
    this.#markGap()
  }

  #receive(channel: string, message: Buffer): void {
    const name = channel.slice(prefix.length)
    const isOwn = message.subarray(0, nodeIdBytes).equals(this.#id)
    if (name === this.#ownChannel) {
      if (isOwn) this.#unheardProbes = 0
      return
    }
    if (isOwn) return
    const bytes = Uint8Array.prototype.slice.call(message, nodeIdBytes)
    for (const listener of [...(this.#channels.get(name)?.listeners ?? [])]) listener(bytes)
  }

  get #ownChannel(): string {
    return `node:${this.#id.toString('hex')}`
  }

  /** Resolves when Redis has taken the subscription; while it is away, when it is back. */
  async #ask(channel: string): Promise<void> {
    if (this.#subscriber.status !== 'ready') {
      await this.#subscribed.promise
      return
    }
    await this.#subscriber.subscribe(prefix + channel).catch(() => this.#markGap())
  }

  async #resubscribe(): Promise<void> {
    try {
      await this.#subscriber.subscribe(...[this.#ownChannel, ...this.#channels.keys()].map((channel) => prefix + channel))
      this.#unheardProbes = 0
      this.#subscribed.resolve()
      this.#subscribed = Promise.withResolvers<void>()
      this.#onReady()
    } catch (error) {
      this.#options.log.debug({ err: error }, 'redis_bus.subscribe_failed')
      if (!this.#isStopped) this.#subscriber.disconnect(true)
    }
  }

  /** Both are back: what was lost meanwhile is found by comparing. */
  #onReady(): void {
    if (!this.isConnected) return
    this.#options.metrics.redisUp.set(1)
    if (!this.#hasGap) return
    this.#hasGap = false
    for (const [channel, bytes] of [...this.#unsentHints]) this.hint(channel, bytes)
    for (const listener of this.#gapListeners) listener()
  }

  #markGap(): void {
    this.#hasGap = true
    if (!this.isConnected) this.#options.metrics.redisUp.set(0)
  }

  #sent(bytes: number): void {
    this.#underWayBytes -= bytes
    // Messages were dropped while the line was up: there is room again.
    if (this.#underWayBytes === 0 && this.#hasGap) this.#onReady()
  }

  #probe(): void {
    if (!this.isConnected) return
    if (++this.#unheardProbes > deafAfterProbes) {
      this.#unheardProbes = 0
      this.#options.log.warn({}, 'redis_bus.deaf')
      this.#markGap()
      this.#publisher.disconnect(true)
      this.#subscriber.disconnect(true)
      return
    }
    this.#quietly(this.#publisher.publish(prefix + this.#ownChannel, this.#id))
  }

  #quietly(promise: Promise<unknown>): void {
    promise.catch((error: unknown) => this.#options.log.debug({ err: error }, 'redis_bus.command_failed'))
  }
}
