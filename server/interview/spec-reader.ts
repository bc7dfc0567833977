// The spec as an interviewer sees it: items, marked gaps, open conflicts, phase and how full each category is.

import { setTimeout as wait } from 'node:timers/promises'
import type { ProjectId } from '../../shared/ids.ts'
import type { Gap } from '../../shared/spec/spec-item.ts'
import type { Conflict } from '../../shared/wire/conflicts.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { Quality } from '../../shared/wire/quality.ts'
import type { SpecNow } from './interviewer.ts'

/** Where it is read. */
export interface SpecSources {
  items: { current(projectId: ProjectId): Promise<readonly Item[]>; gaps(projectId: ProjectId): Promise<readonly Gap[]> }
  conflicts: {
    list(projectId: ProjectId, status: 'open'): Promise<readonly Conflict[]>
    /** Resolves when what changed last is being looked at no more. */
    settled(projectId: ProjectId): Promise<void>
  }
  qualities: { assess(projectId: ProjectId, known?: readonly Item[]): Promise<{ quality: Pick<Quality, 'phase' | 'categories'> }> }
}

/** What clashes is found in less, but for the first time after a start. */
const patienceMs = 500

export class SpecReader {
  readonly #sources: SpecSources

  constructor(sources: SpecSources) {
    this.#sources = sources
  }

  /** All of it, of the text as it is now. Errors: not_found, store_unavailable, overloaded. */
  async read(projectId: ProjectId): Promise<SpecNow> {
    const { items, conflicts, qualities } = this.#sources
    const current = await items.current(projectId)
    await Promise.race([conflicts.settled(projectId), wait(patienceMs, undefined, { ref: false })])
    const [gaps, open, { quality }] = await Promise.all([
      items.gaps(projectId),
      conflicts.list(projectId, 'open'),
      qualities.assess(projectId, current),
    ])
    return {
      items: current,
      phase: quality.phase,
      coverage: Object.fromEntries(quality.categories.map(({ key, percent }) => [key, percent])),
      gaps,
      conflicts: open.filter(({ kind }) => kind !== 'redundancy'),
    }
  }
}
