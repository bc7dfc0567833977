// A proposal in other words, or under another category, before it is accepted.

import { useEffect, useRef, useState } from 'react'
import { categoryKeys, categoryName, type CategoryKey } from '../../shared/domain/categories.ts'
import { limits } from '../../shared/limits.ts'
import type { Proposal } from '../../shared/wire/interview.ts'
import { Button } from '../ui/button.tsx'

interface ProposalEditorProps {
  proposal: Proposal
  isBusy: boolean
  onAccept: (change: { text: string; category: CategoryKey }) => void
  onCancel: () => void
}

/** Enter accepts, Escape leaves it as it was. */
export function ProposalEditor({ proposal, isBusy, onAccept, onCancel }: ProposalEditorProps) {
  const [text, setText] = useState(proposal.text)
  const [category, setCategory] = useState(proposal.category)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const accept = () => {
    if (text.trim() !== '' && !isBusy) onAccept({ text: text.trim(), category })
  }
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        accept()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onCancel()
      }}
    >
      <textarea
        ref={field}
        aria-label="Words of the item"
        value={text}
        maxLength={limits.itemTextChars}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          accept()
        }}
        className="field-sizing-content max-h-60 min-h-16 w-full resize-none rounded-md border border-line-strong bg-bg px-2 py-1 text-base/[22px]"
      />
      <select
        aria-label="Category"
        value={category}
        onChange={(event) => setCategory(categoryKeys.find((key) => key === event.target.value) ?? category)}
        className="h-8 justify-self-start rounded-md border border-line-strong bg-bg px-2 text-sm"
      >
        {categoryKeys.map((key) => (
          <option key={key} value={key}>
            {categoryName(key)}
          </option>
        ))}
      </select>
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={isBusy || text.trim() === ''}>
          Accept
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}
