// What the text would say after a decision.

import type { ReactNode } from 'react'
import type { Conflict, Resolution } from '../../shared/wire/conflicts.ts'

interface DecisionPreviewProps {
  conflict: Conflict
  newerItemId: string | null
  chosen: Resolution
  keptId: string | null
  /** What comes in place of all, when that is chosen. */
  children: ReactNode
}

/** What goes is struck out, what stays or comes is as it would be. */
export function DecisionPreview({ conflict, newerItemId, chosen, keptId, children }: DecisionPreviewProps) {
  const staysOf = (id: string) => chosen === 'ignore' || (chosen !== 'merge' && (keptId === null || id === keptId))
  return (
    <div role="group" aria-label="What the text would say" className="grid gap-1 rounded-md bg-code p-2 text-sm">
      {conflict.items.map(({ id, ref, text }) => {
        const stays = staysOf(id)
        return (
          <p key={id} className="wrap-anywhere">
            <span className="mr-1.5 text-muted tabular-nums">
              {stays ? ref : `− ${ref}`}
              {id === newerItemId && conflict.items.length === 2 && ' (newer)'}
            </span>
            {stays ? text : <del className="text-muted">{text}</del>}
          </p>
        )
      })}
      {children}
    </div>
  )
}
