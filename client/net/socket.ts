// The Socket.IO line to the server: typed events, its own reconnecting, every answer as an outcome.

import { io, type Socket } from 'socket.io-client'
import type { ErrorBody } from '../../shared/errors.ts'
import type { AppEvent } from '../../shared/wire/app-events.ts'
import type { Ack, AskedEvents, ClientEvents, JoinRequest, JoinResult, ServerEvents } from '../../shared/wire/events.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import { backoffMs } from '../../shared/backoff.ts'
import { toAppEvent } from './app-event.ts'
import { outcomeOf, type Connection, type ConnectionStatus, type OnOutcome, type YjsMessage } from './connection.ts'
import { Listeners } from './listeners.ts'

export interface SocketOptions {
  /** Where the server is: its origin; a path in it is ignored. */
  url: string
  /** An explicit session token; without one the browser's cookie speaks. A function is asked at each try. */
  token?: string | (() => string)
  /** Sends the cookie also to another origin; on the page's own origin it goes by itself. */
  withCookie?: boolean
  /** 0 to 1; tests pass their own. */
  random?: () => number
}

/** The wire's events with `yjs` always acked: what is sent from here is never sent without asking what became of it. */
type SentEvents = Omit<ClientEvents, 'yjs'> & {
  yjs: (projectId: string, bytes: Uint8Array, epoch: number | undefined, ack: (answer: Ack) => void) => void
}
type Line = Socket<ServerEvents, SentEvents>

const firstRetryMs = 250
const maxRetryMs = 10_000
/** A try that has brought no welcome by then is given up: half-open networks answer nothing at all. */
const connectTimeoutMs = 15_000
/** What is asked may wait for a COMMIT, and for work on a large text. */
const askTimeoutMs = 30_000
/** A line that lived this long was a good one: the next loss starts from the shortest wait again. */
const stableMs = 5_000
/** No server may send clients away for longer, whatever it says. */
const maxDrainMs = 60_000

/** Starts connecting at once. */
export function connectSocket(options: SocketOptions): Connection {
  return new SocketConnection(options)
}

/** Each try is a socket of its own, so that nothing of an old line (a late packet, a buffered emit) reaches a new one. */
class SocketConnection implements Connection {
  readonly #options: SocketOptions
  readonly #statusListeners = new Listeners()
  readonly #eventListeners = new Map<string, Listeners<unknown[]>>()
  readonly #numberedListeners = new Listeners<[AppEvent]>()
  #status: ConnectionStatus = { state: 'connecting' }
  #line: Line | null = null
  #isOpen = false
  #attempt = 0
  #openedAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: SocketOptions) {
    this.#options = options
    this.#try()
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  subscribe(listener: () => void): () => void {
    return this.#statusListeners.add(listener)
  }

  on<Name extends keyof ServerEvents>(name: Name, listener: ServerEvents[Name]): () => void {
    let listeners = this.#eventListeners.get(name)
    if (!listeners) {
      listeners = new Listeners()
      this.#eventListeners.set(name, listeners)
    }
    return listeners.add(listener as (...args: unknown[]) => void)
  }

  onNumbered(listener: (event: AppEvent) => void): () => void {
    return this.#numberedListeners.add(listener)
  }

  join(request: JoinRequest, timeoutMs: number, onOutcome: OnOutcome<JoinResult>): void {
    this.#send(onOutcome, (line, answer) => line.timeout(timeoutMs).emit('project:join', request, answer))
  }

