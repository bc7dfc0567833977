// The audit log: who did what to whom, kept apart from what was done, and for a time.

import type { AuditKind } from '../../shared/domain/audit-kinds.ts'
import { toAppError } from '../../shared/errors.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { AuditEvent, AuditList, AuditQuery } from '../../shared/wire/audit.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { AuditRow, AuditStore } from '../store/audit-store.ts'

export interface AuditOptions {
  store: AuditStore
  log: Log
  config: Pick<Config, 'AUDIT_RETENTION_DAYS'>
}

export interface RecordedEvent {
  kind: AuditKind
  /** Who did it; null where nobody was signed in. */
  actorId: UserId | null
  /** Owners of this project can read it. */
  projectId?: ProjectId
  /** Whom it was done to. An event without a project is shown to this account. */
  subjectId?: UserId
  /** Names, roles, addresses. Never a secret, nor a text of a document. */
  details?: AuditEvent['details']
}

const pruneEveryMs = 60 * 60 * 1_000

/** Records and lists. Old events go by themselves; on several nodes each drops them, which does no harm. */
export class Audit implements Service {
  readonly name = 'audit'
  readonly #options: AuditOptions
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(options: AuditOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => void this.#prune(), pruneEveryMs)
    this.#timer.unref()
    void this.#prune()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /**
   * Keeps an event. What it tells of is done already, so a failure is logged and not thrown: the person must not be told that nothing
   * happened.
   */
  async record({ kind, actorId, projectId, subjectId, details = {} }: RecordedEvent): Promise<void> {
    try {
      await this.#options.store.add({ kind, actorId, projectId: projectId ?? null, subjectId: subjectId ?? null, details })
    } catch (error) {
      const level = toAppError(error).retryable ? 'warn' : 'error'
      this.#options.log[level]({ err: error, kind, actorId, projectId, subjectId }, 'audit.not_recorded')
    }
  }

  /** A page of a project's log, newest first; whoever calls has checked the right. Errors: store_unavailable. */
  async listOfProject(projectId: ProjectId, { limit = limits.pageSize, cursor }: AuditQuery): Promise<AuditList> {
    return present(await this.#options.store.listOfProject(projectId, { before: cursor ?? null, limit: limit + 1 }), limit)
  }

  /** A page of what a person did to their account, or had done to it. Errors: store_unavailable. */
  async listOfAccount(userId: UserId, { limit = limits.pageSize, cursor }: AuditQuery): Promise<AuditList> {
    return present(await this.#options.store.listOfAccount(userId, { before: cursor ?? null, limit: limit + 1 }), limit)
  }

  async #prune(): Promise<void> {
    try {
      const dropped = await this.#options.store.prune(this.#options.config.AUDIT_RETENTION_DAYS)
      if (dropped > 0) this.#options.log.info({ dropped }, 'audit.pruned')
    } catch (error) {
      this.#options.log.warn({ err: error }, 'audit.prune_failed')
    }
  }
}

/** `rows` holds one more than `limit` when there is a next page. */
function present(rows: AuditRow[], limit: number): AuditList {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: rows.length > limit && last ? last.id : null,
  }
}
