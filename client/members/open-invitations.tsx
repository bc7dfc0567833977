// The links that can still be used, each with its role, its end and how often it was used.

import type { OpenInvitation } from '../../shared/wire/members.ts'
import { Button } from '../ui/button.tsx'
import { useOpenInvitations, useWithdrawInvitation } from './invitations.ts'

/** The list for owners; nothing at all while there are no links. */
export function OpenInvitations({ projectId }: { projectId: string }) {
  const open = useOpenInvitations(projectId)
  const withdraw = useWithdrawInvitation(projectId)
  if (open.error) return <p role="alert">The open links could not be listed; they still work. {open.error.message}</p>
  if (!open.data || open.data.length === 0) return null
  return (
    <section aria-label="Open links" className="grid grid-cols-1 gap-1">
      <h3 className="text-sm font-medium text-muted">Open links</h3>
      <ul className="divide-y divide-line">
        {open.data.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="min-w-0 flex-1 basis-48">
              <span className="block truncate">
                <span className="capitalize">{invitation.role}</span>, {invitation.email ?? 'anybody who has the link'}
              </span>
              <span className="block text-sm text-muted">{describeUse(invitation)}</span>
            </span>
            <Button
              aria-label={`Withdraw the link for ${invitation.email ?? `any ${invitation.role}`}`}
              disabled={withdraw.isPending}
              onClick={() => withdraw.mutate(invitation.id)}
            >
              Withdraw
            </Button>
          </li>
        ))}
      </ul>
      {withdraw.error && (
        <p role="alert" className="text-danger">
          The link was not withdrawn. {withdraw.error.message}
        </p>
      )}
    </section>
  )
}

function describeUse({ createdByName, expiresAt, uses }: OpenInvitation): string {
  const until = new Date(expiresAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  const used = uses === 0 ? 'not used yet' : uses === 1 ? 'used once' : `used ${uses} times`
  return `Made by ${createdByName}, works until ${until}, ${used}`
}
