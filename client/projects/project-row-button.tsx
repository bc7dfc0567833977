// The button at the end of a project's row.

import Ellipsis from 'lucide-react/icons/ellipsis'
import type { ButtonHTMLAttributes, Ref } from 'react'
import type { Project } from '../../shared/wire/projects.ts'

interface ProjectRowButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  project: Project
  ref?: Ref<HTMLButtonElement>
}

/** The button; it passes on whatever a menu gives its trigger. */
export function ProjectRowButton({ project, ...rest }: ProjectRowButtonProps) {
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={`More about ${project.name}`}
      className="grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-text"
      {...rest}
    >
      <Ellipsis size={16} aria-hidden />
    </button>
  )
}
