// Writes a new item into the text, at the end of its category.

import { useState } from 'react'
import { categoryKeys, categoryName, fallbackCategory, type CategoryKey } from '../../shared/domain/categories.ts'
import { limits } from '../../shared/limits.ts'
import { Button } from '../ui/button.tsx'
import { inputLook } from '../ui/field.tsx'
import { useAddItem } from './use-items.ts'

/** Enter adds, and leaves the field ready for the next. */
export function AddItemForm({ category: shown }: { category: CategoryKey | null }) {
  const [chosen, setChosen] = useState<CategoryKey | null>(null)
  const [text, setText] = useState('')
  const add = useAddItem()
  const category = chosen ?? shown ?? fallbackCategory
  return (
    <form
      aria-label="Add an item"
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') add.mutate({ category, text: text.trim() }, { onSuccess: () => setText('') })
      }}
    >
      <div className="flex flex-wrap gap-2">
        <input
          aria-label="Text of the new item"
          placeholder="Add an item…"
          value={text}
          maxLength={limits.itemTextChars}
          onChange={(event) => setText(event.target.value)}
          className={`${inputLook} min-w-48 flex-1`}
        />
        <select
          aria-label="Category of the new item"
          value={category}
          onChange={(event) => setChosen(categoryKeys.find((key) => key === event.target.value) ?? null)}
          className={`${inputLook} w-auto!`}
        >
          {categoryKeys.map((key) => (
            <option key={key} value={key}>
              {categoryName(key)}
            </option>
          ))}
        </select>
        <Button type="submit" className="h-9!" disabled={add.isPending}>
          Add
        </Button>
      </div>
      {add.error && (
        <p role="alert" className="text-sm text-danger">
          It was not added. {add.error.message}
        </p>
      )}
    </form>
  )
}
