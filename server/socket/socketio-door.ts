// The Socket.IO door: WebSocket only, the person known before the first event, every event in a file of its own.

import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http'
import { Server } from 'socket.io'
import type { WebSocket } from 'ws'
import { AppError, errorTable, toAppError } from '../../shared/errors.ts'
import type { ClientEvents, ServerEvents } from '../../shared/wire/events.ts'
import { closeCodes, protocolVersion } from '../../shared/wire/protocol.ts'
import type { Session } from '../auth/sessions.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import { countRefusal, type Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'
import { answerConflictResolve, type ResolveDeps } from './events/conflict-resolve.ts'
import { answerJoinAndLeave, type JoinDeps } from './events/project-join.ts'
import { answerInterview, type InterviewEventDeps } from './events/interview.ts'
import { answerVersionRestore, type RestoreDeps } from './events/version-restore.ts'
import { answerYjs } from './events/yjs.ts'
import { authenticate, type HandshakeOptions } from './handshake.ts'
import type { FrameBudget } from './frame-budget.ts'
import { limitEvents } from './limit-events.ts'
import type { OpenSockets } from './open-sockets.ts'
import { SocketioClient } from './socketio-client.ts'
import { beforeParseErrorClose, webSocketOf, type ClientSocket } from './socketio-transport.ts'
import { beforeOversizeClose, limitMessages } from './web-socket-internals.ts'

export interface SocketioDoorOptions extends HandshakeOptions, JoinDeps, RestoreDeps, ResolveDeps, InterviewEventDeps {
  server: HttpServer
  openSockets: OpenSockets
  frameBudget: FrameBudget
  log: Log
  metrics: Metrics
  config: Pick<Config, 'FRAME_MAX_BYTES' | 'CONSUMER_LAG_BYTES' | 'EVENTS_PER_SECOND' | 'EVENTS_BURST'>
}

/** Who a client is, and since when that was looked up, in `performance.now()`. */
interface Admission {
  session: Session
  sinceMs: number
}

/** A client that has not said who it is by then is disconnected. */
const handshakeTimeoutMs = 10_000

/** What is read of a client before it is known who it is: a token, and no document. */
const handshakeMaxBytes = 64 * 1024

export class SocketioDoor implements Service {
  readonly name = 'socketio-door'
  readonly #io: Server<ClientEvents, ServerEvents, object, Admission>
  readonly #options: SocketioDoorOptions

  constructor(options: SocketioDoorOptions) {
    this.#options = options
    this.#io = new Server(options.server, {
      transports: ['websocket'],
      // The other door takes its upgrades on the same server; Engine.IO would hang up on them after a second.
      destroyUpgrade: false,
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      connectTimeout: handshakeTimeoutMs,
      maxHttpBufferSize: options.config.FRAME_MAX_BYTES,
    })
    this.#io.engine.use(refusePolling)
    this.#io.engine.on('connection', limitHandshake)
    this.#io.use((socket, next) => void this.#authenticate(socket as unknown as ClientSocket, next))
    this.#io.on('connection', (socket) => this.#welcome(socket as unknown as ClientSocket, socket.data))
  }

  stop(): void {
    this.#io.disconnectSockets(true)
    this.#io.engine.close()
  }

  async #authenticate(socket: ClientSocket, next: (error?: Error) => void): Promise<void> {
    const sinceMs = performance.now()
    try {
      if (this.#options.openSockets.isDraining) throw new AppError('draining')
      const { headers, auth } = socket.handshake
      const { token, protocol }: { token?: unknown; protocol?: unknown } = auth
      // Our page says which version it speaks: a tab that was open over an upgrade is told before it misreads anything.
      if (protocol !== undefined && protocol !== protocolVersion) throw new AppError('protocol_unsupported')
      const explicitToken = typeof token === 'string' && token !== '' ? token : undefined
      const session = await authenticate(this.#options, { headers, origin: headers.origin, explicitToken })
      Object.assign(socket.data, { session, sinceMs } satisfies Admission)
      next()
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.code === 'internal') this.#options.log.error({ err: error.cause }, 'socketio.handshake_failed')
      countRefusal(this.#options.metrics, error.code)
      next(Object.assign(new Error(error.message), { data: error.toBody() }))
    }
  }

  #welcome(socket: ClientSocket, { session, sinceMs }: Admission): void {
    const { openSockets, frameBudget } = this.#options
    const client = new SocketioClient(socket, session, this.#options.config.CONSUMER_LAG_BYTES)
    beforeParseErrorClose(socket, () => client.closeSocket('invalid_frame'))
    if (!openSockets.add(client, sinceMs)) return
    limitMessages(webSocketOf(socket), frameBudget.enter(session.userId))
    socket.on('disconnect', () => {
      openSockets.remove(client)
      frameBudget.leave(session.userId)
      client.leaveAll()
    })
    limitEvents(socket, this.#options)
    answerJoinAndLeave(client, this.#options)
    answerYjs(client, this.#options)
    answerVersionRestore(client, this.#options)
    answerConflictResolve(client, this.#options)
    answerInterview(client, this.#options)
  }
}

function limitHandshake({ transport }: { transport: { socket: WebSocket } }): void {
  limitMessages(transport.socket, handshakeMaxBytes)
  beforeOversizeClose(transport.socket, () => transport.socket.close(closeCodes.too_large, 'too_large'))
}

/** Answers long polling with a 400 that says what to do; Engine.IO's own says "Transport unknown". */
function refusePolling(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (request.headers.upgrade) {
    next()
    return
  }
  const { message, status } = errorTable.polling_not_supported
  // Beside the HTTP application: its headers are set by hand.
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
  response.end(
    JSON.stringify({ type: 'about:blank', title: message, status, code: 'polling_not_supported', detail: message, retryable: false }),
  )
}
