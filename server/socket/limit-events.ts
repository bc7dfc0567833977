// How many events beside edits one connection may send. Edits are slowed down instead: see ReadPause.

import { AppError } from '../../shared/errors.ts'
import type { Config } from '../base/config.ts'
import { TokenBucket } from '../documents/token-bucket.ts'
import { ackOf, failure, type AnswerDeps } from './events/event-answer.ts'
import type { ClientSocket } from './socketio-transport.ts'

export interface LimitEventsDeps extends AnswerDeps {
  config: Pick<Config, 'EVENTS_PER_SECOND' | 'EVENTS_BURST'>
}

/** Answers what comes past the rate with rate_limited, in place of the event's own handler. */
export function limitEvents(socket: ClientSocket, deps: LimitEventsDeps): void {
  const bucket = new TokenBucket(deps.config.EVENTS_PER_SECOND, deps.config.EVENTS_BURST, performance.now())
  // Decided at once: an event that waited for its turn would be overtaken by the edits behind it.
  socket.use(([name, ...args], next) => {
    if (name === 'yjs' || bucket.tryTake(performance.now())) next()
    else ackOf(args)(failure(deps, new AppError('rate_limited')))
  })
}
