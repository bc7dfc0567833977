// `conflict:resolve`: a decision from inside the document, so that its edit is one step of undo on the screen it was made on.

import { AppError, toAppError } from '../../../shared/errors.ts'
import { resolveConflictEvent, type Conflict } from '../../../shared/wire/conflicts.ts'
import type { Ack } from '../../../shared/wire/events.ts'
import type { ConflictResolver } from '../../conflicts/resolver.ts'
import type { Access } from '../../projects/access.ts'
import type { SocketioClient } from '../socketio-client.ts'
import { ackOf, failure, type AnswerDeps } from './event-answer.ts'

export interface ResolveDeps extends AnswerDeps {
  access: Access
  conflictResolver: ConflictResolver
}

/**
 * Answers the event of one client: `{projectId, conflictId, resolution, revision, text?, note?, keepItemId?}`. A refusal as `conflict_changed` brings
 * in its `details` the `conflict` and the `texts` of its items as they are.
 */
export function answerConflictResolve(client: SocketioClient, deps: ResolveDeps): void {
  client.socket.on('conflict:resolve', (...args: unknown[]) => {
    const ack = ackOf<{ conflict: Conflict }>(args)
    resolve(client, deps, args[0]).then(ack, (thrown: unknown) => ack(refusal(deps, thrown)))
  })
}

function refusal(deps: ResolveDeps, thrown: unknown): Extract<Ack, { ok: false }> {
  const answer = failure(deps, thrown)
  if (answer.error.code !== 'conflict_changed') return answer
  return { ...answer, error: { ...answer.error, details: toAppError(thrown).details } }
}

async function resolve(client: SocketioClient, deps: ResolveDeps, given: unknown): Promise<Ack<{ conflict: Conflict }>> {
  const asked = resolveConflictEvent.safeParse(given)
  if (!asked.success) throw new AppError('invalid_request')
  const { projectId, conflictId, ...request } = asked.data
  const { session } = client
  const entered = client.joined(projectId)
  if (!entered) throw new AppError('not_joined')
  await deps.access.requireRole(session, projectId, 'write')
  const author = { userId: session.userId, screen: entered.connection }
  return { ok: true, conflict: await deps.conflictResolver.resolve(author, projectId, conflictId, request) }
}
