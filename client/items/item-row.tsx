// One item in the table: what it says, where it came from, and what can be done with it.

import Check from 'lucide-react/icons/check'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import type { ReactNode } from 'react'
import type { Item, ItemSource } from '../../shared/wire/items.ts'
import { goToMessage } from '../session/ways.ts'
import { whenSince } from '../ui/when.ts'
import { ItemEditor } from './item-editor.tsx'

const sourceWords: Readonly<Record<ItemSource, string>> = {
  typed: 'typed',
  interview: 'from the interview',
  inferred: 'assumed',
  import: 'imported',
  generated: 'generated',
}

export interface ItemActions {
  onShow: (item: Item) => void
  onEdit: (item: Item | null) => void
  onConfirm: (item: Item) => void
  onRemove: (item: Item) => void
}

interface ItemRowProps {
  item: Item
  isActive: boolean
  isEdited: boolean
  canWrite: boolean
  onFocus: () => void
  actions: ItemActions
}

/** A row that takes the focus as a whole; its keys are the table's. */
export function ItemRow({ item, isActive, isEdited, canWrite, onFocus, actions }: ItemRowProps) {
  const isCurrent = item.status === 'current'
  return (
    <li
      data-item={item.id}
      tabIndex={isActive ? 0 : -1}
      onFocus={onFocus}
      aria-current={isActive ? 'true' : undefined}
      className="group grid scroll-my-12 grid-cols-[76px_minmax(0,1fr)_auto] items-start gap-x-3 rounded-md px-2 py-2 hover:bg-hover focus-visible:-outline-offset-2 max-[899px]:grid-cols-[minmax(0,1fr)_auto]"
    >
      <button
        type="button"
        disabled={!isCurrent}
        onClick={() => actions.onShow(item)}
        className="justify-self-start text-sm/6 text-muted tabular-nums enabled:hover:text-accent enabled:hover:underline max-[899px]:col-span-2"
        aria-label={isCurrent ? `Show ${item.ref} in the text` : item.ref}
      >
        {item.ref}
      </button>
      <div className="min-w-0">
        {isEdited ? (
          <ItemEditor item={item} onDone={() => actions.onEdit(null)} />
        ) : (
          <p className={`wrap-anywhere whitespace-pre-line text-base/6 ${isCurrent ? '' : 'text-muted line-through'}`}>{item.text}</p>
        )}
        <p className="flex flex-wrap gap-x-3 text-sm text-muted">
          {item.externalId && <span>{item.externalId}</span>}
          {item.isExternalIdRepeated && <span className="text-warning">⚠ this id is used more than once</span>}
          {item.source !== 'typed' && <Source item={item} />}
          {item.confidence < 1 && <span className="tabular-nums">{Math.round(item.confidence * 100)} % sure</span>}
          <time dateTime={item.updatedAt} title={new Date(item.updatedAt).toLocaleString()}>
            {whenSince(item.updatedAt)}
          </time>
        </p>
      </div>
      {canWrite && isCurrent && !isEdited && (
        <div className="flex min-[900px]:opacity-0 min-[900px]:group-focus-within:opacity-100 min-[900px]:group-hover:opacity-100">
          {item.confidence < 1 && (
            <RowButton label={`Confirm ${item.ref}`} onClick={() => actions.onConfirm(item)}>
              <Check size={16} aria-hidden />
            </RowButton>
          )}
          <RowButton label={`Edit ${item.ref}`} onClick={() => actions.onEdit(item)}>
            <Pencil size={16} aria-hidden />
          </RowButton>
          <RowButton label={`Remove ${item.ref}`} onClick={() => actions.onRemove(item)}>
            <Trash2 size={16} aria-hidden />
          </RowButton>
        </div>
      )}
    </li>
  )
}

/** Where it came from; what was said in the interview can be gone to. */
function Source({ item: { source, messageId, ref } }: { item: Item }) {
  const words = sourceWords[source]
  if (messageId === null) return <span>{words}</span>
  return (
    <button
      type="button"
      onClick={() => goToMessage(messageId)}
      aria-label={`Show the question of ${ref}`}
      className="hover:text-accent hover:underline"
    >
      {words}
    </button>
  )
}

function RowButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-7 place-items-center rounded-md text-muted hover:bg-raised hover:text-text"
    >
      {children}
    </button>
  )
}
