// Interviews on several nodes in one process, on a real PostgreSQL and any bus, put together as the server does.

import type { AppEvent } from '../../shared/wire/app-events.ts'
import type { InterviewMessage, MessageDelta } from '../../shared/wire/interview.ts'
import { AppError } from '../../shared/errors.ts'
import type { Bus } from '../../server/base/bus.ts'
import { createLog } from '../../server/base/log.ts'
import { RateLimits } from '../../server/base/rate-limits.ts'
import { AnswerItems } from '../../server/interview/answer-items.ts'
import { Interview } from '../../server/interview/interview.ts'
import { InterviewRuns } from '../../server/interview/interview-runs.ts'
import type { SpecNow } from '../../server/interview/interviewer.ts'
import { Learning } from '../../server/interview/learning.ts'
import type { StreamTiming } from '../../server/interview/stream-writer.ts'
import { AppEvents } from '../../server/projects/app-events.ts'
import { createAppEventsStore } from '../../server/store/app-events-store.ts'
import { createInterviewPeopleStore } from '../../server/store/interview-people-store.ts'
import { createInterviewRunsStore, type InterviewRunsStore } from '../../server/store/interview-runs-store.ts'
import { createInterviewStore } from '../../server/store/interview-store.ts'
import type { DocumentWorld } from './document-world.ts'
import { ScriptedInterviewer } from './scripted-interviewer.ts'

export interface InterviewNodeOptions {
  world: DocumentWorld
  bus?: Bus
  timing?: Partial<StreamTiming>
  wrapRuns?: (runs: InterviewRunsStore) => InterviewRunsStore
  requestsPerMinute?: number
}

const emptySpec: SpecNow = { items: [], phase: 'discovery', coverage: {}, gaps: [], conflicts: [] }

/** One node, which sweeps when it was started. */
export class InterviewNode {
  readonly interviewer = new ScriptedInterviewer()
  readonly interview: Interview
  readonly runs: InterviewRuns
  readonly events: AppEvents

  constructor({ world, bus, timing = {}, wrapRuns = (runs) => runs, requestsPerMinute = 100_000 }: InterviewNodeOptions) {
    const store = createInterviewStore(world.database)
    const log = createLog('silent')
    this.events = new AppEvents({ store: createAppEventsStore(world.database), bus, log })
    this.runs = new InterviewRuns({
      store,
      runs: wrapRuns(createInterviewRunsStore(world.database)),
      interviewer: this.interviewer,
      spec: { read: () => Promise.resolve(emptySpec) },
      people: new Learning(createInterviewPeopleStore(world.database)),
      appEvents: this.events,
      bus,
      log,
      timing,
      sweepEveryMs: 200,
    })
    const config = { INTERVIEW_REQUESTS_PER_MINUTE: requestsPerMinute, INTERVIEW_PROJECT_REQUESTS_PER_MINUTE: 100_000 }
    const items = {
      add: () => Promise.reject(new AppError('not_found')),
      current: () => Promise.resolve([]),
      statements: () => Promise.resolve({ statements: [] }),
      clarify: () => Promise.resolve(),
    }
    const rules = { tryOut: () => Promise.resolve([]), list: () => Promise.resolve([]) }
    const proposals = { make: () => Promise.resolve(), withdraw: () => Promise.resolve(), withdrawVague: () => Promise.resolve() }
    this.interview = new Interview({
      store,
      runs: this.runs,
      answerItems: new AnswerItems({ items, rules, proposals, log }),
      appEvents: this.events,
      rateLimits: new RateLimits(),
      config,
    })
  }

  /** The first call that its interviewer has not been asked for yet, or the next one. */
  nextCall() {
    return new Promise<ScriptedInterviewer['calls'][number]>((resolve) => (this.interviewer.onCall = resolve))
  }

  async watch(projectId: string): Promise<Reader> {
    const reader = new Reader()
    const { leave } = await this.events.enter(projectId, undefined, (event) => reader.hear(event))
    const stop = this.interview.watch(projectId, reader)
    reader.leave = () => {
      leave()
      stop()
    }
    return reader
  }
}

/** Somebody who reads along and puts the words together by their offsets, as a client does. */
export class Reader {
  isBehind = false
  leave: () => void = () => undefined
  readonly deltas: MessageDelta[] = []
  readonly events: AppEvent[] = []
  readonly texts = new Map<string, string>()
  /** Offsets at which words were missing or came twice. */
  readonly faults: string[] = []
  #held: MessageDelta[] | null = null

  tell(delta: MessageDelta): void {
    this.deltas.push(delta)
    if (this.#held) this.#held.push(delta)
    else this.#append(delta)
  }

  /** Asks for what it lacks; what comes meanwhile is put behind that. */
  async comeBack(node: InterviewNode, projectId: string, messageId: string): Promise<void> {
    const text = this.textOf(messageId)
    this.#held = []
    const resumed = await node.interview.resume(projectId, messageId, { offset: text.length, viewer: this })
    this.texts.set(messageId, text + resumed.text)
    const held = this.#held
    this.#held = null
    for (const delta of held) this.#append(delta)
  }

  #append({ messageId, offset, text }: MessageDelta): void {
    const known = this.textOf(messageId)
    if (offset > known.length) this.faults.push(`${offset} after ${known.length}`)
    else this.texts.set(messageId, known + text.slice(known.length - offset))
  }

  hear(event: AppEvent): void {
    this.events.push(event)
  }

  textOf(messageId: string): string {
    return this.texts.get(messageId) ?? ''
  }

  /** How a message ended, as far as this one heard. */
  endOf(messageId: string): InterviewMessage | { state: 'failed' } | undefined {
    for (const { event, message, messageId: failedId } of this.events) {
      if (event === 'message:failed' && failedId === messageId) return { state: 'failed' }
      if (event === 'message:finished' && (message as InterviewMessage).id === messageId) return message as InterviewMessage
    }
    return undefined
  }
}
