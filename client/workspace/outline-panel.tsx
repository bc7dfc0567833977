// The left panel: the outline, beside the text or, on a narrow screen, over it.

import { lazy } from 'react'
import type { DocumentPlace } from '../editor/document-place.ts'
import { afterText } from '../ui/after-text.ts'
import { Part } from '../ui/part.tsx'
import { SidePanel } from '../ui/side-panel.tsx'
import { panelWidths, setPanelWidth, usePanelLayout } from './panel-layout.ts'

const MeasuredOutline = lazy(async () => ({ default: (await afterText(() => import('./measured-outline.tsx'))).MeasuredOutline }))

/** Beside the text; nothing when it is closed. */
export function OutlinePanel({ place }: { place: DocumentPlace }) {
  const { open, widthPx } = usePanelLayout()
  if (!open.left) return null
  const onWidth = (width: number) => setPanelWidth('left', width)
  return (
    <SidePanel side="left" label="Outline" widthPx={widthPx.left} {...panelWidths.left} onWidth={onWidth}>
      <h2 className="px-4 pt-4 pb-2 text-sm font-medium text-muted">Outline</h2>
      <Part>
        <MeasuredOutline place={place} />
      </Part>
    </SidePanel>
  )
}
