// A node's documents with their items, put together as the server does, on a database that several may share.

import { createLog } from '../../server/base/log.ts'
import type { AnalysisTiming } from '../../server/items/analysis-schedule.ts'
import { ItemsFeed } from '../../server/items/items-feed.ts'
import { OverlapFeed } from '../../server/items/overlap-feed.ts'
import { SpecItems, type ItemsChange } from '../../server/items/spec-items.ts'
import { createItemsStore, type ItemsStore } from '../../server/store/items-store.ts'
import { DocumentWorld, type WorldOptions } from './document-world.ts'

export interface ItemsWorldOptions extends WorldOptions {
  analysis?: Partial<AnalysisTiming>
  /** After which an overlap is told anew. */
  quietMs?: number
  /** Wraps the store of the items, for a test that delays or fails it. */
  wrapItems?: (store: ItemsStore) => ItemsStore
}

export class ItemsWorld extends DocumentWorld {
  readonly itemsStore: ItemsStore
  readonly feed: ItemsFeed
  readonly overlaps: OverlapFeed
  readonly specItems: SpecItems
  /** What listeners were told. */
  readonly changes: ItemsChange[] = []

  constructor({ analysis = {}, quietMs = 30_000, wrapItems = (store) => store, ...options }: ItemsWorldOptions) {
    super(options)
    this.itemsStore = wrapItems(createItemsStore(this.database))
    this.feed = new ItemsFeed({
      bus: options.bus,
      readRevision: async (projectId) => (await this.itemsStore.head(projectId)).revision,
      log: createLog('silent'),
    })
    this.overlaps = new OverlapFeed({ bus: options.bus, quietMs })
    this.specItems = new SpecItems({
      registry: this.registry,
      documents: this.store,
      store: this.itemsStore,
      feed: this.feed,
      overlaps: this.overlaps,
      log: createLog('silent'),
      metrics: this.metrics,
      timing: analysis,
    })
    this.onOpened = (document) => this.specItems.follow(document)
    this.specItems.onChange((change) => this.changes.push(change))
  }

  /** All rows of a project, by number. */
  allItems(projectId: string) {
    return this.itemsStore.list({ projectId, category: null, status: null, contains: '', number: null, after: 0, limit: 100_000 })
  }

  override async close(): Promise<void> {
    await this.specItems.stop()
    await super.close()
  }
}
