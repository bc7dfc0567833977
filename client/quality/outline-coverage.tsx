// What the outline shows of the quality: a ring at each heading that names a category, the maturity below.

import { memo } from 'react'
import { Link } from 'wouter'
import { categoryName } from '../../shared/domain/categories.ts'
import { categoryOfHeading } from '../../shared/spec/grammar/section-names.ts'
import { useOpenProject } from '../session/open-project.ts'
import { CoverageRing } from './coverage-ring.tsx'
import { useLiveQuality, useQuality } from './quality-data.ts'
import { gapColors, gapWords, wholePercent } from './words.ts'

/** The ring of a heading; nothing when it names no category that counts. Drawn anew with the quality, not with each move of the caret. */
export const HeadingRing = memo(function HeadingRing({ text }: { text: string }) {
  const { project } = useOpenProject()
  const { data } = useQuality(project.id)
  const category = categoryOfHeading(text)
  const found = data?.categories.find(({ key }) => key === category)
  if (!found) return null
  const label = `${categoryName(found.key)}: ${wholePercent(found.percent)}, ${gapWords[found.gap]}`
  return <CoverageRing percent={found.percent} color={gapColors[found.gap]} label={label} />
})

/** The maturity of the whole, under the outline. */
export function OutlineMaturity() {
  const { project } = useOpenProject()
  const { data } = useLiveQuality()
  if (!data) return null
  return (
    <Link
      to={`/p/${project.id}/quality`}
      className="flex shrink-0 items-center gap-2 border-t border-line px-4 py-2.5 text-sm text-muted hover:bg-hover hover:text-text focus-visible:-outline-offset-2"
    >
      <CoverageRing percent={data.maturity} color="var(--accent)" />
      <span>Maturity</span>
      <span className="ml-auto font-medium text-text tabular-nums">{wholePercent(data.maturity)}</span>
    </Link>
  )
}
