// The settings of the open project: its name, what it is about, putting it away. Loaded when it is first opened.

import Archive from 'lucide-react/icons/archive'
import { ProjectDetailsForm } from '../projects/project-details-form.tsx'
import { useArchiveProject, useChangeProject } from '../projects/projects.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { showError, showSuccess } from '../ui/toaster.tsx'

/** For owners; open as long as it is rendered. Archiving is undone rather than asked about. */
export function ProjectDialog({ onClose }: { onClose: () => void }) {
  const { project } = useOpenProject()
  const archive = useArchiveProject(project.id)
  const change = useChangeProject(project.id)
  const failed = (error: Error) => showError(`“${project.name}” is as it was. ${error.message}`)
  // The dialog is gone by the time of the answer, and with it its callbacks: these are the promises' own.
  const bringBack = () => void change.mutateAsync({ archived: false }).catch(failed)
  const putAway = () => {
    onClose()
    archive.mutateAsync().then(() => showSuccess(`“${project.name}” is archived.`, { label: 'Undo', run: bringBack }), failed)
  }
  return (
    <Dialog title="Project settings" isOpen onOpenChange={onClose}>
      <div className="-mx-2 -my-4">
        <ProjectDetailsForm project={project} onDone={onClose} />
      </div>
      {project.archivedAt === null && (
        <section aria-labelledby="archive-heading" className="grid justify-items-start gap-2 border-t border-line pt-4">
          <h3 id="archive-heading" className="font-medium">
            Archive
          </h3>
          <p className="text-muted">Everyone can go on reading it, nobody can change it. You can bring it back at any time.</p>
          <Button onClick={putAway}>
            <Archive size={16} aria-hidden />
            Archive the project
          </Button>
        </section>
      )}
    </Dialog>
  )
}
