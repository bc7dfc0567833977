// The interview of a project as its people use it: asking, saying, stopping, going on; the words come by the feed, the rest as events.

import { AppError } from '../../shared/errors.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Asked, InterviewMessage, InterviewMode, Resumed } from '../../shared/wire/interview.ts'
import type { Config } from '../base/config.ts'
import type { RateLimit, RateLimits } from '../base/rate-limits.ts'
import type { AppEvents } from '../projects/app-events.ts'
import type { InterviewStore, MessageRow } from '../store/interview-store.ts'
import type { AnswerAuthor, AnswerItems } from './answer-items.ts'
import type { InterviewRuns } from './interview-runs.ts'
import { presentMessage } from './present-message.ts'
import type { Viewer } from './project-streams.ts'

export interface InterviewOptions {
  store: InterviewStore
  runs: InterviewRuns
  answerItems: AnswerItems
  appEvents: AppEvents
  rateLimits: RateLimits
  config: Pick<Config, 'INTERVIEW_REQUESTS_PER_MINUTE' | 'INTERVIEW_PROJECT_REQUESTS_PER_MINUTE'>
}

/** Who asks for what, once a `requestId`. */
export interface InterviewRequest {
  projectId: ProjectId
  userId: UserId
  requestId: string
}

/** Callers have checked the right. Errors of all: store_unavailable, overloaded; of what begins something: rate_limited. */
export class Interview {
  readonly #options: InterviewOptions
  readonly #perPerson: RateLimit
  readonly #perProject: RateLimit

  constructor(options: InterviewOptions) {
    this.#options = options
    const { rateLimits, config } = options
    this.#perPerson = rateLimits.of({ name: 'interview_person', max: config.INTERVIEW_REQUESTS_PER_MINUTE, windowS: 60 })
    this.#perProject = rateLimits.of({ name: 'interview_project', max: config.INTERVIEW_PROJECT_REQUESTS_PER_MINUTE, windowS: 60 })
  }

  /** Queues a question, or gives the one that is open. Errors: not_found. */
  async ask({ projectId, userId, requestId }: InterviewRequest): Promise<Asked> {
    await this.#admit(projectId, userId)
    const message = await this.#options.store.ask({ projectId, authorId: userId, requestId })
    if (message === null) throw new AppError('not_found')
    return this.#begin(message)
  }

  /** Keeps somebody's words and has them answered; what they state goes into the document if they may write. Errors: not_found. */
  async say({ projectId, userId, requestId }: InterviewRequest, { text, ...author }: AnswerAuthor & { text: string }): Promise<Asked> {
    await this.#admit(projectId, userId)
    const said = await this.#options.store.say({ projectId, authorId: userId, requestId }, text)
    if (said === null) throw new AppError('not_found')
    const { message, isNew } = said
    if (isNew) {
      await this.#options.appEvents.emit(projectId, 'message:finished', { message: presentMessage(message) })
      await this.#read(message, author)
      // Now, so that what comes next is asked with that in the spec.
      await this.#options.runs.runNext(projectId)
    }
    return askedOf(message)
  }

  /** Ends a message that waits or is being written. Errors: message_ended. */
  async stop(projectId: ProjectId, messageId: string): Promise<InterviewMessage> {
    // First: the words stop at once, whatever the database does.
    this.#options.runs.stopWriting(projectId, messageId)
    const message = await this.#options.store.wantStop(projectId, messageId)
    if (message === null) {
      const known = await this.#find(projectId, messageId)
      if (known.state !== 'stopped') throw new AppError('message_ended')
      return presentMessage(known)
    }
    if (message.state === 'stopped') {
      await this.#options.appEvents.emit(projectId, 'message:finished', { message: presentMessage(message) })
    }
    return presentMessage(message)
  }

