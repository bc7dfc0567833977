// The project's name in the header, and the menu behind it; the menu loads when someone reaches for it.

import { FailedPart } from '../ui/failed-part.tsx'
import { useOnDemand } from '../ui/on-demand.ts'
import { ProjectButton } from './project-button.tsx'

const loadPopup = () => import('./project-menu-popup.tsx')

/** The name as the page's heading, which opens what can be done with the project. */
export function ProjectMenu() {
  const { part, ask } = useOnDemand(loadPopup)
  return (
    <h1 className="min-w-0">
      {part.state === 'ready' ? <part.module.ProjectMenuPopup /> : <ProjectButton onClick={ask} />}
      {part.state === 'failed' && <FailedPart />}
    </h1>
  )
}
