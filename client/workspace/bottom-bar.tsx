// The bar under the text on a narrow screen: the outline, the views, the panels of the right side. Loaded where there is one.

import { Link } from 'wouter'
import { barIcons } from './bar-icons.ts'
import { showRightPanel, togglePanel } from './panel-layout.ts'
import { rightPanels } from './right-panels.ts'
import { viewAddress, views, type WorkspaceView } from './views.ts'

const look =
  'flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[10px]/4 tracking-tight text-muted sm:text-[11px]/4 sm:tracking-normal hover:bg-hover aria-[current]:font-medium aria-[current]:text-accent'

interface BottomBarProps {
  projectId: string
  open: WorkspaceView
}

/** 48 px at the bottom; words under every icon. */
export function BottomBar({ projectId, open }: BottomBarProps) {
  // The panels are about the text.
  const isSpec = open.View === null
  const shownPanels = isSpec ? rightPanels : []
  return (
    <nav aria-label="Parts of the project" className="flex h-12 shrink-0 items-stretch border-t border-line bg-bg">
      {isSpec && (
        <button type="button" onClick={() => togglePanel('left', false)} className={look}>
          <Face name="outline" label="Outline" />
        </button>
      )}
      {views.length > 1 &&
        views.map((view) => (
          <Link key={view.key} to={viewAddress(projectId, view)} aria-current={view === open ? 'page' : undefined} className={look}>
            <Face name={view.key} label={view.label} />
          </Link>
        ))}
      {shownPanels.map((panel) => (
        <button key={panel.key} type="button" aria-label={panel.label} onClick={() => showRightPanel(panel.key, false)} className={look}>
          <Face name={panel.key} label={panel.short} />
        </button>
      ))}
    </nav>
  )
}

function Face({ name, label }: { name: keyof typeof barIcons; label: string }) {
  const Icon = barIcons[name]
  return (
    <>
      <Icon size={18} aria-hidden />
      {label}
    </>
  )
}
