// The items by category, with one of them active: moved and worked on by the keyboard.

import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { categoryName } from '../../shared/domain/categories.ts'
import type { Item } from '../../shared/wire/items.ts'
import { Button } from '../ui/button.tsx'
import { useCommands } from '../ui/commands.ts'
import type { ItemGroup } from './item-filter.ts'
import { ItemRow, type ItemActions } from './item-row.tsx'

/** More rows than this are laid out when they are asked for. */
const shownAtOnce = 250

interface ItemTableProps {
  groups: readonly ItemGroup[]
  canWrite: boolean
  actions: Omit<ItemActions, 'onEdit'>
}

/** `j` and `k` (or the arrows) move, Enter shows in the text, `e` edits, `c` confirms, Delete removes. */
export function ItemTable({ groups, canWrite, actions }: ItemTableProps) {
  const host = useRef<HTMLDivElement>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [editedId, setEditedId] = useState<string | null>(null)
  const [limit, setLimit] = useState(shownAtOnce)
  const all = groups.flatMap(({ items }) => items)
  const active = all.find(({ id }) => id === activeId) ?? all[0]
  const wasEdited = useRef<string | null>(null)
  const focus = (id: string) => host.current?.querySelector<HTMLElement>(`[data-item="${id}"]`)?.focus()
  useEffect(() => {
    // The row takes the focus back from its field.
    if (editedId === null && wasEdited.current !== null) focus(wasEdited.current)
    wasEdited.current = editedId
  }, [editedId])
  const move = (step: number) => {
    if (!active) return
    // From elsewhere on the page the first press comes to the active one.
    const isHere = host.current?.contains(document.activeElement) === true
    const next = isHere ? all[all.indexOf(active) + step] : active
    if (next) focus(next.id)
  }
  const rowActions: ItemActions = { ...actions, onEdit: (item) => setEditedId(item?.id ?? null) }
  const onKeyDown = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (!isPlain || !active || !(event.target instanceof HTMLElement) || event.target.dataset['item'] === undefined) return
    const isCurrent = active.status === 'current'
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter' && isCurrent) actions.onShow(active)
    else if (event.key === 'Delete' && isCurrent && canWrite) actions.onRemove(active)
    else return
    event.preventDefault()
  }
  const onActive = (run: (item: Item) => void) => () => active?.status === 'current' && editedId === null && run(active)
  const group = { group: 'Items', isKeyOnly: true }
  useCommands(
    [
      { ...group, id: 'items.next', title: 'Next item', keys: ['j'], run: () => move(1) },
      { ...group, id: 'items.previous', title: 'The one before', keys: ['k'], run: () => move(-1) },
      ...(canWrite
        ? [
            { ...group, id: 'items.edit', title: 'Edit the item', keys: ['e'], run: onActive(rowActions.onEdit) },
            { ...group, id: 'items.confirm', title: 'Confirm the item', keys: ['c'], run: onActive(actions.onConfirm) },
          ]
        : []),
    ],
    `items ${canWrite}`,
  )
  return (
    <div ref={host} onKeyDown={onKeyDown} className="grid gap-6">
      {firstOf(groups, limit).map(({ category, items, count }) => (
        <section key={category} aria-label={categoryName(category)}>
          <h2 className="sticky top-0 z-10 flex items-baseline gap-2 border-b border-line bg-bg px-2 py-1.5 font-semibold">
            {categoryName(category)}
            <span className="text-sm font-normal text-muted tabular-nums">{count}</span>
          </h2>
          <ul className="pt-1">
            {items.map((item) => (
              <ItemRow
                key={item.id}
                item={item}
                isActive={item === active}
                isEdited={item.id === editedId}
                canWrite={canWrite}
                onFocus={() => setActiveId(item.id)}
                actions={rowActions}
              />
            ))}
          </ul>
        </section>
      ))}
      {all.length > limit && (
        <Button className="justify-self-start" onClick={() => setLimit(limit + shownAtOnce)}>
          Show {Math.min(shownAtOnce, all.length - limit)} more of {all.length}
        </Button>
      )}
    </div>
  )
}

/** The first `limit` items, in their groups, each with how many it has in all. */
function firstOf(groups: readonly ItemGroup[], limit: number): (ItemGroup & { count: number })[] {
  const first: (ItemGroup & { count: number })[] = []
  let left = limit
  for (const { category, items } of groups) {
    if (left <= 0) break
    first.push({ category, items: items.slice(0, left), count: items.length })
    left -= items.length
  }
  return first
}
