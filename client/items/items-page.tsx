// `/p/:id/items`: the items of the spec by category, found, ordered, worked on; what is shown stands in the address.

import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { categoryKeys, categoryName } from '../../shared/domain/categories.ts'
import { may } from '../../shared/domain/roles.ts'
import type { Item } from '../../shared/wire/items.ts'
import { useOpenProject } from '../session/open-project.ts'
import { goToText } from '../session/ways.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { inputLook } from '../ui/field.tsx'
import { tellError, tellSuccess } from '../ui/toast.ts'
import { AddItemForm } from './add-item-form.tsx'
import { filterOf, groupItems, itemSorts, searchOf, type ItemFilter, type ItemSort } from './item-filter.ts'
import { placeOf } from './item-place.ts'
import { ItemTable } from './item-table.tsx'
import { useChangeItem, useLiveItems, useSupersededItems } from './use-items.ts'

const sortWords: Readonly<Record<ItemSort, string>> = {
  place: 'As in the text',
  number: 'By number',
  confidence: 'Least sure first',
  updated: 'Changed last first',
}

/** The view; it follows the text of everyone as it changes. */
export function ItemsPage() {
  const { project, role } = useOpenProject()
  const [, navigate] = useLocation()
  const filter = filterOf(useSearch())
  const setFilter = (part: Partial<ItemFilter>) =>
    navigate(`/p/${project.id}/items${searchOf({ ...filter, ...part })}`, { replace: part.q !== undefined })
  const canWrite = may(role, 'write') && project.archivedAt === null
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid max-w-4xl gap-4 px-4 py-6 min-[900px]:px-8">
        <h1 className="sr-only">Items</h1>
        {canWrite && <AddItemForm category={filter.category} />}
        <Filters filter={filter} onChange={setFilter} />
        {filter.status === 'current' ? <CurrentItems filter={filter} canWrite={canWrite} /> : <SupersededItems filter={filter} />}
      </div>
    </div>
  )
}

interface FiltersProps {
  filter: ItemFilter
  onChange: (part: Partial<ItemFilter>) => void
}

function Filters({ filter, onChange }: FiltersProps) {
  return (
    <search className="flex flex-wrap gap-2">
      <input
        type="search"
        aria-label="Find items"
        placeholder="Find by words or SPEC-12…"
        value={filter.q}
        onChange={(event) => onChange({ q: event.target.value })}
        className={`${inputLook} min-w-44 flex-1`}
      />
      <select
        aria-label="Category"
        value={filter.category ?? ''}
        onChange={(event) => onChange({ category: categoryKeys.find((key) => key === event.target.value) ?? null })}
        className={`${inputLook} w-auto!`}
      >
        <option value="">All categories</option>
        {categoryKeys.map((key) => (
          <option key={key} value={key}>
            {categoryName(key)}
          </option>
        ))}
      </select>
      <select
        aria-label="Which items"
        value={filter.status}
        onChange={(event) => onChange({ status: event.target.value === 'superseded' ? 'superseded' : 'current' })}
        className={`${inputLook} w-auto!`}
      >
        <option value="current">In the text</option>
        <option value="superseded">No longer in the text</option>
      </select>
      {filter.status === 'current' && (
        <select
          aria-label="Order"
          value={filter.sort}
          onChange={(event) => onChange({ sort: itemSorts.find((sort) => sort === event.target.value) ?? 'place' })}
          className={`${inputLook} w-auto!`}
        >
          {itemSorts.map((sort) => (
            <option key={sort} value={sort}>
              {sortWords[sort]}
            </option>
          ))}
        </select>
      )}
    </search>
  )
}

function CurrentItems({ filter, canWrite }: { filter: ItemFilter; canWrite: boolean }) {
  const { provider } = useOpenProject()
  const { items, error, live } = useLiveItems()
  const change = useChangeItem()
  if (items === null) return error ? <Failed error={error} onRetry={live.readAnew} /> : <Loading />
  const onShow = (item: Item) => {
    const position = placeOf(item, provider.text)
    if (position !== null) goToText(position)
  }
  const onConfirm = ({ id, ref, confidence }: Item) => {
    if (confidence === 1) return
    change.mutate({ id, confirmed: true }, { onError: ({ message }) => tellError(`${ref} was not confirmed. ${message}`) })
  }
  const onRemove = (item: Item) => {
    // What reads the lines of an item is loaded with its first use.
    import('./remove-item.ts').then(({ removeItem }) => {
      if (removeItem(item, provider))
        tellSuccess(`${item.ref} is out of the text.`, { label: 'Undo', run: () => void provider.undo.undo() })
      else tellError(`${item.ref} was not removed: somebody is changing it, or took it out already.`)
    }, reportError)
  }
  const groups = groupItems(items, filter)
  const count = groups.reduce((sum, group) => sum + group.items.length, 0)
  if (count === 0) return <Nothing isFiltered={items.length > 0} />
  return (
    <>
      <p role="status" className="text-sm text-muted tabular-nums">
        {count === items.length ? `${count} ${count === 1 ? 'item' : 'items'}` : `${count} of ${items.length} items`}
        {error && ' · not up to date: the server cannot be reached'}
      </p>
      <ItemTable groups={groups} canWrite={canWrite} actions={{ onShow, onConfirm, onRemove }} />
    </>
  )
}

function SupersededItems({ filter }: { filter: ItemFilter }) {
  const { items: current } = useLiveItems()
  const list = useSupersededItems(filter)
  const { refetch } = list
  useEffect(() => {
    // What left the text a moment ago is one of them.
    void refetch()
  }, [current, refetch])
  if (list.error && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const items = list.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p className="py-8 text-center text-muted">No item has left the text{filter.q && ' that is like this'}.</p>
  return (
    <>
      <p className="text-sm text-muted">What has left the text keeps its number, and can be read here.</p>
      <ItemTable
        groups={groupItems(items, { ...filter, q: '', sort: 'number' })}
        canWrite={false}
        actions={{ onShow: () => undefined, onConfirm: () => undefined, onRemove: () => undefined }}
      />
      {list.hasNextPage && (
        <Button className="justify-self-start" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </Button>
      )}
    </>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return (
    <p className="py-8 text-center text-muted">
      {isFiltered
        ? 'No item is like this. Other words or another category may find it.'
        : 'There are no items yet. Each list item under a heading such as Goals, Requirements or Security is one: write the first in the text, or add it here.'}
    </p>
  )
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div role="alert" className="grid justify-items-start gap-3">
      <p>The items could not be read; the text is as it was. {error.message}</p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  )
}

function Loading() {
  return (
    <Delayed>
      <div role="status" aria-busy="true" aria-label="Loading the items" className="grid gap-4 pt-4">
        <SkeletonLine className="w-40" />
        <SkeletonLine className="w-4/5" />
        <SkeletonLine className="w-3/5" />
        <SkeletonLine className="w-4/5" />
      </div>
    </Delayed>
  )
}
