// What clashes and why, with the ways to both places.

import type { Conflict } from '../../shared/wire/conflicts.ts'
import { goToItem } from '../session/ways.ts'
import { whenSince } from '../ui/when.ts'
import { Severity } from './severity.tsx'

/** Severity, the reason, and each item with the words that clash. */
export function ConflictFacts({ conflict }: { conflict: Conflict }) {
  const { items, why, closedAt, openedAt } = conflict
  return (
    <>
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
    </>
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
