// The open project's name, as the button of its menu.

import ChevronDown from 'lucide-react/icons/chevron-down'
import type { ButtonHTMLAttributes, Ref } from 'react'
import { useOpenProject } from '../session/open-project.ts'

interface ProjectButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  ref?: Ref<HTMLButtonElement>
}

/** The button; it passes on whatever a menu gives its trigger. */
export function ProjectButton(rest: ProjectButtonProps) {
  const { project } = useOpenProject()
  return (
    <button
      type="button"
      aria-haspopup="menu"
      title={project.name}
      className="flex h-8 max-w-full min-w-0 items-center gap-1 rounded-md px-2 font-semibold hover:bg-hover"
      {...rest}
    >
      <span className="truncate">{project.name}</span>
      <ChevronDown size={14} aria-hidden className="shrink-0 text-muted" />
    </button>
  )
}
