// The conflicts of the spec beside its text: open ones, those left as they are, and those that are over.

import { useState } from 'react'
import type { ConflictStatus } from '../../shared/wire/conflicts.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { ConflictList } from './conflict-list.tsx'
import { useConflicts } from './conflicts-data.ts'

const lists: readonly { status: ConflictStatus; label: string; empty: string }[] = [
  {
    status: 'open',
    label: 'Open',
    empty: 'Nothing clashes. Every item is compared with the others as it is typed: numbers, dates, duties, choices, and what needs what.',
  },
  { status: 'ignored', label: 'Left', empty: 'No conflict was left as it is.' },
  { status: 'resolved', label: 'Over', empty: 'No conflict is over yet.' },
]

/** Follows the text of everyone. */
export function ConflictsPanel() {
  const [status, setStatus] = useState<ConflictStatus>('open')
  const { data, error, refetch } = useConflicts(status)
  const shown = lists.find((list) => list.status === status)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div role="group" aria-label="Which conflicts" className="flex gap-1 border-b border-line px-3 py-1.5">
        {lists.map((list) => (
          <button
            key={list.status}
            type="button"
            aria-pressed={list.status === status}
            onClick={() => setStatus(list.status)}
            className="rounded-md px-2 py-1 text-sm text-muted hover:bg-hover aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-text"
          >
            {list.label}
          </button>
        ))}
      </div>
      <div tabIndex={0} role="region" aria-label="Conflicts" className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2">
        {data ? (
          <ConflictList key={status} conflicts={data} empty={shown?.empty ?? ''} withRefusals={status === 'open'} />
        ) : error ? (
          <div role="alert" className="grid justify-items-start gap-3 p-4">
            <p>The conflicts could not be read; the text is as it was. {error.message}</p>
            <Button onClick={() => void refetch()}>Try again</Button>
          </div>
        ) : (
          <Delayed>
            <div role="status" aria-busy="true" aria-label="Loading the conflicts" className="grid gap-3 p-4">
              <SkeletonLine className="w-2/5" />
              <SkeletonLine className="w-4/5" />
            </div>
          </Delayed>
        )}
      </div>
    </div>
  )
}
