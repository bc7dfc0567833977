// A network in memory for provider tests: each line delivers in order but late, and loses all that is under way when it drops.

import { toAppEvent } from '../../client/net/app-event.ts'
import type { Connection, ConnectionStatus, OnOutcome, YjsMessage } from '../../client/net/connection.ts'
import { outcomeOf } from '../../client/net/connection.ts'
import { Listeners } from '../../client/net/listeners.ts'
import type { AppEvent } from '../../shared/wire/app-events.ts'
import type { Ack, AskedEvents, JoinRequest, JoinResult, ServerEvents } from '../../shared/wire/events.ts'
import type { ErrorBody } from '../../shared/errors.ts'
import type { PeerClient, WirePeer } from './wire-peer.ts'

export interface LinkOptions {
  name: string
  /** Who answers for a project; one line may carry several. */
  peers: WirePeer[]
  /** The time one message takes; asked for each. Two lines thereby overtake each other, one line never overtakes itself. */
  delayMs: () => number
  /** How long after a drop the line is made anew; null: only by `restore`. */
  reconnectMs: (() => number) | null
}

interface Question {
  settle(outcome: { type: 'answered'; answer: Ack } | { type: 'lost' | 'timeout' }): void
}

/** One client's line, over a simulated network; timers are the test's. */
export class Link implements Connection {
  readonly #options: LinkOptions
  readonly #statusListeners = new Listeners()
  readonly #eventListeners = new Map<string, Listeners<unknown[]>>()
  readonly #numberedListeners = new Listeners<[AppEvent]>()
  #status: ConnectionStatus = { state: 'connecting' }
  #end: LineEnd | null = null
  #questions = new Set<Question>()
  #timer: ReturnType<typeof setTimeout> | undefined
  retries = 0
  joins: JoinRequest[] = []

  constructor(options: LinkOptions) {
    this.#options = options
    this.#timer = setTimeout(() => this.restore(), options.delayMs())
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  get isOpen(): boolean {
    return this.#end !== null
  }

  subscribe(listener: () => void): () => void {
    return this.#statusListeners.add(listener)
  }

  on<Name extends keyof ServerEvents>(name: Name, listener: ServerEvents[Name]): () => void {
    let listeners = this.#eventListeners.get(name)
    if (listeners === undefined) {
      listeners = new Listeners()
      this.#eventListeners.set(name, listeners)
    }
    return listeners.add(listener as (...args: unknown[]) => void)
  }

  onNumbered(listener: (event: AppEvent) => void): () => void {
    return this.#numberedListeners.add(listener)
  }

  join(request: JoinRequest, timeoutMs: number, onOutcome: OnOutcome<JoinResult>): void {
    this.joins.push(request)
    this.#ask('project:join', [request], { timeoutMs, onOutcome: onOutcome as OnOutcome })
  }

  leave(projectId: string): void {
    this.#ask('project:leave', [{ projectId }], { timeoutMs: 1_000, onOutcome: () => undefined })
  }

  sendYjs({ projectId, bytes, epoch, timeoutMs }: YjsMessage, onOutcome: OnOutcome): void {
    this.#ask('yjs', [projectId, bytes.slice(), epoch ?? undefined], { timeoutMs, onOutcome })
  }

  ask<Name extends keyof AskedEvents>(
    name: Name,
    request: AskedEvents[Name]['request'],
    onOutcome: OnOutcome<AskedEvents[Name]['result']>,
  ): void {
    // The peer of these tests answers with what belongs to the name.
    this.#ask(name, [request], { timeoutMs: 30_000, onOutcome: onOutcome as OnOutcome })
  }

  retryNow(): void {
    this.retries++
  }

  close(): void {
    this.#lose()
    this.#setStatus({ state: 'closed', error: null })
  }

  /** The server refused the line for good. */
  refuse(error: ErrorBody): void {
    this.#lose()
    this.#setStatus({ state: 'closed', error })
  }

  /** The line is cut; what is under way in either direction is lost. */
  drop(): void {
    if (this.#status.state !== 'closed') {
      this.#lose()
      const { reconnectMs } = this.#options
      const waitMs = reconnectMs === null ? null : reconnectMs()
      this.#timer = waitMs === null ? undefined : setTimeout(() => this.restore(), waitMs)
      this.#setStatus({ state: 'reconnecting', attempt: 1, nextTryAt: waitMs === null ? null : Date.now() + waitMs })
    }
  }

  /** The line is made anew. */
  restore(): void {
    clearTimeout(this.#timer)
    if (this.#end === null && this.#status.state !== 'closed') {
      this.#end = new LineEnd(this.#options, (event, args) => this.#hear(event, args))
      this.#setStatus({ state: 'connected' })
    }
  }

  #hear(event: string, args: unknown[]): void {
    const numbered = toAppEvent(event, args[0])
    if (numbered) this.#numberedListeners.call(numbered)
    this.#eventListeners.get(event)?.call(...args)
  }

  #lose(): void {
    clearTimeout(this.#timer)
    const end = this.#end
    this.#end = null
    end?.cut()
    this.#statusListeners.call()
    for (const question of this.#questions) question.settle({ type: 'lost' })
  }

  #ask(event: string, args: unknown[], { timeoutMs, onOutcome }: { timeoutMs: number; onOutcome: OnOutcome }): void {
    const end = this.#end
    if (end === null) {
      queueMicrotask(() => onOutcome({ type: 'lost' }))
      return
    }
    const question: Question = {
      settle: (result) => {
        clearTimeout(timer)
        if (this.#questions.delete(question)) {
          onOutcome(result.type === 'answered' ? outcomeOf(result.answer) : { type: result.type })
        }
      },
    }
    const timer = setTimeout(() => question.settle({ type: 'timeout' }), timeoutMs)
    this.#questions.add(question)
    end.toServer(event, args, (answer) => question.settle({ type: 'answered', answer }))
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status
    this.#statusListeners.call()
  }
}

/** One made line: two first-in-first-out queues of messages that each take their time. */
class LineEnd implements PeerClient {
  readonly name: string
  readonly #options: LinkOptions
  readonly #onEvent: (event: string, args: unknown[]) => void
  #isCut = false
  #upAt = 0
  #downAt = 0

  constructor(options: LinkOptions, onEvent: (event: string, args: unknown[]) => void) {
    this.name = options.name
    this.#options = options
    this.#onEvent = onEvent
  }

  /** Both sides forget each other; the server hears of it at once, which is when its next read fails. */
  cut(): void {
    this.#isCut = true
    for (const peer of this.#options.peers) peer.leave(this)
  }

  emit(event: string, ...args: unknown[]): void {
    this.#down(() => this.#onEvent(event, args))
  }

  toServer(event: string, args: unknown[], onAnswer: (answer: Ack) => void): void {
    const projectId = event === 'yjs' ? args[0] : (args[0] as { projectId: string }).projectId
    const peer = this.#options.peers.find((candidate) => candidate.projectId === projectId)
    this.#upAt = this.#later(this.#upAt, () => peer?.receive(this, event, args, (answer) => this.#down(() => onAnswer(answer))))
  }

  #down(deliver: () => void): void {
    this.#downAt = this.#later(this.#downAt, deliver)
  }

  #later(lastAt: number, deliver: () => void): number {
    const at = Math.max(lastAt, Date.now() + this.#options.delayMs())
    setTimeout(() => {
      if (!this.#isCut) deliver()
    }, at - Date.now())
    return at
  }
}
