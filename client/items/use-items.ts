// Items as the views have them: the current ones live, those that left the text by the page, and what one does with them.

import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { Item, ItemList } from '../../shared/wire/items.ts'
import { api } from '../session/api.ts'
import { useOpenProject } from '../session/open-project.ts'
import type { ItemFilter } from './item-filter.ts'
import { itemsPath, liveItemsOf, type LiveItems, type LiveItemsState } from './live-items.ts'

/** The current items; renders again when they change. */
export function useLiveItems(): LiveItemsState & { live: LiveItems } {
  const { project, provider } = useOpenProject()
  const live = liveItemsOf(project.id, provider)
  const state = useSyncExternalStore(live.subscribe, () => live.state)
  return { ...state, live }
}

/** Those that left the text, by number, a page at a time. */
export function useSupersededItems({ category, q }: ItemFilter) {
  const { project } = useOpenProject()
  return useInfiniteQuery({
    queryKey: ['items', project.id, 'superseded', category, q],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        status: 'superseded',
        ...(category === null ? {} : { category }),
        ...(q.trim() === '' ? {} : { q: q.trim() }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      })
      return api.request<ItemList>('GET', `${itemsPath(project.id)}?${query.toString()}`, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  })
}

interface ItemChange {
  id: string
  text?: string
  category?: CategoryKey
  confirmed?: true
}

/** Changes an item in the text, for everyone. */
export function useChangeItem() {
  const { project } = useOpenProject()
  const { live } = useLiveItems()
  return useMutation({
    mutationFn: ({ id, ...body }: ItemChange) => api.request<Item>('PATCH', itemsPath(project.id, id), { body }),
    onSuccess: (item) => live.take(item),
  })
}

/** Writes an item at the end of its category. */
export function useAddItem() {
  const { project } = useOpenProject()
  const { live } = useLiveItems()
  return useMutation({
    mutationFn: (body: { category: CategoryKey; text: string }) => api.request<Item>('POST', itemsPath(project.id), { body }),
    onSuccess: (item) => live.take(item),
  })
}
