// Everyone in the project with their role, and for owners the ways to change it.

import { useState } from 'react'
import { may, type Role } from '../../shared/domain/roles.ts'
import type { Member } from '../../shared/wire/projects.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { MemberQuestion, type MemberStep } from './member-question.tsx'
import { MemberRow } from './member-row.tsx'
import { useChangeRole, useMembers } from './members.ts'
import { ResetLink } from './reset-link.tsx'

interface MemberListProps {
  projectId: string
  ownUserId: string
  /** Called once oneself is out. */
  onLeft: () => void
}

/** The list; what cannot be taken back by a second click is asked about in its row. */
export function MemberList({ projectId, ownUserId, onLeft }: MemberListProps) {
  const members = useMembers(projectId)
  if (members.error && !members.data) {
    return (
      <div role="alert" className="grid justify-items-start gap-3">
        <p>The people could not be listed. {members.error.message}</p>
        <Button onClick={() => void members.refetch()}>Try again</Button>
      </div>
    )
  }
  if (!members.data) return <MembersSkeleton />
  const count = members.data.length
  return (
    <section aria-label="People" className="grid grid-cols-1 gap-1">
      <h3 className="text-sm font-medium text-muted">{count === 1 ? '1 person' : `${count} people`}</h3>
      <MemberRows members={members.data} projectId={projectId} ownUserId={ownUserId} onLeft={onLeft} />
    </section>
  )
}

function MemberRows({ members, projectId, ownUserId, onLeft }: MemberListProps & { members: readonly Member[] }) {
  const changeRole = useChangeRole(projectId)
  const [step, setStep] = useState<MemberStep | { kind: 'reset'; member: Member } | null>(null)
  const own = members.find((member) => member.userId === ownUserId)
  const mayManage = own !== undefined && may(own.role, 'administer')
  const isOnlyOwner = own?.role === 'owner' && members.filter((member) => member.role === 'owner').length === 1
  const give = (member: Member, role: Role) => {
    setStep(null)
    changeRole.mutate({ userId: member.userId, role })
  }
  return (
    <>
      <ul className="divide-y divide-line">
        {members.map((member) => (
          <li key={member.userId} className="grid grid-cols-1 gap-2 py-2">
            <MemberRow
              member={member}
              isOwn={member === own}
              mayManage={mayManage}
              isOnlyOwner={isOnlyOwner && member === own}
              onRole={(role) => give(member, role)}
              onStep={(kind) => setStep({ kind, member })}
            />
            {step?.kind === 'reset' && step.member.userId === member.userId && (
              <ResetLink projectId={projectId} member={member} onClose={() => setStep(null)} />
            )}
            {step && step.kind !== 'reset' && step.member.userId === member.userId && (
              <MemberQuestion projectId={projectId} ownUserId={ownUserId} step={step} onClose={() => setStep(null)} onLeft={onLeft} />
            )}
          </li>
        ))}
      </ul>
      {isOnlyOwner && (
        <p className="text-sm text-muted">You are the only owner: to leave or to step down, make somebody else an owner first.</p>
      )}
      {changeRole.error && (
        <p role="alert" className="text-danger">
          The role is as it was. {changeRole.error.message}
        </p>
      )}
    </>
  )
}

function MembersSkeleton() {
  return (
    <Delayed>
      <div role="status" aria-busy="true" aria-label="Loading the people" className="grid gap-4 py-2">
        <SkeletonLine className="w-3/5" />
        <SkeletonLine className="w-2/5" />
      </div>
    </Delayed>
  )
}
