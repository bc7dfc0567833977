// The people of a project in one dialog: inviting, roles, leaving; and for owners what was done.

import { Tabs } from 'radix-ui'
import { useLocation } from 'wouter'
import { may, type Role } from '../../shared/domain/roles.ts'
import { Dialog } from '../ui/dialog.tsx'
import { AuditLog } from './audit-log.tsx'
import { InviteForm } from './invite-form.tsx'
import { MemberList } from './member-list.tsx'
import { OpenInvitations } from './open-invitations.tsx'

interface MembersDialogProps {
  projectId: string
  ownUserId: string
  /** One's own role as of now: it may change while the dialog is open. */
  role: Role
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** Owners share and manage here; everyone else sees who is in the project, and can leave it. */
export function MembersDialog({ projectId, ownUserId, role, isOpen, onOpenChange }: MembersDialogProps) {
  const [, navigate] = useLocation()
  const people = <MemberList projectId={projectId} ownUserId={ownUserId} onLeft={() => navigate('/', { replace: true })} />
  const isOwner = may(role, 'administer')
  return (
    <Dialog title={isOwner ? 'Share this project' : 'People in this project'} isOpen={isOpen} onOpenChange={onOpenChange}>
      {isOwner ? (
        <Tabs.Root defaultValue="people" className="grid grid-cols-1 gap-4">
          <Tabs.List aria-label="People and what they did" className="flex gap-1 border-b border-line">
            <Tab value="people">People</Tab>
            <Tab value="log">Audit log</Tab>
          </Tabs.List>
          <Tabs.Content value="people" className="grid grid-cols-1 gap-6">
            <InviteForm projectId={projectId} />
            {people}
            <OpenInvitations projectId={projectId} />
          </Tabs.Content>
          <Tabs.Content value="log">
            <AuditLog projectId={projectId} />
          </Tabs.Content>
        </Tabs.Root>
      ) : (
        people
      )}
    </Dialog>
  )
}

function Tab({ value, children }: { value: string; children: string }) {
  return (
    <Tabs.Trigger
      value={value}
      className="-mb-px border-b-2 border-transparent px-3 py-2 font-medium text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:text-text"
    >
      {children}
    </Tabs.Trigger>
  )
}
