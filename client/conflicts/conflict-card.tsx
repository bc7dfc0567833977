// One conflict: what clashes and why, the ways to both places, and what was or can be decided.

import type { Conflict, Resolution } from '../../shared/wire/conflicts.ts'
import { goToItem } from '../session/ways.ts'
import { Button } from '../ui/button.tsx'
import { whenSince } from '../ui/when.ts'
import { Decision } from './decision.tsx'
import { Severity } from './severity.tsx'

const decided: Readonly<Record<Resolution, string>> = {
  keep_old: 'the older one was kept',
  replace: 'the newer one was kept',
  merge: 'one text took the place of both',
  ignore: 'left as it is',
}

interface ConflictCardProps {
  conflict: Conflict
  isOpen: boolean
  canWrite: boolean
  onToggle: () => void
}

/** Closed it is a sentence and its two places; open, it offers the decisions. */
export function ConflictCard({ conflict, isOpen, canWrite, onToggle }: ConflictCardProps) {
  const { id, items, why, status, note, resolution, closedBy, closedAt, openedAt } = conflict
  return (
    <li data-conflict={id} className="grid animate-appear gap-2 border-b border-line px-4 py-3">
      <div className="flex items-center justify-between gap-2">
        <Severity conflict={conflict} />
        <time dateTime={closedAt ?? openedAt} className="text-sm text-muted">
          {whenSince(closedAt ?? openedAt)}
        </time>
      </div>
      <p>{why}</p>
      <ul className="grid gap-1">
        {items.map((item) => (
          <li key={item.id} className="text-sm">
            <button
              type="button"
              onClick={() => goToItem(Number(item.ref.slice('SPEC-'.length)))}
              aria-label={`Show ${item.ref} in the text`}
              className="mr-1.5 text-accent tabular-nums hover:underline"
            >
              {item.ref}
            </button>
            <span className="wrap-anywhere text-muted">
              <Marked {...item} />
            </span>
          </li>
        ))}
      </ul>
      {status !== 'open' && (
        <p className="text-sm text-muted">
          {closedBy === 'text' ? 'Gone: the text no longer clashes.' : `Decided: ${resolution ? decided[resolution] : 'closed'}.`}
          {note && ` “${note}”`}
        </p>
      )}
      {canWrite && status !== 'resolved' && (
        <Button className="justify-self-start" aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? 'Close' : 'Resolve…'}
        </Button>
      )}
      {isOpen && canWrite && <Decision conflict={conflict} />}
    </li>
  )
}

/** A text with the words that clash in it. */
function Marked({ text, words }: Conflict['items'][number]) {
  const parts: { text: string; isMarked: boolean }[] = []
  let end = 0
  for (const { from, to } of words.toSorted((a, b) => a.from - b.from)) {
    if (from < end) continue
    parts.push({ text: text.slice(end, from), isMarked: false }, { text: text.slice(from, to), isMarked: true })
    end = to
  }
  parts.push({ text: text.slice(end), isMarked: false })
  return parts.map((part, index) =>
    part.isMarked ? (
      <mark key={index} className="rounded-[3px] bg-danger-soft px-0.5 text-text">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  )
}
