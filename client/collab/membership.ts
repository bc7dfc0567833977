// Being in the project: joins when the line opens, again when a join fails for the moment, and knows when it is in.

import type { ErrorBody } from '../../shared/errors.ts'
import type { JoinResult } from '../../shared/wire/events.ts'
import { backoffMs } from '../../shared/backoff.ts'
import type { Connection, Outcome } from '../net/connection.ts'

/** `away`: nothing to join by yet. `waiting`: the last try failed, the next is at `nextTryAt`. */
export type MembershipPhase =
  | { readonly state: 'away'; readonly attempt: number }
  | { readonly state: 'joining'; readonly attempt: number }
  | { readonly state: 'waiting'; readonly attempt: number; readonly nextTryAt: number }
  | { readonly state: 'joined' }

export interface MembershipHooks {
  /** The epoch of the local copy, asked at each try. */
  epoch(): number | null
  /** The last app event that was told here, asked at each try. */
  sinceEventId(): number | null
  /** Called with the answer, before anything the server sends behind it is heard. */
  onJoined(result: JoinResult): void
  /** Called when a membership ends: the line went, or `rejoin` was called. */
  onLeft(): void
  /** A refusal that trying again cannot help. */
  onRefused(error: ErrorBody): void
  onChange(): void
}

export interface MembershipOptions {
  projectId: string
  connection: Connection
  joinTimeoutMs: number
  random: () => number
  hooks: MembershipHooks
}

const firstRetryMs = 250
const maxRetryMs = 10_000
/** A membership that lasted this long was a good one: the next failure starts from the shortest wait again. */
const stableMs = 5_000

/** One project's membership over a connection that comes and goes. */
export class Membership {
  readonly #options: MembershipOptions
  #phase: MembershipPhase = { state: 'away', attempt: 0 }
  #attempt = 0
  #tries = 0
  #joinedAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #isActive = false
  #stopListening: () => void = () => undefined

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  get phase(): MembershipPhase {
    return this.#phase
  }

  get isJoined(): boolean {
    return this.#phase.state === 'joined'
  }

  /** Joins as soon as the line is open. Call it once the local copy's epoch is known. */
  start(): void {
    this.#isActive = true
    this.#stopListening = this.#options.connection.subscribe(() => this.#onLine())
    this.#onLine()
  }

  /** Stops for good and tells the server, when it is there to be told. */
  stop(): void {
    if (!this.#isActive) return
    this.#isActive = false
    this.#stopListening()
    if (this.#phase.state !== 'away') this.#options.connection.leave(this.#options.projectId)
    this.#leave({ state: 'away', attempt: 0 })
  }

  /** The server does not count this one in any more, or its answers make no sense: joins anew, after a wait. */
  rejoin(): void {
    if (this.#isActive && this.isJoined) this.#wait()
  }

  retryNow(): void {
    if (this.#phase.state === 'waiting') this.#join()
  }

  #onLine(): void {
    if (!this.#options.connection.isOpen) {
      if (this.#phase.state !== 'away') this.#leave({ state: 'away', attempt: this.#attempt })
    } else if (this.#phase.state === 'away') {
      this.#join()
    }
  }

  #join(): void {
    const { projectId, connection, joinTimeoutMs, hooks } = this.#options
    const epoch = hooks.epoch()
    const sinceEventId = hooks.sinceEventId()
    const tries = ++this.#tries
    clearTimeout(this.#timer)
    this.#phase = { state: 'joining', attempt: this.#attempt }
    const request = { projectId, chunks: true, ...(epoch === null ? {} : { epoch }), ...(sinceEventId === null ? {} : { sinceEventId }) }
    connection.join(request, joinTimeoutMs, (outcome) => {
      if (tries === this.#tries && this.#phase.state === 'joining') this.#onOutcome(outcome)
    })
    hooks.onChange()
  }

  #onOutcome(outcome: Outcome<JoinResult>): void {
    if (outcome.type === 'ok') {
      this.#joinedAt = Date.now()
      this.#phase = { state: 'joined' }
      this.#options.hooks.onJoined(outcome.value)
    } else if (outcome.type === 'refused' && !outcome.error.retryable) {
      this.#options.hooks.onRefused(outcome.error)
    } else if (outcome.type === 'lost') {
      // The line says so itself too, in its own time.
      this.#onLost()
    } else {
      this.#wait()
    }
  }

  #onLost(): void {
    if (this.#options.connection.isOpen) {
      this.#wait()
    } else {
      this.#leave({ state: 'away', attempt: this.#attempt })
    }
  }

  #wait(): void {
    this.#attempt = this.isJoined && Date.now() - this.#joinedAt >= stableMs ? 1 : this.#attempt + 1
    const waitMs = backoffMs(this.#attempt, { firstMs: firstRetryMs, maxMs: maxRetryMs, random: this.#options.random })
    this.#leave({ state: 'waiting', attempt: this.#attempt, nextTryAt: Date.now() + waitMs })
    this.#timer = setTimeout(() => this.#join(), waitMs)
  }

  #leave(next: MembershipPhase): void {
    const wasJoined = this.isJoined
    clearTimeout(this.#timer)
    this.#tries++
    this.#phase = next
    if (wasJoined) this.#options.hooks.onLeft()
    this.#options.hooks.onChange()
  }
}
