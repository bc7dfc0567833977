// Says that one's decision was not carried out, what has happened instead, and what the texts are now.

import type { ChangedConflict, Conflict } from '../../shared/wire/conflicts.ts'
import { Button } from '../ui/button.tsx'
import { outcomeOf } from './outcome.ts'
import { useNameOf } from '../session/use-name-of.ts'

interface RefusalNoticeProps {
  refusal: ChangedConflict
  /** The conflict as the page has it; undefined when it is not open any more. */
  now: Conflict | undefined
  onSeen: () => void
}

/** Announced at once; the choices stand under it while there is something to choose. */
export function RefusalNotice({ refusal: { conflict, texts }, now, onSeen }: RefusalNoticeProps) {
  const nameOf = useNameOf()
  const isOpen = now !== undefined
  return (
    <div role="alert" className="grid gap-1.5 rounded-md bg-warning-soft px-3 py-2 text-sm">
      <p className="font-medium">Your decision was not carried out: it had changed since you looked.</p>
      <p>{isOpen ? 'Nothing was done to the text. This is what it says now; decide again.' : outcomeOf(conflict, nameOf)}</p>
      <ul className="grid gap-1">
        {texts.map(({ id, ref, text }) => (
          <li key={id} className="wrap-anywhere">
            <span className="mr-1.5 text-muted tabular-nums">{ref}</span>
            {text}
          </li>
        ))}
      </ul>
      {!isOpen && (
        <Button className="justify-self-start" onClick={onSeen}>
          Understood
        </Button>
      )}
    </div>
  )
}
