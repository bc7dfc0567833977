// Asks an owner why a closed gate is passed; the reason is kept and shown to everyone.

import type { GatedPhase } from '../../shared/domain/phases.ts'
import { limits } from '../../shared/limits.ts'
import { useOpenProject } from '../session/open-project.ts'
import { LineDialog } from '../ui/line-dialog.tsx'
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
  const submit = (reason: string) =>
    changing.mutate(
      { to, reason },
      {
        onSuccess: () => {
          tellSuccess(`The project is in the phase ${phaseNames[to]} now. Your reason is kept.`)
          onClose()
        },
      },
    )
  return (
    <LineDialog
      title={`Pass the gate to ${phaseNames[to]}`}
      description="It is closed. What you write here is kept with your name, and everyone in the project sees it."
      field={{ label: 'Reason', name: 'override-reason', maxLength: limits.overrideReasonChars }}
      missing="Write why: it stays with the project."
      fault={changing.error ? `The gate was not passed. ${changing.error.message}` : undefined}
      submit={{ label: 'Pass the gate', pending: 'Passing…', isPending: changing.isPending }}
      cancel="Leave it closed"
      onSubmit={submit}
      onClose={onClose}
    >
      <div>
        <h3 className="text-sm font-medium">What it lacks</h3>
        <ul className="mt-1 list-disc pl-5 text-sm text-muted">
          {unmet.map((says) => (
            <li key={says}>{says}</li>
          ))}
        </ul>
      </div>
    </LineDialog>
  )
}
