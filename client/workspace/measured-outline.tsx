// The outline with the coverage of each category, which comes once it has loaded.

import { useEffect } from 'react'
import type { DocumentPlace } from '../editor/document-place.ts'
import { Outline } from '../editor/outline.tsx'
import { afterText } from '../ui/after-text.ts'
import { useOnDemand } from '../ui/on-demand.ts'

interface MeasuredOutlineProps {
  place: DocumentPlace
  onJump?: () => void
}

const loadCoverage = () => afterText(() => import('../quality/outline-coverage.tsx'))

/** The outline is there at once; when the rest cannot be loaded, it is all there is. */
export function MeasuredOutline(props: MeasuredOutlineProps) {
  const { part, ask } = useOnDemand(loadCoverage)
  useEffect(ask)
  const coverage = part.state === 'ready' ? part.module : undefined
  return (
    <>
      <Outline {...props} Mark={coverage?.HeadingRing} />
      {coverage && <coverage.OutlineMaturity />}
    </>
  )
}