  leave(projectId: string): void {
    if (this.#isOpen) this.#line?.emit('project:leave', { projectId }, () => undefined)
  }

  sendYjs({ projectId, bytes, epoch, timeoutMs }: YjsMessage, onOutcome: OnOutcome): void {
    this.#send(onOutcome, (line, answer) => line.timeout(timeoutMs).emit('yjs', projectId, bytes, epoch ?? undefined, answer))
  }

  ask<Name extends keyof AskedEvents>(
    name: Name,
    request: AskedEvents[Name]['request'],
    onOutcome: OnOutcome<AskedEvents[Name]['result']>,
  ): void {
    // The name and its request belong together by the signature above, which Socket.IO's own types cannot follow.
    this.#send(onOutcome, (line, answer) => (line as unknown as Socket).timeout(askTimeoutMs).emit(name, request, answer))
  }

  retryNow(): void {
    if (!this.#isOpen && this.#line === null && this.#status.state !== 'closed') this.#try()
  }

  close(): void {
    this.#end(null)
  }

  #send<T extends object>(
    onOutcome: OnOutcome<T>,
    emit: (line: Line, answer: (error: Error | null, answer: Ack<T>) => void) => void,
  ): void {
    const line = this.#line
    if (line === null || !this.#isOpen) {
      queueMicrotask(() => onOutcome({ type: 'lost' }))
      return
    }
    emit(line, (error, answer) => {
      if (error) {
        onOutcome({ type: line.connected ? 'timeout' : 'lost' })
      } else {
        onOutcome(outcomeOf(answer))
      }
    })
    // Socket.IO holds back what is sent when the server has gone quiet; a later line must not send it before its join.
    line.sendBuffer = []
  }

  #try(): void {
    clearTimeout(this.#timer)
    this.#dropLine()
    if (this.#status.state !== 'connecting') {
      this.#setStatus({ state: 'reconnecting', attempt: Math.max(1, this.#attempt), nextTryAt: null })
    }
    const line = this.#makeLine()
    this.#line = line
    this.#timer = setTimeout(() => this.#onLoss(line), connectTimeoutMs)
    line.on('connect', () => this.#onConnect(line))
    line.on('connect_error', (error) => this.#onConnectError(line, error))
    line.on('disconnect', () => this.#onLoss(line))
    line.onAny((name: string, ...args: unknown[]) => this.#onServerEvent(line, name, args))
    line.connect()
  }

  #makeLine(): Line {
    const { url, token, withCookie } = this.#options
    return io(new URL(url).origin, {
      transports: ['websocket'],
      forceNew: true,
      multiplex: false,
      reconnection: false,
      autoConnect: false,
      timeout: connectTimeoutMs,
      withCredentials: withCookie ?? false,
      auth: { protocol: protocolVersion, ...(token === undefined ? {} : { token: typeof token === 'function' ? token() : token }) },
    })
  }

  #onConnect(line: Line): void {
    if (line !== this.#line) return
    clearTimeout(this.#timer)
    this.#isOpen = true
    this.#openedAt = Date.now()
    this.#setStatus({ state: 'connected' })
  }

  #onConnectError(line: Line, error: Error & { data?: ErrorBody }): void {
    if (line !== this.#line) return
    if (error.data?.retryable === false) {
      this.#end(error.data)
    } else {
      this.#onLoss(line)
    }
  }

  /** The line is gone or never came to be. */
  #onLoss(line: Line): void {
    if (line !== this.#line) return
    const wasStable = this.#isOpen && Date.now() - this.#openedAt >= stableMs
    this.#attempt = wasStable ? 1 : this.#attempt + 1
    this.#dropLine()
    if (this.#status.state === 'draining') {
      this.#statusListeners.call()
      return
    }
    const { random = Math.random } = this.#options
    const waitMs = backoffMs(this.#attempt, { firstMs: firstRetryMs, maxMs: maxRetryMs, random })
    this.#tryIn(waitMs)
    this.#setStatus({ state: 'reconnecting', attempt: this.#attempt, nextTryAt: Date.now() + waitMs })
  }

  #onServerEvent(line: Line, name: string, args: unknown[]): void {
    if (line !== this.#line) return
    if (name === 'server:draining') this.#onDraining(args[0])
    const numbered = toAppEvent(name, args[0])
    if (numbered) this.#numberedListeners.call(numbered)
    this.#eventListeners.get(name)?.call(...(name === 'yjs' ? [args[0], toBytes(args[1])] : args))
  }

  #onDraining(event: unknown): void {
    const asked = (event as { reconnectInMs?: unknown } | null)?.reconnectInMs
    const waitMs = typeof asked === 'number' && asked >= 0 ? Math.min(asked, maxDrainMs) : firstRetryMs
    this.#tryIn(waitMs)
    this.#setStatus({ state: 'draining', nextTryAt: Date.now() + waitMs })
  }

  #tryIn(waitMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#try(), waitMs)
  }

  /** Forgets the line first, so that what its end sets off is heard as that of an old one; then its open questions are settled as lost. */
  #dropLine(): void {
    const line = this.#line
    this.#line = null
    this.#isOpen = false
    line?.disconnect()
  }

  #end(error: ErrorBody | null): void {
    clearTimeout(this.#timer)
    this.#dropLine()
    if (this.#status.state !== 'closed') this.#setStatus({ state: 'closed', error })
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status
    this.#statusListeners.call()
  }
}

/** The browser gives an ArrayBuffer, Node a Buffer (a Uint8Array, perhaps a view into a larger one); anything else is an empty message. */
function toBytes(value: unknown): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  return value instanceof Uint8Array ? value : new Uint8Array(0)
}
