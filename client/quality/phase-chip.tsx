// The phase in the header, with the maturity: a link to the view that explains both.

import { Link } from 'wouter'
import { useOpenProject } from '../session/open-project.ts'
import { CoverageRing } from './coverage-ring.tsx'
import { useLiveQuality } from './quality-data.ts'
import { phaseNames, wholePercent } from './words.ts'

/** Nothing until the quality is known: the phase alone is the project's own. */
export function PhaseChip() {
  const { project } = useOpenProject()
  const { data } = useLiveQuality()
  const phase = phaseNames[data?.phase ?? project.phase]
  return (
    <Link
      to={`/p/${project.id}/quality`}
      title={data ? `Phase ${phase}, maturity ${wholePercent(data.maturity)}` : `Phase ${phase}`}
      className="flex h-6 shrink-0 items-center gap-1.5 rounded-full border border-line px-2 text-sm text-muted hover:bg-hover hover:text-text"
    >
      {data && <CoverageRing percent={data.maturity} color="var(--accent)" />}
      {phase}
      {data && <span className="tabular-nums">{wholePercent(data.maturity)}</span>}
    </Link>
  )
}
