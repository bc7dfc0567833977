// Asks an owner why a closed gate is passed; the reason is kept and shown to everyone.

import { useState, type FormEvent } from 'react'
import type { GatedPhase } from '../../shared/domain/phases.ts'
import { limits } from '../../shared/limits.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { tellSuccess } from '../ui/toast.ts'
import { useChangePhase } from './quality-data.ts'
import { phaseNames } from './words.ts'

interface OverrideDialogProps {
  to: GatedPhase
  /** What the gate lacks, as sentences. */
  unmet: readonly string[]
  onClose: () => void
}

/** Enter passes the gate; Escape leaves it closed. */
export function OverrideDialog({ to, unmet, onClose }: OverrideDialogProps) {
  const { project } = useOpenProject()
  const changing = useChangePhase(project.id)
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(reason.trim() === '')
    if (reason.trim() === '') return
    changing.mutate(
      { to, reason },
      {
        onSuccess: () => {
          tellSuccess(`The project is in the phase ${phaseNames[to]} now. Your reason is kept.`)
          onClose()
        },
      },
    )
  }
  const error = isMissing
    ? 'Write why: it stays with the project.'
    : changing.error
      ? `The gate was not passed. ${changing.error.message}`
      : undefined
  return (
    <Dialog
      title={`Pass the gate to ${phaseNames[to]}`}
      description="It is closed. What you write here is kept with your name, and everyone in the project sees it."
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <div>
        <h3 className="text-sm font-medium">What it lacks</h3>
        <ul className="mt-1 list-disc pl-5 text-sm text-muted">
          {unmet.map((says) => (
            <li key={says}>{says}</li>
          ))}
        </ul>
      </div>
      <form noValidate onSubmit={submit} className="grid gap-4">
        <Field
          label="Reason"
          name="override-reason"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={limits.overrideReasonChars}
          autoComplete="off"
          autoFocus
          error={error}
        />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Leave it closed
          </Button>
          <Button type="submit" look="primary" disabled={changing.isPending}>
            {changing.isPending ? 'Passing…' : 'Pass the gate'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
