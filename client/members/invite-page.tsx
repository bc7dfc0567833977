// `/invite/:token`: says which project, which role and who invites, then lets the person join.

import { useLocation } from 'wouter'
import type { InvitationPreview } from '../../shared/wire/projects.ts'
import { ApiError } from '../net/api-error.ts'
import { signInPath } from '../session/return-path.ts'
import { useSession } from '../session/session.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { MessagePage } from '../ui/notice.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { useAcceptInvitation, useInvitation } from './invitations.ts'

const canDo: Record<InvitationPreview['role'], string> = {
  owner: 'You will own it together.',
  editor: 'You will read and write the spec.',
  commenter: 'You will read the spec and answer questions about it.',
  viewer: 'You will read the spec.',
}

/** The page behind an invitation link. */
export function InvitePage({ token }: { token: string }) {
  const invitation = useInvitation(token)
  usePageTitle(invitation.data ? `Join ${invitation.data.projectName}` : 'Invitation')
  if (invitation.isPending) {
    return (
      <Delayed>
        <MessagePage title="Looking at the invitation…">
          <SkeletonLine className="w-4/5" />
        </MessagePage>
      </Delayed>
    )
  }
  if (invitation.data) return <Offer token={token} invitation={invitation.data} />
  const isGone = invitation.error instanceof ApiError && invitation.error.status === 404
  if (isGone) {
    return (
      <MessagePage title="This invitation is no longer good" actions={<ButtonLink to="/">All projects</ButtonLink>}>
        <p>It was withdrawn, has expired, or its address is incomplete. Ask whoever sent it for a new link.</p>
      </MessagePage>
    )
  }
  return (
    <MessagePage title="The invitation could not be read" actions={<Button onClick={() => void invitation.refetch()}>Try again</Button>}>
      <p>The link may still be good. {invitation.error.message}</p>
    </MessagePage>
  )
}

function Offer({ token, invitation }: { token: string; invitation: InvitationPreview }) {
  const session = useSession()
  const accept = useAcceptInvitation(token)
  const [path, navigate] = useLocation()
  const join = () => accept.mutate(undefined, { onSuccess: ({ projectId }) => navigate(`/p/${projectId}`, { replace: true }) })
  const actions = session.data ? (
    <Button look="primary" disabled={accept.isPending} onClick={join}>
      {accept.isPending ? 'Joining…' : 'Join the project'}
    </Button>
  ) : (
    <>
      <ButtonLink look="primary" to={signInPath(path).replace('/sign-in', '/sign-up')}>
        Create an account to join
      </ButtonLink>
      <ButtonLink to={signInPath(path)}>Sign in</ButtonLink>
    </>
  )

  return (
    <MessagePage title={`Join ${invitation.projectName}`} actions={session.isPending ? null : actions}>
      <p className="text-text">
        {invitation.inviterName} invites you to this project as{' '}
        {invitation.role === 'viewer' || invitation.role === 'commenter' ? 'a' : 'an'} <strong>{invitation.role}</strong>.{' '}
        {canDo[invitation.role]}
      </p>
      {invitation.isForOneEmail && <p>It is for one person: sign in with the email address it was sent to.</p>}
      {session.data && <p>You are signed in as {session.data.email}.</p>}
      {accept.error && (
        <p role="alert" className="text-danger">
          You have not joined. {accept.error.message}
        </p>
      )}
    </MessagePage>
  )
}
