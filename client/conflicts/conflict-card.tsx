// One conflict of a list: what clashes and why, and what was or can be decided.

import type { Conflict } from '../../shared/wire/conflicts.ts'
import { Button } from '../ui/button.tsx'
import { ConflictFacts } from './conflict-facts.tsx'
import { Decision } from './decision.tsx'
import { outcomeOf } from './outcome.ts'
import { useNameOf } from '../session/use-name-of.ts'

interface ConflictCardProps {
  conflict: Conflict
  isOpen: boolean
  canWrite: boolean
  onToggle: () => void
}

/** Closed it is a sentence and its two places; open, it offers the decisions. */
export function ConflictCard({ conflict, isOpen, canWrite, onToggle }: ConflictCardProps) {
  const nameOf = useNameOf()
  const { id, status, note } = conflict
  return (
    <li data-conflict={id} className="grid animate-appear gap-2 border-b border-line px-4 py-3">
      <ConflictFacts conflict={conflict} />
      {status !== 'open' && (
        <p className="text-sm text-muted">
          {outcomeOf(conflict, nameOf)}
          {note && ` “${note}”`}
        </p>
      )}
      {canWrite && status !== 'resolved' && (
        <Button className="justify-self-start" aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? 'Close' : 'Resolve…'}
        </Button>
      )}
      {isOpen && canWrite && status !== 'resolved' && <Decision conflict={conflict} />}
    </li>
  )
}
