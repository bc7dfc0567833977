// `version:restore`: brings a version back from inside the document, so that it is one step of undo on the screen it was asked from.

import { AppError } from '../../../shared/errors.ts'
import { restoreVersionRequest, type Ack, type RestoreResult } from '../../../shared/wire/events.ts'
import type { Access } from '../../projects/access.ts'
import type { Versions } from '../../versions/versions.ts'
import type { SocketioClient } from '../socketio-client.ts'
import { ackOf, failure, type AnswerDeps } from './event-answer.ts'

export interface RestoreDeps extends AnswerDeps {
  access: Access
  versions: Versions
}

/** Answers the event of one client: `{projectId, versionId}`. */
export function answerVersionRestore(client: SocketioClient, deps: RestoreDeps): void {
  client.socket.on('version:restore', (...args: unknown[]) => {
    const ack = ackOf<RestoreResult>(args)
    restore(client, deps, args[0]).then(ack, (thrown: unknown) => ack(failure(deps, thrown)))
  })
}

async function restore(client: SocketioClient, deps: RestoreDeps, given: unknown): Promise<Ack<RestoreResult>> {
  const request = restoreVersionRequest.safeParse(given)
  if (!request.success) throw new AppError('invalid_request')
  const { projectId, versionId } = request.data
  const { session } = client
  const entered = client.joined(projectId)
  if (!entered) throw new AppError('not_joined')
  await deps.access.requireRole(session, projectId, 'write')
  const { version, before } = await deps.versions.restore(projectId, versionId, { userId: session.userId, screen: entered.connection })
  return { ok: true, version, before }
}
