// What becomes of open connections when rights change: each that is concerned is looked at anew, and goes or gets its new role.

import { AppError } from '../../shared/errors.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { Session } from '../auth/sessions.ts'
import { documentRole, type Access } from '../projects/access.ts'
import type { AccessChange, RightsWatch } from '../projects/rights-watch.ts'

/** Someone in a project's document, through either door. */
export interface Seat {
  readonly session: Session
  readonly projectId: string
  readonly role: Role
  /** What its person is called there. */
  readonly memberName: string
  /** Shows another name from now on. */
  rename(name: string): void
  /** Acts in another role from the next message on, and says so. */
  changeRole(role: Role, reason: AccessReason): void
  /** Takes them out, and says why. */
  loseAccess(): void
}

/** Why somebody's access is another now. */
export type AccessReason = 'role_changed' | 'archived'

export interface AccessReviewOptions {
  rightsWatch: RightsWatch
  access: Access
  log: Log
}

/** No entry takes so long: changes are remembered for it, so that who was on the way in meanwhile does not keep what they had. */
const longestEntryMs = 60_000
const retryMs = 500

export class AccessReview implements Service {
  readonly name = 'access-review'
  readonly #options: AccessReviewOptions
  readonly #seats = new Map<string, Set<Seat>>()
  readonly #stopListening: () => void
  #changes: { change: AccessChange; atMs: number }[] = []
  #isStopped = false

  constructor(options: AccessReviewOptions) {
    this.#options = options
    this.#stopListening = options.rightsWatch.onAccessChange((change) => this.#take(change))
  }

  stop(): void {
    this.#isStopped = true
    this.#stopListening()
  }

  /** Watches over a seat whose rights were looked up from `sinceMs` on (`performance.now()`). Gives the way to stop. */
  watch(seat: Seat, sinceMs: number): () => void {
    const seats = this.#seats.get(seat.projectId) ?? new Set()
    this.#seats.set(seat.projectId, seats.add(seat))
    if (this.#changes.some(({ change, atMs }) => atMs >= sinceMs && concerns(change, seat))) void this.#review(seat)
    return () => {
      seats.delete(seat)
      if (seats.size === 0 && this.#seats.get(seat.projectId) === seats) this.#seats.delete(seat.projectId)
    }
  }

  #take(change: AccessChange): void {
    const atMs = performance.now()
    this.#changes = [...this.#changes.filter((entry) => atMs - entry.atMs < longestEntryMs), { change, atMs }]
    for (const seat of this.#seats.get(change.projectId) ?? []) if (concerns(change, seat)) void this.#review(seat)
  }

  /** Asks until there is an answer: a right that was lost while the database is away is gone when it is back. */
  async #review(seat: Seat): Promise<void> {
    while (!this.#isStopped && this.#seats.get(seat.projectId)?.has(seat) === true) {
      try {
        await this.#apply(seat)
        return
      } catch (error) {
        this.#options.log.warn({ err: error, projectId: seat.projectId }, 'access_review.put_off')
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
  }

  async #apply(seat: Seat): Promise<void> {
    const granted = await this.#ask(seat)
    // Gone by itself meanwhile.
    if (this.#seats.get(seat.projectId)?.has(seat) !== true) return
    if (granted === null) {
      seat.loseAccess()
      return
    }
    if (granted.memberName !== seat.memberName) seat.rename(granted.memberName)
    const role = documentRole(granted)
    if (role !== seat.role) seat.changeRole(role, granted.project.archivedAt === null ? 'role_changed' : 'archived')
  }

  async #ask({ session, projectId }: Seat) {
    try {
      return await this.#options.access.requireRole(session, projectId, 'read')
    } catch (error) {
      if (error instanceof AppError && !error.retryable) return null
      throw error
    }
  }
}

function concerns({ projectId, userId }: AccessChange, { session, projectId: ofSeat }: Seat): boolean {
  return projectId === ofSeat && (userId === null || userId === session.userId)
}
