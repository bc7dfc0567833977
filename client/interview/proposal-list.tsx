// What was read from answers and waits for somebody who may write: each with its decision, or all at once.

import CheckCheck from 'lucide-react/icons/check-check'
import { may } from '../../shared/domain/roles.ts'
import type { Item } from '../../shared/wire/items.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { tellError, tellSuccess } from '../ui/toast.ts'
import { ProposalCard } from './proposal-card.tsx'
import { useAcceptAll, useProposals } from './proposals.ts'
import { SmallButton } from './small-button.tsx'

interface ProposalListProps {
  items: readonly Item[]
  /** Shows a message of the conversation. */
  onShow: (messageId: string) => void
}

/** Oldest first. */
export function ProposalList({ items, onShow }: ProposalListProps) {
  const { role, project } = useOpenProject()
  const { data, error, refetch } = useProposals()
  const canDecide = may(role, 'write') && project.archivedAt === null
  return (
    <div tabIndex={0} role="region" aria-label="Proposals" className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2">
      {data ? (
        <>
          {data.length === 0 && (
            <p className="px-4 py-4 text-muted">
              Nothing waits. What an answer states for certain goes into the text; what is not sure, and all that a commenter says, waits
              here until somebody who may write accepts it.
            </p>
          )}
          {data.length > 1 && canDecide && <AcceptAll count={data.length} />}
          {data.length > 0 && !canDecide && <p className="px-4 pt-3 text-sm text-muted">Editors and owners decide on these.</p>}
          <ul>
            {data.map((proposal) => (
              <ProposalCard
                key={proposal.id}
                proposal={proposal}
                replaced={items.find(({ id }) => id === proposal.replaces) ?? null}
                canDecide={canDecide}
                onShowAnswer={() => onShow(proposal.messageId)}
              />
            ))}
          </ul>
        </>
      ) : error ? (
        <div role="alert" className="grid justify-items-start gap-3 p-4">
          <p>The proposals could not be read; they wait as they were. {error.message}</p>
          <Button onClick={() => void refetch()}>Try again</Button>
        </div>
      ) : (
        <Delayed>
          <div role="status" aria-busy="true" aria-label="Loading the proposals" className="grid gap-3 p-4">
            <SkeletonLine className="w-2/5" />
            <SkeletonLine className="w-4/5" />
          </div>
        </Delayed>
      )}
    </div>
  )
}

function AcceptAll({ count }: { count: number }) {
  const acceptAll = useAcceptAll()
  const accept = () =>
    acceptAll.mutate(undefined, {
      onSuccess: ({ accepted, refused }) =>
        refused === 0
          ? tellSuccess(`${accepted} accepted.`)
          : tellError(`${accepted} accepted. ${refused} could not be written as they are, and wait for other words.`),
      onError: ({ message }) => tellError(`Not all were accepted; the rest waits. ${message}`),
    })
  return (
    <div className="flex items-center justify-between gap-2 border-b border-line px-4 py-2">
      <p className="text-sm text-muted">{count} wait for a decision</p>
      <SmallButton icon={CheckCheck} disabled={acceptAll.isPending} onClick={accept}>
        Accept all
      </SmallButton>
    </div>
  )
}
