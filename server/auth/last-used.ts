// When sessions and API tokens were last used: gathered here, written together, so that no request waits for it.

import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { AccountSessionsStore } from '../store/account-sessions-store.ts'
import type { Session } from './sessions.ts'

export interface LastUsedOptions {
  store: Pick<AccountSessionsStore, 'noteUse'>
  log: Log
}

/** How late a use may be seen in a list, in ms. */
const flushEveryMs = 15_000

/** INVARIANT: an id is held until it was written once, whatever failed in between. */
export class LastUsed implements Service {
  readonly name = 'last-used'
  readonly #options: LastUsedOptions
  #sessions = new Set<string>()
  #apiTokens = new Set<string>()
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(options: LastUsedOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => void this.flush(), flushEveryMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  /** Notes a use; called when a token was looked up, not each time it was known from memory. */
  note({ id, scopes }: Pick<Session, 'id' | 'scopes'>): void {
    const ids = scopes === null ? this.#sessions : this.#apiTokens
    ids.add(id)
  }

  /** Writes what was noted. A failure is logged: the uses are written the next time. */
  async flush(): Promise<void> {
    if (this.#sessions.size + this.#apiTokens.size === 0) return
    const [sessions, apiTokens] = [this.#sessions, this.#apiTokens]
    this.#sessions = new Set()
    this.#apiTokens = new Set()
    try {
      await this.#options.store.noteUse({ sessions: [...sessions], apiTokens: [...apiTokens] })
    } catch (error) {
      for (const id of sessions) this.#sessions.add(id)
      for (const id of apiTokens) this.#apiTokens.add(id)
      this.#options.log.warn({ err: error }, 'auth.last_used_not_written')
    }
  }
}
