// The plain WebSocket door, `/yjs/:projectId?token=`: what y-websocket's provider and every editor built on it connect to.

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { AppError, toAppError, type ErrorCode } from '../../shared/errors.ts'
import { closeCodes, type CloseReason } from '../../shared/wire/protocol.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import { countRefusal, type Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'
import type { AccessReview } from './access-review.ts'
import type { Entrance } from './entrance.ts'
import type { FrameBudget } from './frame-budget.ts'
import { authenticate, type HandshakeOptions } from './handshake.ts'
import type { OpenSockets } from './open-sockets.ts'
import { beforeOversizeClose, limitMessages } from './web-socket-internals.ts'
import { YjsConversation } from './yjs-conversation.ts'
import { YjsTransport } from './yjs-transport.ts'

export interface YjsDoorOptions extends HandshakeOptions {
  server: Server
  entrance: Entrance
  openSockets: OpenSockets
  accessReview: AccessReview
  frameBudget: FrameBudget
  log: Log
  metrics: Metrics
  config: Pick<Config, 'FRAME_MAX_BYTES'>
}

const closeReasons: Partial<Record<ErrorCode, CloseReason>> = {
  unauthenticated: 'unauthenticated',
  origin_not_allowed: 'access_lost',
  forbidden: 'access_lost',
  not_found: 'not_found',
  stale_epoch: 'stale_epoch',
  invalid_request: 'invalid_frame',
  document_crowded: 'document_crowded',
  too_many_connections: 'too_many_connections',
  draining: 'draining',
  store_unavailable: 'store_unavailable',
  overloaded: 'store_unavailable',
}

interface Address {
  projectId: string
  params: URLSearchParams
}

/** Every so often each connection is looked at: a quiet one gets a message, one that no longer answers is ended. */
const sweepMs = 5_000

/** The path of this door; all that follows names the project. */
const path = '/yjs/'

export class YjsDoor implements Service {
  readonly name = 'yjs-door'
  readonly #options: YjsDoorOptions
  readonly #server: WebSocketServer
  readonly #conversations = new Set<YjsConversation>()
  readonly #sweep: ReturnType<typeof setInterval>

  constructor(options: YjsDoorOptions) {
    this.#options = options
    this.#server = new WebSocketServer({ noServer: true, maxPayload: options.config.FRAME_MAX_BYTES, perMessageDeflate: false })
    options.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.#upgrade(request, socket, head))
    this.#sweep = setInterval(() => {
      for (const conversation of this.#conversations) conversation.sweep()
    }, sweepMs)
  }

  stop(): void {
    clearInterval(this.#sweep)
    for (const client of this.#server.clients) client.terminate()
  }

  /** A refusal must be a close of an accepted upgrade: y-websocket takes an HTTP status for a broken line and tries for ever. */
  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = request.url ?? ''
    if (!address.startsWith(path)) return
    this.#server.handleUpgrade(request, socket, head, (client) => {
      // Errors of the socket itself end in its close; without a listener they would end the process.
      client.on('error', (error) => this.#options.log.debug({ err: error }, 'yjs_door.socket_error'))
      beforeOversizeClose(client, () => client.close(closeCodes.too_large, 'too_large'))
      // Nothing is read until it is known who this is; what the client says meanwhile waits in its socket.
      client.pause()
      void this.#admit(client, request, readAddress(address))
    })
  }

  async #admit(client: WebSocket, request: IncomingMessage, { projectId, params }: Address): Promise<void> {
    const { entrance, openSockets } = this.#options
    const sinceMs = performance.now()
    try {
      if (openSockets.isDraining) throw new AppError('draining')
      const session = await authenticate(this.#options, {
        headers: request.headers,
        origin: request.headers.origin,
        explicitToken: params.get('token') ?? undefined,
      })
      const transport = new YjsTransport(client, {
        takesChunks: params.get('chunks') === '1',
        takesAcks: params.get('acks') === '1',
      })
      const entered = await entrance.enter({ session, projectId, epoch: epochOf(params), transport })
      this.#open(client, new YjsConversation({ client, session, transport, entered }), sinceMs)
    } catch (thrown) {
      this.#refuse(client, toAppError(thrown))
    }
    client.resume()
  }

  #open(client: WebSocket, conversation: YjsConversation, sinceMs: number): void {
    const { openSockets, accessReview, frameBudget } = this.#options
    const { userId } = conversation.session
    let stopWatching = (): void => undefined
    const close = (): void => {
      stopWatching()
      this.#conversations.delete(conversation)
      openSockets.remove(conversation)
      frameBudget.leave(userId)
      conversation.leave()
    }
    limitMessages(client, frameBudget.enter(userId))
    // It may have gone while we were looking who it is; then its close event is over already.
    if (client.readyState !== client.OPEN) {
      close()
      return
    }
    client.once('close', close)
    if (!openSockets.add(conversation, sinceMs)) return
    stopWatching = accessReview.watch(conversation, sinceMs)
    this.#conversations.add(conversation)
    conversation.start()
  }

  #refuse(client: WebSocket, error: AppError): void {
    if (error.code === 'internal') this.#options.log.error({ err: error.cause }, 'yjs_door.admission_failed')
    countRefusal(this.#options.metrics, error.code)
    const reason = closeReasons[error.code] ?? 'internal'
    client.close(closeCodes[reason], error.code)
  }
}

/** Taken apart by hand: what clients send need not be a URL, and one that is read as such may name another path than it begins with. */
function readAddress(address: string): Address {
  const mark = address.indexOf('?')
  const end = mark < 0 ? address.length : mark
  return { projectId: address.slice(path.length, end), params: new URLSearchParams(address.slice(end)) }
}

function epochOf(params: URLSearchParams): number | undefined {
  const given = params.get('epoch')
  if (given === null) return undefined
  const epoch = Number(given)
  if (!Number.isInteger(epoch)) throw new AppError('invalid_request', { details: { path: 'epoch' } })
  return epoch
}
