// Which messages this node writes: takes the next of a project's queue, and ends what a dead node has left.

import { randomUUID } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Bus } from '../base/bus.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { AppEvents } from '../projects/app-events.ts'
import type { InterviewRunsStore } from '../store/interview-runs-store.ts'
import type { InterviewStore, MessageRow } from '../store/interview-store.ts'
import type { InterviewContext, Interviewer, PersonHabits, SpecNow } from './interviewer.ts'
import { presentMessage } from './present-message.ts'
import { StreamFeed } from './stream-feed.ts'
import { StreamWriter, usualTiming, type StreamTiming } from './stream-writer.ts'

export interface InterviewRunsOptions {
  store: InterviewStore
  runs: InterviewRunsStore
  interviewer: Interviewer
  /** The spec of a project as it is now. */
  spec: { read(projectId: ProjectId): Promise<SpecNow> }
  /** What is known of how somebody answers. */
  people: { habitsOf(projectId: ProjectId, userId: UserId): Promise<PersonHabits> }
  appEvents: AppEvents
  bus?: Bus | undefined
  log: Log
  timing?: Partial<StreamTiming>
  sweepEveryMs?: number
}

const usuallySweepMs = 2_000
/** Nodes that have heard a message end it first: they may have more of its text than the database. */
const graceMs = 2_000
const maxProjectsASweep = 100
/** How much of the conversation an interviewer is given. */
const conversationLines = 200

export class InterviewRuns implements Service {
  readonly name = 'interview'
  readonly feed: StreamFeed
  readonly #options: InterviewRunsOptions
  readonly #timing: StreamTiming
  readonly #writers = new Map<string, { writer: StreamWriter; done: Promise<void> }>()
  #sweepTimer: ReturnType<typeof setTimeout> | undefined
  #isDraining = false

  constructor(options: InterviewRunsOptions) {
    this.#options = options
    this.#timing = { ...usualTiming, ...options.timing }
    this.feed = new StreamFeed({ bus: options.bus, onStop: (messageId) => this.#writers.get(messageId)?.writer.stop() })
  }

  start(): void {
    this.#sweepTimer = setTimeout(() => void this.#sweep(), this.#options.sweepEveryMs ?? usuallySweepMs)
  }

  drain(): void {
    this.#isDraining = true
    clearTimeout(this.#sweepTimer)
    for (const { writer } of this.#writers.values()) writer.drain()
  }

  async stop(): Promise<void> {
    this.drain()
    await Promise.all([...this.#writers.values()].map(({ done }) => done))
  }

  /** Writes the next message of a project's queue here, if nothing of the project is under way; nobody waits for its words. */
  async runNext(projectId: ProjectId): Promise<void> {
    if (this.#isDraining) return
    const runId = randomUUID()
    const message = await this.#options.runs.claimNext(projectId, runId, this.#timing.lease)
    if (message === null) return
    const done = this.#write(message, runId).catch((error: unknown) => this.#options.log.error({ err: error }, 'interview.run_failed'))
    void done.finally(() => this.#afterwards(projectId))
  }

  /** Ends a message that is written on any node, or waits. */
  stopWriting(projectId: ProjectId, messageId: string): void {
    const here = this.#writers.get(messageId)
    if (here) here.writer.stop()
    else this.feed.askToStop(projectId, messageId)
  }

  async #write(message: MessageRow, runId: string): Promise<void> {
    const { interviewer, runs, appEvents, log } = this.#options
    const { id, projectId, text } = message
    this.feed.begin(projectId, id, text)
    const { promise: done, resolve } = Promise.withResolvers<void>()
    try {
      const writer = new StreamWriter({
        message,
        runId,
        context: () => this.#contextOf(message),
        interviewer,
        runs,
        write: (delta) => this.feed.write(delta),
        timing: this.#timing,
        log,
      })
      this.#writers.set(id, { writer, done })
      if (this.#isDraining) writer.drain()
      // Before its first words, which are no events and would overtake it.
      await appEvents
        .emit(projectId, 'message:started', { message: presentMessage(message) })
        .catch((error: unknown) => log.warn({ err: error }, 'interview.start_untold'))
      const ended = await writer.run().finally(() => this.#forget(projectId, id))
      if (ended && ended.state !== 'queued') await this.#announce(ended)
    } finally {
      resolve()
    }
  }

  #forget(projectId: ProjectId, messageId: string): void {
    this.#writers.delete(messageId)
    this.feed.end(projectId, messageId, { isWriter: true })
  }

  async #contextOf({ id, projectId, kind, authorId, text, ...about }: MessageRow): Promise<InterviewContext> {
    const { store, spec, people } = this.#options
    const [rows, before, now, person] = await Promise.all([
      store.list(projectId, null, conversationLines),
      store.asked(projectId),
      spec.read(projectId),
      people.habitsOf(projectId, authorId),
    ])
    const conversation = rows.filter((row) => row.id !== id && row.text !== '').toReversed()
    const asked = before.filter((question) => question.id !== id)
    return { ...now, projectId, kind: kind ?? 'question', authorId, person, asked, conversation, soFar: text, about }
  }

  async #announce(message: MessageRow): Promise<void> {
    const { appEvents } = this.#options
    const shown = presentMessage(message)
    if (message.state === 'failed') await appEvents.emit(message.projectId, 'message:failed', { messageId: message.id, error: failed })
    else await appEvents.emit(message.projectId, 'message:finished', { message: shown })
  }

  #afterwards(projectId: ProjectId): void {
    this.runNext(projectId).catch((error: unknown) => this.#options.log.warn({ err: error }, 'interview.next_put_off'))
  }

  async #sweep(): Promise<void> {
    try {
      await this.#endAbandoned()
      await this.#compareHeard()
      for (const projectId of await this.#options.runs.waitingProjects(maxProjectsASweep)) await this.runNext(projectId)
    } catch (error) {
      this.#options.log.warn({ err: error }, 'interview.sweep_failed')
    } finally {
      if (!this.#isDraining) this.start()
    }
  }

  async #endAbandoned(): Promise<void> {
    this.feed.repeatWants()
    for (const message of await this.#options.runs.takeOver(this.feed.heard(), graceMs)) {
      this.#options.log.warn({ messageId: message.id }, 'interview.taken_over')
      this.feed.end(message.projectId, message.id, { isWriter: false })
      await this.#announce(message)
    }
  }

  /** What was heard of and has ended meanwhile: its end was lost on the way. */
  async #compareHeard(): Promise<void> {
    const heard = this.feed.heard()
    if (heard.length === 0) return
    for (const { id, projectId, state } of await this.#options.runs.read(heard.map(({ messageId }) => messageId))) {
      if (state === 'running') continue
      this.feed.end(projectId, id, { isWriter: false })
      this.#options.appEvents.lookAgain(projectId)
    }
  }
}

const failed = { ...new AppError('interviewer_failed').toBody() }
