// How many conflicts are open: in the header as a way to them, and beside the name of their panel. Redundancies do not count.

import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { Link, useLocation } from 'wouter'
import { conflictsInWords, useOpenCount } from '../conflicts/conflicts-data.ts'
import { useOpenProject } from '../session/open-project.ts'
import { useIsWide } from '../ui/media.ts'
import { showRightPanel } from './panel-layout.ts'

/** A link to the text with the panel beside it; nothing while none is open. */
export function ConflictCount() {
  const { project } = useOpenProject()
  const isWide = useIsWide()
  const [address] = useLocation()
  const count = useOpenCount()
  if (count === 0) return null
  const words = conflictsInWords(count)
  return (
    <Link
      to={`/p/${project.id}`}
      replace={address === `/p/${project.id}`}
      onClick={() => showRightPanel('conflicts', isWide)}
      title={words}
      aria-label={words}
      className="flex h-6 shrink-0 animate-appear items-center gap-1 rounded-full bg-danger-soft px-2 text-sm font-medium text-danger tabular-nums hover:underline"
    >
      <TriangleAlert size={13} aria-hidden />
      {count}
    </Link>
  )
}

/** The number alone, to be read after a name. */
export function CountBadge() {
  const count = useOpenCount()
  return count === 0 ? null : <span className="ml-1.5 font-medium text-danger tabular-nums">{count}</span>
}
