// How severe a conflict is: a colour, always with its sign and its word.

import CircleAlert from 'lucide-react/icons/circle-alert'
import Copy from 'lucide-react/icons/copy'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { Conflict } from '../../shared/wire/conflicts.ts'
import { isCounted } from './conflicts-data.ts'

/** `Critical contradiction`, `Redundancy`. */
export function Severity({ conflict }: { conflict: Conflict }) {
  const { severity, kind } = conflict
  if (!isCounted(conflict))
    return (
      <span className="inline-flex items-center gap-1.5 text-sm font-medium text-muted">
        <Copy size={14} aria-hidden /> Redundancy
      </span>
    )
  const isGrave = severity === 'critical' || severity === 'high'
  const Icon = isGrave ? CircleAlert : TriangleAlert
  return (
    <span className={`inline-flex items-center gap-1.5 text-sm font-medium ${isGrave ? 'text-danger' : 'text-warning'}`}>
      <Icon size={14} aria-hidden /> {severity.charAt(0).toUpperCase() + severity.slice(1)} {kind}
    </span>
  )
}
