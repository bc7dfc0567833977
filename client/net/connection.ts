// The connection port: one line to the server that several projects share, its status, and what comes of each thing sent.

import type { ErrorBody, RefusalBody } from '../../shared/errors.ts'
import type { AppEvent } from '../../shared/wire/app-events.ts'
import type { Ack, AskedEvents, JoinRequest, JoinResult, ServerEvents } from '../../shared/wire/events.ts'

/** Where the line stands. Times are milliseconds since 1970, as of `Date.now()`; `nextTryAt` is null while a try is under way. */
export type ConnectionStatus =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected' }
  | { readonly state: 'reconnecting'; readonly attempt: number; readonly nextTryAt: number | null }
  /** The server said it stops; the line is left and made anew at `nextTryAt`. It may still carry answers until then. */
  | { readonly state: 'draining'; readonly nextTryAt: number }
  /** Nothing is tried any more: the server refused for good, or `close()` was called (`error` is null then). */
  | { readonly state: 'closed'; readonly error: ErrorBody | null }

/** What became of one thing sent: answered, refused by name, or never answered (the line went, or the time was up). */
export type Outcome<T extends object = object> =
  | { readonly type: 'ok'; readonly value: T }
  | { readonly type: 'refused'; readonly error: RefusalBody; readonly epoch: number | null }
  | { readonly type: 'lost' }
  | { readonly type: 'timeout' }

/** Called exactly once, never inside the call that sent; in order with the events the server sends around its answer. */
export type OnOutcome<T extends object = object> = (outcome: Outcome<T>) => void

export interface YjsMessage {
  readonly projectId: string
  /** One y-websocket-framed message, at most `limits.chunkBytes`. */
  readonly bytes: Uint8Array
  readonly epoch: number | null
  readonly timeoutMs: number
}

/**
 * One line to one server. It comes back by itself with backoff and jitter, never holds anything back for later (what is
 * sent while it is down is `lost`), and delivers in order. `isOpen` is true from the server's welcome to the loss.
 */
export interface Connection {
  readonly status: ConnectionStatus
  readonly isOpen: boolean
  /** Calls `listener` after each change of `status` or `isOpen`; gives the way to stop. */
  subscribe(listener: () => void): () => void
  /** Listens to a server event; `yjs` bytes come as a Uint8Array in the browser and in Node. Gives the way to stop. */
  on<Name extends keyof ServerEvents>(name: Name, listener: ServerEvents[Name]): () => void
  /** Listens to every server event that carries an `eventId`, whatever its name. Gives the way to stop. */
  onNumbered(listener: (event: AppEvent) => void): () => void
  join(request: JoinRequest, timeoutMs: number, onOutcome: OnOutcome<JoinResult>): void
  leave(projectId: string): void
  sendYjs(message: YjsMessage, onOutcome: OnOutcome): void
  /** Asks for one thing that is no part of a document's conversation. */
  ask<Name extends keyof AskedEvents>(
    name: Name,
    request: AskedEvents[Name]['request'],
    onOutcome: OnOutcome<AskedEvents[Name]['result']>,
  ): void
  /** Tries at once instead of at `nextTryAt`; nothing when it is open or closed. */
  retryNow(): void
  /** Leaves for good. */
  close(): void
}

/** Turns the server's answer into an outcome; an answer of no known shape is a refusal by `internal`. */
export function outcomeOf<T extends object>(answer: Ack<T>): Outcome<T> {
  if (answer?.ok === true) {
    return { type: 'ok', value: answer }
  }
  const error = answer?.error ?? { code: 'internal', message: 'The server gave no answer that can be read.', retryable: true }
  return { type: 'refused', error, epoch: answer?.epoch ?? null }
}
