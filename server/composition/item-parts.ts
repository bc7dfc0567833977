// Items: found in the live documents, and told to who has them open.

import type { Bus } from '../base/bus.ts'
import { usualTiming } from '../items/analysis-schedule.ts'
import { ItemList } from '../items/item-list.ts'
import { ItemsFeed } from '../items/items-feed.ts'
import { OverlapFeed } from '../items/overlap-feed.ts'
import { SpecItems } from '../items/spec-items.ts'
import { createItemsStore } from '../store/items-store.ts'
import type { DocumentParts } from './document-parts.ts'
import type { Foundation } from './foundation.ts'

export type ItemParts = ReturnType<typeof makeItemParts>

/** Makes them; nothing runs yet. `specItems` is a service, to be stopped before the documents. */
export function makeItemParts(
  { config, log, metrics, database }: Foundation,
  { registry, store: documents, onOpened }: DocumentParts,
  bus: Bus | undefined,
) {
  const store = createItemsStore(database)
  const itemsFeed = new ItemsFeed({ bus, readRevision: async (projectId) => (await store.head(projectId)).revision, log })
  const overlapFeed = new OverlapFeed({ bus })
  const pauseMs = config.ITEM_ANALYSIS_PAUSE_MS
  const timing = { pauseMs, longestMs: Math.max(usualTiming.longestMs, pauseMs) }
  const specItems = new SpecItems({ registry, documents, store, feed: itemsFeed, overlaps: overlapFeed, log, metrics, timing })
  onOpened((document) => specItems.follow(document))
  const itemList = new ItemList({ store, specItems })
  return { specItems, itemsFeed, overlapFeed, itemList }
}
