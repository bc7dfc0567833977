// The owner's way to bring others in: a role, perhaps an address, a time; then a link.

import { useId, useState, type FormEvent } from 'react'
import { limits } from '../../shared/limits.ts'
import type { CreateInvitationRequest, Invitation } from '../../shared/wire/projects.ts'
import { ApiError } from '../net/api-error.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Field, inputLook } from '../ui/field.tsx'
import { useCreateInvitation } from './invitations.ts'

type InvitedRole = CreateInvitationRequest['role']

const offeredRoles: readonly { value: InvitedRole; label: string }[] = [
  { value: 'editor', label: 'Editor: reads and writes' },
  { value: 'commenter', label: 'Commenter: reads, answers questions' },
  { value: 'viewer', label: 'Viewer: reads' },
]

const offeredHours: readonly { value: string; label: string }[] = [
  { value: '24', label: '1 day' },
  { value: '168', label: '7 days' },
  { value: '720', label: '30 days' },
  { value: '8760', label: '1 year' },
]

/** Makes invitation links; each is shown once, since the server keeps no copy of it. */
export function InviteForm({ projectId }: { projectId: string }) {
  const create = useCreateInvitation(projectId)
  const [role, setRole] = useState<InvitedRole>('editor')
  const [hours, setHours] = useState('168')
  const [email, setEmail] = useState('')
  // A link made before was for something else: it must not be copied by mistake.
  const change = <Value,>(set: (value: Value) => void, value: Value) => {
    set(value)
    create.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const address = email.trim()
    create.mutate({ role, expiresInHours: Number(hours), ...(address === '' ? {} : { email: address }) })
  }
  const isBadEmail = create.error instanceof ApiError && create.error.status === 422

  return (
    <form noValidate onSubmit={submit} className="grid grid-cols-1 gap-3">
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Choice label="Role" value={role} choices={offeredRoles} onChange={(value) => change(setRole, value)} />
        <Choice label="Works for" value={hours} choices={offeredHours} onChange={(value) => change(setHours, value)} />
      </div>
      <Field
        label="Only for this email"
        type="email"
        value={email}
        onChange={(event) => change(setEmail, event.target.value)}
        placeholder="Anybody who has the link"
        autoComplete="off"
        maxLength={limits.emailChars}
        error={isBadEmail ? 'Enter a whole email address, or leave it empty.' : undefined}
      />
      <Button type="submit" look="primary" className="justify-self-start" disabled={create.isPending}>
        {create.isPending ? 'Making…' : 'Make a link'}
      </Button>
      {create.error && !isBadEmail && (
        <p role="alert" className="text-danger">
          No link was made. {create.error.message}
        </p>
      )}
      {create.data && <MadeLink invitation={create.data} />}
    </form>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  value: Value
  choices: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, value, choices, onChange }: ChoiceProps<Value>) {
  const id = useId()
  const choose = (chosen: string) => {
    const choice = choices.find((candidate) => candidate.value === chosen)
    if (choice) onChange(choice.value)
  }
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select id={id} value={value} onChange={(event) => choose(event.target.value)} className={inputLook}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
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
