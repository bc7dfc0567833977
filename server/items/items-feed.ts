// Tells everyone who has joined a project, on every node, which items have changed: a hint, since whoever misses one reads them.

import type { ProjectId } from '../../shared/ids.ts'
import type { Item, ItemsEvent } from '../../shared/wire/items.ts'
import type { Bus } from '../base/bus.ts'
import type { Log } from '../base/log.ts'
import { ProjectChannel } from './project-channel.ts'
import type { StoredChange } from './untold-changes.ts'

/** Must not throw. */
export type ItemsEventListener = (event: ItemsEvent) => void

export interface ItemsFeedOptions {
  /** To the other nodes, where there are any. */
  bus?: Bus | undefined
  /** The revision of a project's stored items. */
  readRevision: (projectId: ProjectId) => Promise<number>
  log: Log
}

/** More are not told but read. */
const maxTold = 100

/** Of so many projects it is known what was told; of another one it may be told twice. */
const maxProjects = 10_000

/** Revisions that could not be read are tried again after so long. */
const retryMs = 1_000

export class ItemsFeed {
  readonly #options: ItemsFeedOptions
  readonly #channel: ProjectChannel<ItemsEvent>
  /** The last revision that was told here, whichever node did; the project that was told of last stands at the end. */
  readonly #told = new Map<ProjectId, number>()
  #isBehind = false
  #isReading = false

  constructor(options: ItemsFeedOptions) {
    this.#options = options
    this.#channel = new ProjectChannel({ bus: options.bus, name: 'items', parse, isNews: (event) => this.#isNews(event) })
    options.bus?.onGap(() => {
      this.#isBehind = true
      if (!this.#isReading) void this.#catchUp()
    })
  }

  /** Calls `listener` for what is told from now on, until the returned function is called. */
  watch(projectId: ProjectId, listener: ItemsEventListener): () => void {
    return this.#channel.watch(projectId, listener)
  }

  /** Tells what was stored, unless another node has told that already; `present` gives all items as they are. */
  tell(projectId: ProjectId, { revision, changed, moved, gone }: StoredChange, present: () => readonly Item[]): void {
    if (!this.#channel.isHeard(projectId) || !this.#isNews({ projectId, revision })) return
    const ids = changed.union(moved)
    this.#channel.tell({
      projectId,
      revision,
      changed: ids.size > maxTold ? null : present().filter(({ id }) => ids.has(id)),
      gone: [...gone],
    })
  }

  #isNews({ projectId, revision }: Pick<ItemsEvent, 'projectId' | 'revision'>): boolean {
    if ((this.#told.get(projectId) ?? 0) >= revision) return false
    this.#told.delete(projectId)
    this.#told.set(projectId, revision)
    const [oldest] = this.#told.keys()
    if (this.#told.size > maxProjects && oldest !== undefined) this.#told.delete(oldest)
    return true
  }

  /** What other nodes told may be lost: whoever has an earlier revision than the stored one is to read. */
  async #catchUp(): Promise<void> {
    this.#isReading = true
    while (this.#isBehind) {
      this.#isBehind = false
      try {
        // One after another: after a gap everybody reads something.
        for (const projectId of this.#channel.watchedProjects())
          this.#channel.tellHere({ projectId, revision: await this.#options.readRevision(projectId), changed: null, gone: [] })
      } catch (error) {
        this.#options.log.warn({ err: error }, 'items_feed.read_failed')
        this.#isBehind = true
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
    this.#isReading = false
  }
}

function parse(told: unknown): ItemsEvent | undefined {
  const { projectId, revision, changed, gone } = told as Partial<ItemsEvent>
  const isWhole =
    typeof projectId === 'string' && typeof revision === 'number' && Array.isArray(gone) && (changed === null || Array.isArray(changed))
  return isWhole ? { projectId, revision, changed, gone } : undefined
}
