// The panel that lies over the text on a narrow screen. Loaded when one is first opened.

import { useEffect } from 'react'
import type { DocumentPlace } from '../editor/document-place.ts'
import { Sheet } from '../ui/sheet.tsx'
import { MeasuredOutline } from './measured-outline.tsx'
import { closeSheet, usePanelLayout } from './panel-layout.ts'
import { RightPanelContent } from './right-panel.tsx'
import { rightPanelOf } from './right-panels.ts'

/** The open sheet, if one is; leaving the page or making the window wide closes it. */
export function PanelSheet({ place }: { place: DocumentPlace }) {
  const { sheet, rightKey } = usePanelLayout()
  useEffect(() => closeSheet, [])
  if (sheet === 'left') {
    return (
      <Sheet side="left" title="Outline" onClose={closeSheet}>
        <div className="flex min-h-0 flex-1 flex-col pt-2">
          <MeasuredOutline place={place} onJump={closeSheet} />
        </div>
      </Sheet>
    )
  }
  const panel = rightPanelOf(rightKey)
  if (sheet !== 'right' || !panel) return null
  return (
    <Sheet side="right" title={panel.label} onClose={closeSheet}>
      <RightPanelContent panel={panel} place={place} />
    </Sheet>
  )
}
