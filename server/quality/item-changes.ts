// When items were changed: kept by occasions of ten minutes, so that typing is one change and several nodes may note the same.

import type { Log } from '../base/log.ts'
import type { QualityStore } from '../store/quality-store.ts'
import type { SourceItem } from './sources.ts'

export interface ItemChangesOptions {
  store: Pick<QualityStore, 'noteOccasions'>
  log: Log
  /** The time, in ms since 1970. */
  now?: (() => number) | undefined
}

const occasionMs = 10 * 60 * 1_000
const occasionsPerDay = (24 * 60 * 60 * 1_000) / occasionMs
/** The longest time over which a project may watch for changes. */
const keptDays = 90

export class ItemChanges {
  readonly #options: ItemChangesOptions
  readonly #noting = new Map<string, Promise<void>>()

  constructor(options: ItemChangesOptions) {
    this.#options = options
  }

  /** Notes when the words of these items changed: a node that opens a document hears of all its items, changed or not. */
  note(projectId: string, items: readonly SourceItem[], changedIds: readonly string[]): void {
    const ids = new Set(changedIds)
    const keptFrom = this.since(keptDays)
    const changes = items
      .filter(({ id }) => ids.has(id))
      .map(({ id, updatedAt }) => ({ itemId: id, occasion: Math.floor(Date.parse(updatedAt) / occasionMs) }))
      .filter(({ occasion }) => occasion >= keptFrom)
    if (changes.length === 0) return
    const before = this.#noting.get(projectId)
    const noting: Promise<void> = this.#write(projectId, changes, before).then(() => {
      if (this.#noting.get(projectId) === noting) this.#noting.delete(projectId)
    })
    this.#noting.set(projectId, noting)
  }

  /** Resolves when what was noted so far is kept. */
  async settled(projectId: string): Promise<void> {
    await this.#noting.get(projectId)
  }

  /** The occasion that was so many days ago. */
  since(days: number): number {
    return Math.floor((this.#options.now ?? Date.now)() / occasionMs) - days * occasionsPerDay
  }

  async #write(
    projectId: string,
    changes: readonly { itemId: string; occasion: number }[],
    before: Promise<void> | undefined,
  ): Promise<void> {
    await before
    try {
      await this.#options.store.noteOccasions({ projectId, changes, keptFrom: this.since(keptDays) })
    } catch (error) {
      this.#options.log.warn({ err: error, projectId }, 'quality.change_not_noted')
    }
  }
}
