// How every client event is answered: parsed at the door, done, acked with a result or with an error by code.

import { AppError, toAppError } from '../../../shared/errors.ts'
import type { Ack } from '../../../shared/wire/events.ts'
import type { Log } from '../../base/log.ts'
import { countRefusal, type Metrics } from '../../base/metrics.ts'

export interface AnswerDeps {
  log: Log
  metrics: Metrics
}

/** The answer to a failed event; ours are logged, once. */
export function failure({ log, metrics }: AnswerDeps, thrown: unknown): Extract<Ack, { ok: false }> {
  const error = toAppError(thrown)
  if (error.code === 'internal') log.error({ err: error.cause }, 'socketio.event_failed')
  countRefusal(metrics, error.code)
  const epoch = error.details.epoch
  return typeof epoch === 'number' ? { ok: false, error: error.toBody(), epoch } : { ok: false, error: error.toBody() }
}

/** The ack function a client passed last, or one that does nothing when there is none. */
export function ackOf<Result extends object>(args: readonly unknown[]): (answer: Ack<Result>) => void {
  const last = args.at(-1)
  return typeof last === 'function' ? (answer) => void last(answer) : () => undefined
}

/** The bytes of a binary argument; a browser's `Uint8Array` arrives as a Buffer. Throws AppError('invalid_frame'). */
export function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw new AppError('invalid_frame')
}
