// Changes of rights, wherever they were made: each is heard once on this node, within a moment, and none is missed.

import type { Sessions } from '../auth/sessions.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { Notifications } from '../store/notifications.ts'
import type { RightsChange, RightsChangesStore } from '../store/rights-changes-store.ts'

/** A change of what somebody may do in a project, or of what anybody may. */
export interface AccessChange {
  projectId: string
  /** Null: everyone in it. */
  userId: string | null
}

export interface RightsWatchOptions {
  store: RightsChangesStore
  notifications: Notifications
  sessions: Sessions
  log: Log
}

/**
 * How far back is read after the line was lost. Ids are given out before the commit, so "those after the last id" would pass over one that
 * committed late; a time with plenty of overlap, and each id once, does not.
 */
const overlapSeconds = 60
/** Read besides, in case a line is deaf in a way that nobody thought of. */
const readEveryMs = 10_000
const pruneEveryMs = 60 * 60 * 1_000

/** A service: `start` resolves once it listens. */
export class RightsWatch implements Service {
  readonly name = 'rights-watch'
  readonly #options: RightsWatchOptions
  readonly #listeners = new Set<(change: AccessChange) => void>()
  /** When each id was heard, in ms; forgotten after twice the overlap. */
  readonly #heard = new Map<string, number>()
  /** Until when all has been heard; a longer gap is read from there. */
  #wholeAtMs = Date.now()
  #timers: ReturnType<typeof setInterval>[] = []

  constructor(options: RightsWatchOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    await this.#options.notifications.listen({
      onMessage: (payload) => this.#hear(payload),
      onListening: () => void this.#catchUp(),
    })
    this.#timers = [setInterval(() => void this.#catchUp(), readEveryMs), setInterval(() => void this.#prune(), pruneEveryMs)]
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.#options.notifications.stop()
  }

  /** Calls `listener` for each change of access. Must not throw. Gives the way to stop. */
  onAccessChange(listener: (change: AccessChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #catchUp(): Promise<void> {
    const startedAtMs = Date.now()
    try {
      const missedSeconds = Math.ceil((startedAtMs - this.#wholeAtMs) / 1_000)
      for (const change of await this.#options.store.since(missedSeconds + overlapSeconds)) this.#take(change)
      this.#wholeAtMs = startedAtMs
      this.#forgetOld(startedAtMs)
    } catch (error) {
      // Read again at the next chance, from where it was whole.
      this.#options.log.warn({ err: error }, 'rights_watch.read_failed')
    }
  }

  /** Anybody with the database may notify: what is no change is a reason to read those that are. */
  #hear(payload: string): void {
    let change: RightsChange
    try {
      change = JSON.parse(payload) as RightsChange
    } catch (error) {
      this.#options.log.warn({ err: error }, 'rights_watch.not_a_change')
      void this.#catchUp()
      return
    }
    this.#take(change)
  }

  #take(change: RightsChange): void {
    if (this.#heard.has(change.id)) return
    this.#heard.set(change.id, Date.now())
    const { sessions } = this.#options
    if (change.tokenHash !== null) sessions.revoke(change.tokenHash)
    else if (change.projectId === null) {
      if (change.userId !== null) sessions.revokeUser(change.userId)
    } else {
      for (const listener of this.#listeners) listener({ projectId: change.projectId, userId: change.userId })
    }
  }

  #forgetOld(nowMs: number): void {
    // A Map keeps the order of insertion: the first one that is young ends it.
    for (const [id, atMs] of this.#heard) {
      if (nowMs - atMs < 2 * overlapSeconds * 1_000) return
      this.#heard.delete(id)
    }
  }

  async #prune(): Promise<void> {
    try {
      await this.#options.store.prune()
    } catch (error) {
      this.#options.log.warn({ err: error }, 'rights_watch.prune_failed')
    }
  }
}
