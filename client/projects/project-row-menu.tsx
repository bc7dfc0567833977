// What opens at the end of a project's row: its details, putting it away, bringing it back. Loaded when it is first asked for.

import Archive from 'lucide-react/icons/archive'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import Pencil from 'lucide-react/icons/pencil'
import type { Project } from '../../shared/wire/projects.ts'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { showSuccess, showError } from '../ui/toaster.tsx'
import { ProjectRowButton } from './project-row-button.tsx'
import { useArchiveProject, useChangeProject } from './projects.ts'

/** The menu; open from the start, since it is made when the button is pressed. */
export function ProjectRowMenu({ project, onEdit }: { project: Project; onEdit: () => void }) {
  const archive = useArchiveProject(project.id)
  const change = useChangeProject(project.id)
  const failed = (error: Error) => showError(`“${project.name}” is as it was. ${error.message}`)
  // The row may be gone by the time of the answer, and with it its callbacks: these are the promises' own.
  const putAway = () => {
    archive.mutateAsync().then(() => showSuccess(`“${project.name}” is archived.`, { label: 'Undo', run: bringBack }), failed)
  }
  const bringBack = () => {
    change.mutateAsync({ archived: false }).then(() => showSuccess(`“${project.name}” is back among your projects.`), failed)
  }

  return (
    <Menu isOpenAtFirst trigger={<ProjectRowButton project={project} />}>
      {project.archivedAt === null ? (
        <>
          <MenuItem icon={<Pencil size={16} aria-hidden />} onSelect={onEdit}>
            Rename or describe
          </MenuItem>
          <MenuItem icon={<Archive size={16} aria-hidden />} onSelect={putAway}>
            Archive
          </MenuItem>
        </>
      ) : (
        <MenuItem icon={<ArchiveRestore size={16} aria-hidden />} onSelect={bringBack}>
          Bring back
        </MenuItem>
      )}
    </Menu>
  )
}
