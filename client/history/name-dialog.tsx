// Asks for the name of a version.

import { useState, type FormEvent } from 'react'
import { limits } from '../../shared/limits.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
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
  const [name, setName] = useState(nameBefore)
  const [isMissing, setMissing] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const trimmed = name.trim()
    setMissing(trimmed === '')
    if (trimmed === '') return
    naming.mutate(
      { versionId, name: trimmed },
      {
        onSuccess: (version) => {
          tellSuccess(`“${version.name}” is kept for ever.`)
          onNamed(version.id)
        },
      },
    )
  }
  const error = isMissing ? 'Give the version a name.' : naming.error ? `It was not named. ${naming.error.message}` : undefined
  return (
    <Dialog
      title={nameBefore === '' ? 'Name this version' : 'Rename this version'}
      description="A version with a name is kept for ever; others go with age."
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <form noValidate onSubmit={submit} className="grid gap-4">
        <Field
          label="Name"
          name="version-name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={limits.versionNameChars}
          autoComplete="off"
          autoFocus
          error={error}
        />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" disabled={naming.isPending}>
            {naming.isPending ? 'Naming…' : 'Name it'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
