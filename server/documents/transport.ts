// The port between a conversation and its door: what a connection needs of a socket, whichever kind it is.

import type { AppError } from '../../shared/errors.ts'
import type { ServerEvents } from '../../shared/wire/events.ts'
import type { CloseReason } from '../../shared/wire/protocol.ts'
import type { Door } from '../base/metrics.ts'
import type { Frame } from './frame.ts'

/** One client's socket as one document sees it. No method throws; after `close` they do nothing. */
export interface Transport {
  readonly door: Door
  /** Bytes handed to the socket that the client has not taken yet. */
  readonly bufferedBytes: number
  /** Whether chunked messages may be sent to it. */
  readonly takesChunks: boolean
  /** Whether `ownEdit` messages may be sent to it. */
  readonly takesOwnEdits: boolean
  send(frame: Frame): void
  /** Sends an app event where the door has them; `/yjs` has none. */
  sendEvent<Name extends keyof ServerEvents>(name: Name, event: Parameters<ServerEvents[Name]>[0]): void
  /** Stops reading for that long, so that TCP slows the sender down. */
  pauseReading(durationMs: number): void
  /** Says why something was refused where the door's client cannot learn it from an ack, closing if it must. */
  refuse(error: AppError): void
  close(reason: CloseReason): void
}
