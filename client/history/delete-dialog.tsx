// Asks before a version is deleted for good.

import type { Version } from '../../shared/wire/versions.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useDeleteVersion } from './versions.ts'
import { titleOf } from './version-words.ts'

interface DeleteDialogProps {
  projectId: string
  version: Version
  onClose: () => void
  onDeleted: () => void
}

/** Says what goes and what stays. */
export function DeleteDialog({ projectId, version, onClose, onDeleted }: DeleteDialogProps) {
  const deleting = useDeleteVersion(projectId)
  return (
    <Dialog
      title={`Delete “${titleOf(version)}”?`}
      description="The version is gone for good, for everyone. The text as it is now and the other versions stay."
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      {deleting.error && <p role="alert">It was not deleted. {deleting.error.message}</p>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" disabled={deleting.isPending} onClick={() => deleting.mutate(version.id, { onSuccess: onDeleted })}>
          {deleting.isPending ? 'Deleting…' : 'Delete this version'}
        </Button>
      </div>
    </Dialog>
  )
}
