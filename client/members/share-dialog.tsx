// The owner's way to bring others in: a role, a link.

import { useId, useState } from 'react'
import type { CreateInvitationRequest, Invitation } from '../../shared/wire/projects.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { inputLook } from '../ui/field.tsx'
import { useCreateInvitation } from './invitations.ts'

type InvitedRole = CreateInvitationRequest['role']

const offered: readonly { role: InvitedRole; label: string }[] = [
  { role: 'editor', label: 'Editor: reads and writes' },
  { role: 'commenter', label: 'Commenter: reads, answers questions' },
  { role: 'viewer', label: 'Viewer: reads' },
]

interface ShareDialogProps {
  projectId: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** Makes invitation links; each is shown once, since the server keeps no copy of it. */
export function ShareDialog({ projectId, isOpen, onOpenChange }: ShareDialogProps) {
  const create = useCreateInvitation(projectId)
  const [role, setRole] = useState<InvitedRole>('editor')
  const roleId = useId()
  const choose = (value: string) => {
    const choice = offered.find((candidate) => candidate.role === value)
    if (choice) setRole(choice.role)
    // A link made before was for another role: it must not be copied by mistake.
    create.reset()
  }

  return (
    <Dialog
      title="Share this project"
      description="Whoever has the link can join with the role you choose."
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      <div className="grid gap-1.5">
        <label htmlFor={roleId} className="text-sm font-medium">
          Role
        </label>
        <div className="flex flex-wrap gap-2">
          <select id={roleId} value={role} onChange={(event) => choose(event.target.value)} className={`${inputLook} flex-1 basis-48`}>
            {offered.map((choice) => (
              <option key={choice.role} value={choice.role}>
                {choice.label}
              </option>
            ))}
          </select>
          <Button look="primary" className="h-9" disabled={create.isPending} onClick={() => create.mutate({ role })}>
            {create.isPending ? 'Making…' : 'Make a link'}
          </Button>
        </div>
      </div>
      {create.error && (
        <p role="alert" className="text-danger">
          No link was made. {create.error.message}
        </p>
      )}
      {create.data && <MadeLink invitation={create.data} />}
    </Dialog>
  )
}

function MadeLink({ invitation }: { invitation: Invitation }) {
  const linkId = useId()
  return (
    <div className="grid animate-appear gap-1.5">
      <label htmlFor={linkId} className="text-sm font-medium">
        Invitation link
      </label>
      <div className="flex gap-2">
        <input id={linkId} readOnly value={invitation.url} onFocus={(event) => event.target.select()} className={inputLook} />
        <CopyButton text={invitation.url} className="h-9" />
      </div>
      <p className="text-sm text-muted">
        Works until {new Date(invitation.expiresAt).toLocaleDateString(undefined, { dateStyle: 'long' })}. It is shown only now.
      </p>
    </div>
  )
}
