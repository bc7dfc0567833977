// How many proposals of the interview wait for a decision, beside the name of its panel.

import { useProposals } from '../interview/proposals.ts'

/** The number alone, to be read after a name. */
export function ProposalBadge() {
  const { data } = useProposals()
  const count = data?.length ?? 0
  if (count === 0) return null
  return (
    <span className="ml-1.5 font-medium text-accent tabular-nums">
      {count}
      <span className="sr-only"> {count === 1 ? 'proposal waits' : 'proposals wait'}</span>
    </span>
  )
}
