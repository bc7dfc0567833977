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
      if (typeof epoch === 'number' && epoch !== current) throw new AppError('stale_epoch', { details: { epoch: current } })
      entered.connection.receive(bytesOf(bytes), (refusal) => ack(refusal ? failure(deps, refusal) : { ok: true }))
    } catch (thrown) {
      ack(failure(deps, thrown))
    }
  })
}
