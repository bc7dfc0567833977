// An owner's link that lets a member set a new password, under the member's row.

import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import type { ResetLink as MadeLink } from '../../shared/wire/accounts.ts'
import type { Member } from '../../shared/wire/projects.ts'
import { api } from '../session/api.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { inputLook } from '../ui/field.tsx'

interface ResetLinkProps {
  projectId: string
  member: Member
  onClose: () => void
}

/** Says what the link does, makes it, and shows it once. */
export function ResetLink({ projectId, member: { userId, name }, onClose }: ResetLinkProps) {
  const path = `/api/projects/${encodeURIComponent(projectId)}/members/${encodeURIComponent(userId)}/password-reset`
  const make = useMutation({ mutationFn: () => api.request<MadeLink>('POST', path) })
  return (
    <div
      role="group"
      aria-label={`Link for a new password: ${name}`}
      className="grid animate-appear gap-2 rounded-md border border-line bg-bg-side p-3"
      data-own-escape
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      {make.data ? (
        <LinkOnce name={name} url={make.data.url} />
      ) : (
        <p>
          <bdi>{name}</bdi> sets a new password by this link, once, within an hour, and is signed out everywhere. It is told to{' '}
          <bdi>{name}</bdi> and kept in the audit log that you made it.
        </p>
      )}
      {make.error && (
        <p role="alert" className="text-danger">
          No link was made. {make.error.message}
        </p>
      )}
      <div className="flex gap-2">
        {!make.data && (
          <Button look="primary" autoFocus disabled={make.isPending} onClick={() => make.mutate()}>
            {make.isPending ? 'Making…' : 'Make the link'}
          </Button>
        )}
        <Button look="quiet" onClick={onClose}>
          {make.data ? 'Done' : 'Cancel'}
        </Button>
      </div>
    </div>
  )
}

function LinkOnce({ name, url }: { name: string; url: string }) {
  const id = useId()
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        Link for <bdi>{name}</bdi>
      </label>
      <div className="flex gap-2">
        <input id={id} readOnly autoFocus value={url} onFocus={(event) => event.target.select()} className={inputLook} />
        <CopyButton text={url} className="h-9" />
      </div>
      <p className="text-sm text-muted">
        It is shown only now. Give it to <bdi>{name}</bdi> and to nobody else.
      </p>
    </div>
  )
}
