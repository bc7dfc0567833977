// How the project came to its phase: each change with who made it, and why a closed gate was passed.

import type { PhaseChange } from '../../shared/wire/quality.ts'
import { whenSince } from '../ui/when.ts'
import { phaseNames } from './words.ts'

/** Newest first; nothing while the project is where it began. */
export function PhaseHistory({ changes }: { changes: readonly PhaseChange[] }) {
  return (
    <ol className="grid gap-3">
      {changes.map(({ from, to, at, byName, override }) => (
        <li key={`${at} ${to}`} className="grid gap-1">
          <p className="flex justify-between gap-3">
            <span className="min-w-0 break-words">
              {byName ?? 'A former member'}: {phaseNames[from]} → {phaseNames[to]}
            </span>
            <time dateTime={at} title={new Date(at).toLocaleString()} className="shrink-0 text-sm text-muted">
              {whenSince(at)}
            </time>
          </p>
          {override && (
            <div className="border-l-2 border-warning pl-3">
              <p className="text-sm font-medium text-warning">Passed a closed gate</p>
              <p className="break-words">“{override.reason}”</p>
              <p className="text-sm text-muted">It lacked: {override.unmet.join(' ')}</p>
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}
