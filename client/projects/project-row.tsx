// One project in the list: the way into it, and for its owner what can be done with it.

import { useState } from 'react'
import { Link } from 'wouter'
import { may } from '../../shared/domain/roles.ts'
import type { Project } from '../../shared/wire/projects.ts'
import { FailedPart } from '../ui/failed-part.tsx'
import { useOnDemand } from '../ui/on-demand.ts'
import { whenSince } from '../ui/when.ts'
import { ProjectDetailsForm } from './project-details-form.tsx'
import { ProjectRowButton } from './project-row-button.tsx'

const loadMenu = () => import('./project-row-menu.tsx')

interface ProjectRowProps {
  project: Project
  /** Called when the project is about to be opened. */
  onNear: () => void
}

/** A row; renaming happens in its place. */
export function ProjectRow({ project, onNear }: ProjectRowProps) {
  const [isEditing, setEditing] = useState(false)
  if (isEditing) return <ProjectDetailsForm project={project} onDone={() => setEditing(false)} />
  const since = project.archivedAt ?? project.updatedAt
  return (
    <div className="flex items-center gap-1">
      <Link
        to={`/p/${project.id}`}
        onPointerEnter={onNear}
        onFocus={onNear}
        className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-1 rounded-md px-2 py-3 hover:bg-hover"
      >
        <span className="min-w-0 flex-1 max-sm:basis-full">
          <span className="line-clamp-2 font-medium break-words">
            <bdi>{project.name}</bdi>
          </span>
          {project.description && (
            <span className="line-clamp-1 text-sm text-muted">
              <bdi>{project.description}</bdi>
            </span>
          )}
        </span>
        <span className="shrink-0 text-sm text-muted capitalize">{project.role}</span>
        <time
          dateTime={since}
          title={new Date(since).toLocaleString()}
          className="min-w-24 shrink-0 text-sm text-muted tabular-nums sm:text-right"
        >
          {whenSince(since)}
        </time>
      </Link>
      {may(project.role, 'administer') ? (
        <RowMenu project={project} onEdit={() => setEditing(true)} />
      ) : (
        <span className="size-8 shrink-0" />
      )}
    </div>
  )
}

function RowMenu({ project, onEdit }: { project: Project; onEdit: () => void }) {
  const { part, ask } = useOnDemand(loadMenu)
  if (part.state === 'ready') return <part.module.ProjectRowMenu project={project} onEdit={onEdit} />
  return (
    <>
      <ProjectRowButton project={project} onClick={ask} />
      {part.state === 'failed' && <FailedPart />}
    </>
  )
}