  /** Passes over the open question; another follows. Errors: message_not_open. */
  async skip(projectId: ProjectId, messageId: string, userId: UserId): Promise<InterviewMessage> {
    await this.#admit(projectId, userId)
    const skipped = await this.#options.store.skip(projectId, messageId, userId)
    if (skipped === null) throw new AppError('message_not_open')
    await this.#options.appEvents.emit(projectId, 'message:finished', { message: presentMessage(skipped) })
    await this.#options.runs.runNext(projectId)
    return presentMessage(skipped)
  }

  /** Has a message that ended early written on. Errors: message_not_cut. */
  async goOn(projectId: ProjectId, messageId: string, userId: UserId): Promise<Asked> {
    await this.#admit(projectId, userId)
    const message = await this.#options.store.goOn(projectId, messageId)
    if (message === null) throw new AppError('message_not_cut')
    return this.#begin(message)
  }

  /** Has another message written in place of one that ended early. Errors: message_not_cut. */
  async retry(projectId: ProjectId, messageId: string, userId: UserId): Promise<Asked> {
    await this.#admit(projectId, userId)
    const message = await this.#options.store.retry(projectId, messageId, userId)
    if (message === null) throw new AppError('message_not_cut')
    return this.#begin(message)
  }

  /** Switches it for everyone. */
  async setMode(projectId: ProjectId, mode: InterviewMode): Promise<{ mode: InterviewMode }> {
    if (await this.#options.store.setMode(projectId, mode)) await this.#options.appEvents.emit(projectId, 'interview', { mode })
    return { mode }
  }

  /** A page of the conversation, oldest first. */
  async list(projectId: ProjectId, before: number | undefined, limit: number) {
    const { store } = this.#options
    // One more than asked tells whether there are earlier ones.
    const [rows, mode] = await Promise.all([store.list(projectId, before ?? null, limit + 1), store.mode(projectId)])
    const page = rows.slice(0, limit)
    const nextCursor = rows.length > limit ? (page.at(-1)?.number ?? null) : null
    return { items: page.toReversed().map(presentMessage), nextCursor, mode }
  }

  /** Tells `viewer` the words of whatever is written in a project; see `StreamFeed`. */
  watch(projectId: ProjectId, viewer: Viewer): () => void {
    return this.#options.runs.feed.watch(projectId, viewer)
  }

  /** A message, and its words from an offset on; what `viewer` is told goes on behind them. Errors: not_found. */
  async resume(
    projectId: ProjectId,
    messageId: string,
    { offset, viewer }: { offset: number; viewer?: Viewer | undefined },
  ): Promise<Resumed> {
    const { feed } = this.#options.runs
    const read = await this.#find(projectId, messageId)
    // It may have ended since it was read, and then its last words are stored.
    const row = read.state === 'running' && feed.hasEnded(projectId, messageId) ? await this.#find(projectId, messageId) : read
    const isRunning = row.state === 'running' && !feed.hasEnded(projectId, messageId)
    const text = isRunning ? feed.resume({ projectId, messageId, offset, text: '' }, viewer, row.text) : row.text.slice(offset)
    return { message: presentMessage(row), text }
  }

  async #find(projectId: ProjectId, messageId: string): Promise<MessageRow> {
    const row = await this.#options.store.find(projectId, messageId)
    if (row === null) throw new AppError('not_found')
    return row
  }

  async #read(message: MessageRow, author: AnswerAuthor): Promise<void> {
    const question = message.replyTo === null ? null : await this.#options.store.find(message.projectId, message.replyTo)
    await this.#options.answerItems.take(message, question, author)
  }

  async #begin(message: MessageRow): Promise<Asked> {
    if (message.state !== 'queued') return askedOf(message)
    await this.#options.runs.runNext(message.projectId)
    return askedOf(await this.#find(message.projectId, message.id))
  }

  async #admit(projectId: ProjectId, userId: UserId): Promise<void> {
    await this.#perPerson.admit(userId)
    await this.#perProject.admit(projectId)
  }
}

function askedOf(row: MessageRow): Asked {
  const { id, state, position } = presentMessage(row)
  return { messageId: id, state, position }
}
