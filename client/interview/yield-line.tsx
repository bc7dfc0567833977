// What came of an answer: the items it put into the text, and what of it still waits for a decision.

import type { Item } from '../../shared/wire/items.ts'
import type { Proposal } from '../../shared/wire/interview.ts'
import { goToItem } from '../session/ways.ts'

interface Yield {
  items: Item[]
  proposalCount: number
}

/** What came of each message, by its id. */
export function yieldsOf(items: readonly Item[], proposals: readonly Pick<Proposal, 'messageId'>[]): ReadonlyMap<string, Yield> {
  const yields = new Map<string, Yield>()
  const of = (messageId: string): Yield => {
    const known = yields.get(messageId) ?? { items: [], proposalCount: 0 }
    yields.set(messageId, known)
    return known
  }
  for (const item of items) if (item.messageId !== null) of(item.messageId).items.push(item)
  for (const { messageId } of proposals) of(messageId).proposalCount += 1
  return yields
}

interface YieldLineProps extends Partial<Yield> {
  onShowProposals: () => void
}

/** Nothing for words of which nothing came. */
export function YieldLine({ items = [], proposalCount = 0, onShowProposals }: YieldLineProps) {
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
