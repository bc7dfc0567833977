// The figures that a project has otherwise than the defaults.

import { mergeFigures, tablesWith } from '../../shared/domain/own-tables.ts'
import { AppError } from '../../shared/errors.ts'
import type { UserId } from '../../shared/ids.ts'
import { ownTablesSchema, tablesSchema, type ChangeTablesRequest, type OwnTables, type TablesAnswer } from '../../shared/wire/quality.ts'
import type { Audit } from '../audit/audit.ts'
import type { QualityStore } from '../store/quality-store.ts'
import type { Qualities } from './quality.ts'

export interface OwnFiguresOptions {
  store: QualityStore
  qualities: Qualities
  audit: Audit
}

const maxTries = 5

/** Callers have checked the right. Errors of all: not_found, store_unavailable, overloaded. */
export class OwnFigures {
  readonly #options: OwnFiguresOptions

  constructor(options: OwnFiguresOptions) {
    this.#options = options
  }

  /** The tables as they hold, and what of them is the project's own. */
  async read(projectId: string): Promise<TablesAnswer> {
    const { own } = await this.#stateOf(projectId)
    return present(own)
  }

  /** Lays a change over the project's own figures; two at once are both kept. Overloaded when too many change them at once. */
  async change(projectId: string, { reset, ...change }: ChangeTablesRequest, byId: UserId): Promise<TablesAnswer> {
    const { store, audit, qualities } = this.#options
    for (let attempt = 0; attempt < maxTries; attempt++) {
      const { own, tablesRevision } = await this.#stateOf(projectId)
      // What was merged was checked part by part.
      const next = mergeFigures(reset ? {} : own, change) as OwnTables
      if (!(await store.changeTables({ projectId, own: next, revision: tablesRevision }))) continue
      await audit.record({
        kind: 'quality.tables_changed',
        actorId: byId,
        projectId,
        details: { figures: named(reset ? { reset, ...change } : change) },
      })
      await qualities.announce(projectId)
      return present(next)
    }
    throw new AppError('overloaded')
  }

  async #stateOf(projectId: string): Promise<{ own: OwnTables; tablesRevision: number }> {
    const state = await this.#options.store.read(projectId, Number.MAX_SAFE_INTEGER)
    if (!state) throw new AppError('not_found')
    return state
  }
}

function present(own: OwnTables): TablesAnswer {
  return { tables: tablesSchema.parse(tablesWith(own)), own: ownTablesSchema.parse(own) }
}

/** The names of what was changed, for the log. */
const named = (change: object): string => Object.keys(change).join(', ')
