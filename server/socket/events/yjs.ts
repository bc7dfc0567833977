// `yjs`: one message of a document's conversation, acked when it is dealt with.

import { AppError } from '../../../shared/errors.ts'
import { ackOf, bytesOf, failure, type AnswerDeps } from './event-answer.ts'
import type { SocketioClient } from '../socketio-client.ts'

/** Answers the event of one client: `(projectId, bytes, epoch?, ack?)`. */
export function answerYjs(client: SocketioClient, deps: AnswerDeps): void {
  client.socket.on('yjs', (...args: unknown[]) => {
    const ack = ackOf(args)
    try {
      const [projectId, bytes, epoch] = args
      const entered = typeof projectId === 'string' ? client.joined(projectId) : undefined
      if (!entered) throw new AppError('not_joined')
      const current = entered.document.live.epoch
      if (isGiven(epoch) && epoch !== current) throw new AppError('stale_epoch', { details: { epoch: current } })
      entered.connection.receive(bytesOf(bytes), (refusal) => ack(refusal ? failure(deps, refusal) : { ok: true }))
    } catch (thrown) {
      ack(failure(deps, thrown))
    }
  })
}

/** Whether an epoch was sent; without one the ack stands in its place. Throws AppError('invalid_request') for what can be none. */
function isGiven(epoch: unknown): epoch is number {
  if (epoch === undefined || epoch === null || typeof epoch === 'function') return false
  // Passed over, it would let a copy of an old history in.
  if (!Number.isSafeInteger(epoch)) throw new AppError('invalid_request')
  return true
}
