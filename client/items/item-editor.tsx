// Changes the words of an item where it stands in the table.

import { useEffect, useRef, useState } from 'react'
import type { Item } from '../../shared/wire/items.ts'
import { limits } from '../../shared/limits.ts'
import { Button } from '../ui/button.tsx'
import { useChangeItem } from './use-items.ts'

interface ItemEditorProps {
  item: Item
  /** Saved, or left as it was. */
  onDone: () => void
}

/** Enter saves, Escape leaves it as it was. */
export function ItemEditor({ item, onDone }: ItemEditorProps) {
  const [text, setText] = useState(item.text)
  const field = useRef<HTMLTextAreaElement>(null)
  const change = useChangeItem()
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const save = () => {
    const words = text.trim()
    if (words === '' || words === item.text) onDone()
    else change.mutate({ id: item.id, text: words }, { onSuccess: onDone })
  }
  return (
    <form
      className="grid gap-2 pb-1"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <textarea
        ref={field}
        aria-label={`Text of ${item.ref}`}
        value={text}
        rows={Math.min(6, Math.max(1, Math.ceil(text.length / 70)))}
        maxLength={limits.itemTextChars}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone()
          else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault()
            save()
          }
          event.stopPropagation()
        }}
        className="w-full rounded-md border border-line-strong bg-bg px-2 py-1 text-base/6"
      />
      {change.error && (
        <p role="alert" className="text-sm text-danger">
          It was not changed. {change.error.message}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={change.isPending}>
          Save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  )
}
