// `interview:*`: asking, answering, stopping, skipping, the mode, and the words that a client lacks; only for who has joined the project.

import type { z } from 'zod'
import { may, type Right, type Role } from '../../../shared/domain/roles.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Ack, AskedEvents } from '../../../shared/wire/events.ts'
import { askEvent, messageEvent, modeEvent, resumeEvent, sayEvent } from '../../../shared/wire/interview.ts'
import type { Interview } from '../../interview/interview.ts'
import type { Access } from '../../projects/access.ts'
import type { SocketioClient } from '../socketio-client.ts'
import { ackOf, failure, type AnswerDeps } from './event-answer.ts'

export interface InterviewEventDeps extends AnswerDeps {
  access: Access
  interview: Interview
}

type InterviewEvent = Extract<keyof AskedEvents, `interview:${string}`>

interface Answer<Name extends InterviewEvent, Schema extends z.ZodType<{ projectId: string }>> {
  name: Name
  schema: Schema
  right: Right
  answer: (request: z.output<Schema>, role: Role) => Promise<AskedEvents[Name]['result']>
}

/** Answers all of them for one client. */
export function answerInterview(client: SocketioClient, deps: InterviewEventDeps): void {
  const { interview } = deps
  const { userId } = client.session
  const answer = <Name extends InterviewEvent, Schema extends z.ZodType<{ projectId: string }>>(one: Answer<Name, Schema>) =>
    answerEvent(client, deps, one)
  answer({
    name: 'interview:ask',
    schema: askEvent,
    right: 'answer',
    answer: ({ projectId, requestId }) => interview.ask({ projectId, userId, requestId }),
  })
  answer({
    name: 'interview:say',
    schema: sayEvent,
    right: 'answer',
    answer: ({ projectId, requestId, text }, role) =>
      interview.say({ projectId, userId, requestId }, { text, mayWrite: may(role, 'write'), screen: client.joined(projectId)?.connection }),
  })
  answer({
    name: 'interview:stop',
    schema: messageEvent,
    right: 'answer',
    answer: async ({ projectId, messageId }) => ({ message: await interview.stop(projectId, messageId) }),
  })
  answer({
    name: 'interview:skip',
    schema: messageEvent,
    right: 'answer',
    answer: async ({ projectId, messageId }) => ({ message: await interview.skip(projectId, messageId, userId) }),
  })
  answer({ name: 'interview:mode', schema: modeEvent, right: 'write', answer: ({ projectId, mode }) => interview.setMode(projectId, mode) })
  answer({
    name: 'interview:resume',
    schema: resumeEvent,
    right: 'read',
    answer: ({ projectId, messageId, offset }) => interview.resume(projectId, messageId, { offset, viewer: client.viewer }),
  })
}

function answerEvent<Name extends InterviewEvent, Schema extends z.ZodType<{ projectId: string }>>(
  client: SocketioClient,
  deps: InterviewEventDeps,
  { name, schema, right, answer }: Answer<Name, Schema>,
): void {
  const { access } = deps
  const answered = async (given: unknown): Promise<Ack<AskedEvents[Name]['result']>> => {
    const request = schema.safeParse(given)
    if (!request.success) throw new AppError('invalid_request')
    const { projectId } = request.data
    if (!client.joined(projectId)) throw new AppError('not_joined')
    const { role } = await access.requireRole(client.session, projectId, right)
    return { ok: true, ...(await answer(request.data, role)) }
  }
  // Socket.IO's types know each event by its name, and not that all of these take one request and an ack.
  const on = client.socket.on.bind(client.socket) as (event: string, listener: (...args: unknown[]) => void) => unknown
  on(name, (...args) => {
    const ack = ackOf<AskedEvents[Name]['result']>(args)
    answered(args[0]).then(ack, (thrown: unknown) => ack(failure(deps, thrown)))
  })
}
