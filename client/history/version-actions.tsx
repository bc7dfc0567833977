// What can be done with a version: name it, bring it back, delete it.

import Bookmark from 'lucide-react/icons/bookmark'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import Trash from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { may } from '../../shared/domain/roles.ts'
import type { Version } from '../../shared/wire/versions.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { tellError, tellSuccess } from '../ui/toast.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { NameDialog } from './name-dialog.tsx'
import { useRestore } from './use-restore.ts'
import { useNameVersion } from './versions.ts'

interface VersionActionsProps {
  version: Version | null
  addressOf: (selected: string) => string
}

/** Nothing for those who may not write, but that they are told so. */
export function VersionActions({ version, addressOf }: VersionActionsProps) {
  const { project, role } = useOpenProject()
  const [, navigate] = useLocation()
  const [dialog, setDialog] = useState<'name' | 'delete' | null>(null)
  const { restore, isRestoring } = useRestore()
  if (!may(role, 'write')) return version ? <p className="text-sm text-muted">To bring a version back, ask an editor.</p> : null
  const close = () => setDialog(null)
  const goTo = (selected: string) => {
    close()
    navigate(addressOf(selected))
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button onClick={() => setDialog('name')}>
        <Bookmark size={16} aria-hidden />
        {version?.name ? 'Rename' : 'Name this version'}
      </Button>
      {version?.name && <TakeNameAway version={version} />}
      {version && may(role, 'administer') && (
        <Button look="quiet" aria-label="Delete this version" title="Delete this version" onClick={() => setDialog('delete')}>
          <Trash size={16} aria-hidden />
        </Button>
      )}
      {version && (
        <Button look="primary" disabled={isRestoring} onClick={() => restore(version)}>
          <RotateCcw size={16} aria-hidden />
          {isRestoring ? 'Restoring…' : 'Restore'}
        </Button>
      )}
      {dialog === 'name' && (
        <NameDialog
          projectId={project.id}
          versionId={version?.id ?? null}
          nameBefore={version?.name ?? ''}
          onClose={close}
          onNamed={goTo}
        />
      )}
      {dialog === 'delete' && version && (
        <DeleteDialog projectId={project.id} version={version} onClose={close} onDeleted={() => goTo('now')} />
      )}
    </div>
  )
}

function TakeNameAway({ version }: { version: Version }) {
  const { project } = useOpenProject()
  const naming = useNameVersion(project.id)
  const { name } = version
  const give = (to: string | null, then: () => void) =>
    naming.mutate(
      { versionId: version.id, name: to },
      { onSuccess: then, onError: (error) => tellError(`The name was not changed. ${error.message}`) },
    )
  const take = () =>
    give(null, () =>
      tellSuccess('The name is gone; the version now goes with age.', { label: 'Undo', run: () => give(name, () => undefined) }),
    )
  return (
    <Button look="quiet" disabled={naming.isPending} onClick={take}>
      Remove the name
    </Button>
  )
}
