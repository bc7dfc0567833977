// The right panel: the one that was chosen, with tabs where there are several, beside the text or over it. Loaded with its first use.

import type { DocumentPlace } from '../editor/document-place.ts'
import { Part } from '../ui/part.tsx'
import { SidePanel } from '../ui/side-panel.tsx'
import { panelWidths, setPanelWidth, showRightPanel, usePanelLayout } from './panel-layout.ts'
import { rightPanelOf, rightPanels, type RightPanel } from './right-panels.ts'

/** Beside the text. */
export function RightPanelColumn({ place }: { place: DocumentPlace }) {
  const { widthPx, rightKey } = usePanelLayout()
  const panel = rightPanelOf(rightKey)
  if (!panel) return null
  const onWidth = (width: number) => setPanelWidth('right', width)
  return (
    <SidePanel side="right" label={panel.label} widthPx={widthPx.right} {...panelWidths.right} onWidth={onWidth}>
      <PanelTabs shown={panel} />
      <RightPanelContent panel={panel} place={place} />
    </SidePanel>
  )
}

/** The panel itself, with its tabs' choice made. */
export function RightPanelContent({ panel, place }: { panel: RightPanel; place: DocumentPlace }) {
  return (
    <Part>
      <panel.Panel place={place} />
    </Part>
  )
}

function PanelTabs({ shown }: { shown: RightPanel }) {
  if (rightPanels.length < 2) return <h2 className="px-4 pt-4 pb-2 text-sm font-medium text-muted">{shown.label}</h2>
  return (
    <div role="group" aria-label="Panels" className="flex gap-1 border-b border-line px-2 py-1.5">
      {rightPanels.map((panel) => (
        <button
          key={panel.key}
          type="button"
          aria-pressed={panel === shown}
          onClick={() => showRightPanel(panel.key, true)}
          className="rounded-md px-2 py-1 text-sm text-muted hover:bg-hover aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-text"
        >
          {panel.label}
          {panel.Badge && (
            <Part>
              <panel.Badge />
            </Part>
          )}
        </button>
      ))}
    </div>
  )
}
