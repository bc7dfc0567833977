// One proposal: what would come into the text, out of which answer, and the decision on it.

import Check from 'lucide-react/icons/check'
import Pencil from 'lucide-react/icons/pencil'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { categoryName } from '../../shared/domain/categories.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { Proposal } from '../../shared/wire/interview.ts'
import { goToItem } from '../session/ways.ts'
import { ProposalEditor } from './proposal-editor.tsx'
import { useDecide } from './proposals.ts'
import { SmallButton } from './small-button.tsx'
import { WordDiff } from './word-diff.tsx'

interface ProposalCardProps {
  proposal: Proposal
  /** The item in whose place it would come, where there is one. */
  replaced: Item | null
  canDecide: boolean
  /** Shows the answer it was read from. */
  onShowAnswer: () => void
}

/** Decided on by those who may write; read by all. */
export function ProposalCard({ proposal, replaced, canDecide, onShowAnswer }: ProposalCardProps) {
  const { id, category, text, confidence } = proposal
  const [isEdited, setEdited] = useState(false)
  const decide = useDecide()
  return (
    <li data-proposal={id} className="grid animate-appear gap-2 border-b border-line px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm text-muted">
        <span className="font-medium text-text">{categoryName(category)}</span>
        <span className="tabular-nums">{Math.round(confidence * 100)} % sure</span>
        {replaced && (
          <span>
            in place of{' '}
            <button type="button" onClick={() => goToItem(replaced.number)} className="text-accent tabular-nums hover:underline">
              {replaced.ref}
            </button>
          </span>
        )}
        <button type="button" onClick={onShowAnswer} className="ml-auto hover:text-text hover:underline">
          Show the answer
        </button>
      </p>
      {isEdited ? (
        <ProposalEditor
          proposal={proposal}
          isBusy={decide.isPending}
          onAccept={(change) => decide.mutate({ id, decision: 'accept', ...change })}
          onCancel={() => setEdited(false)}
        />
      ) : (
        <WordDiff before={replaced?.text ?? null} after={text} />
      )}
      {decide.error && (
        <p role="alert" className="text-sm text-danger">
          It is still open. {decide.error.message}
        </p>
      )}
      {canDecide && !isEdited && (
        <div className="flex flex-wrap gap-1.5">
          <SmallButton icon={Check} disabled={decide.isPending} onClick={() => decide.mutate({ id, decision: 'accept' })}>
            Accept
          </SmallButton>
          <SmallButton icon={Pencil} disabled={decide.isPending} onClick={() => setEdited(true)}>
            Edit
          </SmallButton>
          <SmallButton icon={X} disabled={decide.isPending} onClick={() => decide.mutate({ id, decision: 'reject' })}>
            Reject
          </SmallButton>
        </div>
      )}
    </li>
  )
}
