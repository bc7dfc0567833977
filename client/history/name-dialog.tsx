// Asks for the name of a version.

import { limits } from '../../shared/limits.ts'
import { LineDialog } from '../ui/line-dialog.tsx'
import { tellSuccess } from '../ui/toast.ts'
import { useNameVersion } from './versions.ts'

interface NameDialogProps {
  projectId: string
  /** Null names the text as it is now. */
  versionId: string | null
  nameBefore: string
  onClose: () => void
  onNamed: (versionId: string) => void
}

/** Enter names it; Escape calls it off. */
export function NameDialog({ projectId, versionId, nameBefore, onClose, onNamed }: NameDialogProps) {
  const naming = useNameVersion(projectId)
  const submit = (name: string) =>
    naming.mutate(
      { versionId, name },
      {
        onSuccess: (version) => {
          tellSuccess(`“${version.name}” is kept for ever.`)
          onNamed(version.id)
        },
      },
    )
  return (
    <LineDialog
      title={nameBefore === '' ? 'Name this version' : 'Rename this version'}
      description="A version with a name is kept for ever; others go with age."
      field={{ label: 'Name', name: 'version-name', maxLength: limits.versionNameChars, before: nameBefore }}
      missing="Give the version a name."
      fault={naming.error ? `It was not named. ${naming.error.message}` : undefined}
      submit={{ label: 'Name it', pending: 'Naming…', isPending: naming.isPending }}
      cancel="Cancel"
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
