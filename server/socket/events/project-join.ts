// `project:join` and `project:leave`: into a project's document and out of it.

import { AppError } from '../../../shared/errors.ts'
import { joinRequest, leaveRequest, type Ack, type JoinRequest, type JoinResult, type MemberSummary } from '../../../shared/wire/events.ts'
import type { AppEvents, Entry } from '../../projects/app-events.ts'
import type { Interview } from '../../interview/interview.ts'
import type { ItemsFeed } from '../../items/items-feed.ts'
import type { OverlapFeed } from '../../items/overlap-feed.ts'
import type { Asker } from '../../auth/asker.ts'
import { ackOf, failure, type AnswerDeps } from './event-answer.ts'
import type { AccessReview } from '../access-review.ts'
import type { Entrance } from '../entrance.ts'
import type { SocketioClient } from '../socketio-client.ts'
import { SocketioSeat } from '../socketio-seat.ts'
import { SocketioTransport } from '../socketio-transport.ts'

export interface JoinDeps extends AnswerDeps {
  entrance: Entrance
  accessReview: AccessReview
  /** The people of a project, for one of them. Errors: not_found. */
  membersOf: (asker: Asker, projectId: string) => Promise<MemberSummary[]>
  appEvents: AppEvents
  itemsFeed: ItemsFeed
  overlapFeed: OverlapFeed
  interview: Interview
}

/** Answers both events of one client. */
export function answerJoinAndLeave(client: SocketioClient, deps: JoinDeps): void {
  client.socket.on('project:join', (...args: unknown[]) => {
    const ack = ackOf<JoinResult>(args)
    const request = joinRequest.safeParse(args[0])
    if (!request.success) {
      ack(failure(deps, new AppError('invalid_request')))
      return
    }
    const joined = client.turns.run(request.data.projectId, () => join(client, deps, request.data, ack))
    joined.catch((thrown: unknown) => ack(failure(deps, thrown)))
  })

  client.socket.on('project:leave', (...args: unknown[]) => {
    const ack = ackOf(args)
    const request = leaveRequest.safeParse(args[0])
    if (!request.success) {
      ack(failure(deps, new AppError('invalid_request')))
      return
    }
    const { projectId } = request.data
    void client.turns.run(projectId, async () => client.leave(projectId)).then(() => ack({ ok: true }))
  })
}

/** The ack goes out before the conversation is opened, so that a client knows its role and epoch when our first message comes. */
async function join(client: SocketioClient, deps: JoinDeps, request: JoinRequest, ack: (answer: Ack<JoinResult>) => void): Promise<void> {
  const { projectId, epoch, chunks } = request
  const transport = new SocketioTransport(client.socket, {
    takesChunks: chunks === true,
    pause: client.pause,
    onProjectClosed: () => client.leave(projectId),
  })
  const sinceMs = performance.now()
  const members = await deps.membersOf(client.session, projectId)
  const entered = await deps.entrance.enter({ session: client.session, projectId, epoch, transport })
  if (!client.keep(projectId, entered)) return
  const { document, connection } = entered
  const seat = new SocketioSeat({ socket: client.socket, session: client.session, entered, onLost: () => client.leave(projectId) })
  client.onLeave(projectId, deps.accessReview.watch(seat, sinceMs))
  const { leave, ...events } = await listenToEvents(client, deps, request)
  if (client.joined(projectId) !== entered) {
    // Access has ended meanwhile.
    leave()
    throw new AppError('not_joined')
  }
  client.onLeave(projectId, leave)
  client.onLeave(
    projectId,
    deps.itemsFeed.watch(projectId, (event) => client.socket.emit('items', event)),
  )
  client.onLeave(
    projectId,
    deps.overlapFeed.watch(projectId, (event) => client.socket.emit('item:overlap', event)),
  )
  client.onLeave(projectId, deps.interview.watch(projectId, client.viewer))
  ack({ ok: true, role: connection.role, epoch: document.live.epoch, members, present: document.presence.people(), ...events })
  connection.greet()
}

/** A join that cannot be told of events is none. */
async function listenToEvents(client: SocketioClient, { appEvents }: JoinDeps, { projectId, sinceEventId }: JoinRequest): Promise<Entry> {
  try {
    return await appEvents.enter(projectId, sinceEventId, ({ event, ...told }) => client.tell(event, told))
  } catch (error) {
    client.leave(projectId)
    throw error
  }
}
