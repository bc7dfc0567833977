// The conflicts of one spec that is open on this node: what the items' changes do to what is found among them.

import type { ConflictChecker } from './conflict-checker.ts'
import type { Finding } from './finding.ts'
import { foundConflicts } from './found-conflicts.ts'
import type { FoundConflict } from '../store/conflicts-store.ts'
import type { ConflictItem } from './subject.ts'

/** An item as the rules read it, with its number. */
export interface CheckedItem extends ConflictItem {
  readonly number: number
}

/** All items as they were in an analysis, and what changed in it. */
export interface CheckedChange {
  readonly revision: number
  readonly items: readonly CheckedItem[]
  readonly changed: readonly string[]
  readonly gone: readonly string[]
}

/** What there is in an analysis. */
export interface CheckedSpec {
  readonly revision: number
  readonly items: ReadonlyMap<string, CheckedItem>
  readonly found: readonly FoundConflict[]
}

export interface SpecCheckOptions {
  projectId: string
  checker: () => ConflictChecker
  /** All items as they are now. */
  read: () => Promise<{ revision: number; items: readonly CheckedItem[] }>
}

export class SpecCheck {
  readonly #options: SpecCheckOptions
  readonly #findings = new Map<string, Finding>()
  #items: ReadonlyMap<string, CheckedItem> = new Map()
  #waiting: CheckedChange[] = []
  #revision = 0
  #isBegun = false

  constructor(options: SpecCheckOptions) {
    this.#options = options
  }

  /** Notes what an analysis found; it is looked at by the next `look`. */
  note(change: CheckedChange): void {
    // Before it is begun, all is read anyway.
    if (this.#isBegun) this.#waiting.push(change)
  }

  /** What is there after all that was noted. Errors: those of reading; then everything is read anew the next time. */
  async look(): Promise<CheckedSpec> {
    try {
      return this.#isBegun ? await this.#follow() : await this.#begin()
    } catch (error) {
      this.#isBegun = false
      throw error
    }
  }

  async #begin(): Promise<CheckedSpec> {
    this.#waiting = []
    // From here on changes are noted: those that the reading holds already are passed over by their revision.
    this.#isBegun = true
    const { revision, items } = await this.#options.read()
    this.#waiting = this.#waiting.filter((change) => change.revision > revision)
    this.#items = new Map(items.map((item) => [item.id, item]))
    this.#findings.clear()
    const added = await this.#options.checker().begin(this.#options.projectId, items.map(toConflictItem))
    for (const finding of added) this.#findings.set(finding.fingerprint, finding)
    this.#revision = revision
    return this.#present()
  }

  async #follow(): Promise<CheckedSpec> {
    const changes = this.#waiting
    const last = changes.at(-1)
    if (!last) return this.#present()
    this.#waiting = []
    this.#items = new Map(last.items.map((item) => [item.id, item]))
    const touched = new Set(changes.flatMap(({ changed, gone }) => [...changed, ...gone]))
    const present = [...touched].flatMap((id) => this.#items.get(id) ?? [])
    const removed = [...touched].filter((id) => !this.#items.has(id))
    const changed = present.map(toConflictItem)
    const differences = await this.#options.checker().check(this.#options.projectId, { changed, removed })
    for (const { fingerprint } of differences.removed) this.#findings.delete(fingerprint)
    for (const finding of differences.added) this.#findings.set(finding.fingerprint, finding)
    this.#revision = last.revision
    return this.#present()
  }

  #present(): CheckedSpec {
    return { revision: this.#revision, items: this.#items, found: foundConflicts(this.#findings.values(), this.#items) }
  }
}

/** Without what would only be copied into another thread. */
const toConflictItem = ({ id, text, bodyFrom, key, category, headings }: CheckedItem): ConflictItem => ({
  id,
  text,
  bodyFrom,
  key,
  category,
  headings,
})
