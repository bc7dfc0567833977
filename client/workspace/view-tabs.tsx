// The views of a project as tabs in the header: real links, the open one marked.

import { Link } from 'wouter'
import { viewAddress, views, type WorkspaceView } from './views.ts'

interface ViewTabsProps {
  projectId: string
  open: WorkspaceView
}

/** Nothing while there is but one view. */
export function ViewTabs({ projectId, open }: ViewTabsProps) {
  if (views.length < 2) return null
  return (
    <nav aria-label="Views of the project" className="flex h-full items-stretch gap-1">
      {views.map((view) => (
        <Link
          key={view.key}
          to={viewAddress(projectId, view)}
          aria-current={view === open ? 'page' : undefined}
          className="flex items-center border-b-2 border-transparent px-2.5 pt-0.5 text-base text-muted hover:text-text aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-text"
        >
          {view.label}
        </Link>
      ))}
    </nav>
  )
}
