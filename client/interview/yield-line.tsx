// What came of an answer: the items it put into the text, and what of it still waits for a decision.

import type { Item } from '../../shared/wire/items.ts'
import { goToItem } from '../session/ways.ts'

interface YieldLineProps {
  items: readonly Item[]
  proposalCount: number
  onShowProposals: () => void
}

/** Nothing for words of which nothing came. */
export function YieldLine({ items, proposalCount, onShowProposals }: YieldLineProps) {
  if (items.length === 0 && proposalCount === 0) return null
  return (
    <p className="flex flex-wrap gap-x-2 text-sm">
      {items.map(({ id, ref, number, text }) => (
        <button
          key={id}
          type="button"
          title={text}
          aria-label={`Show ${ref} in the text`}
          onClick={() => goToItem(number)}
          className="text-accent tabular-nums hover:underline"
        >
          {ref}
        </button>
      ))}
      {proposalCount > 0 && (
        <button type="button" onClick={onShowProposals} className="text-accent hover:underline">
          {proposalCount} {proposalCount === 1 ? 'proposal waits' : 'proposals wait'}
        </button>
      )}
    </p>
  )
}
