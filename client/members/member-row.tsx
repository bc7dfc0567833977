// One person of the project: who, since when, which role, and what can be done about it.

import Ellipsis from 'lucide-react/icons/ellipsis'
import { roles, type Role } from '../../shared/domain/roles.ts'
import type { Member } from '../../shared/wire/projects.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { inputLook } from '../ui/field.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import type { MemberStep } from './member-question.tsx'

interface MemberRowProps {
  member: Member
  isOwn: boolean
  /** Whether the reader may change who is in the project. */
  mayManage: boolean
  /** Whether this is the one owner, who has to stay. */
  isOnlyOwner: boolean
  onRole: (role: Role) => void
  onStep: (kind: MemberStep['kind'] | 'reset') => void
}

/** The row; owners choose roles in it, everyone can leave by their own. */
export function MemberRow({ member, isOwn, mayManage, isOnlyOwner, onRole, onStep }: MemberRowProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {/* The name stands beside it. */}
      <span aria-hidden className="flex">
        <Avatar name={member.name} color={member.color} />
      </span>
      <span className="min-w-0 flex-1 basis-32">
        <span className="block truncate" title={member.name}>
          <bdi>{member.name}</bdi>
          {isOwn && <span className="text-muted"> (you)</span>}
        </span>
        <span className="block text-sm text-muted">
          Since {new Date(member.joinedAt).toLocaleDateString(undefined, { dateStyle: 'medium' })}
        </span>
      </span>
      {mayManage ? (
        <RoleChoice member={member} isDisabled={isOnlyOwner} onRole={onRole} />
      ) : (
        <span className="text-muted capitalize">{member.role}</span>
      )}
      {isOwn && !isOnlyOwner && <Button onClick={() => onStep('leave')}>Leave</Button>}
      {!isOwn && mayManage && (
        <Menu trigger={<MoreButton name={member.name} />}>
          <MenuItem onSelect={() => onStep('hand-over')}>Hand the project over…</MenuItem>
          <MenuItem onSelect={() => onStep('reset')}>Link for a new password…</MenuItem>
          <MenuItem onSelect={() => onStep('remove')}>Remove from the project…</MenuItem>
        </Menu>
      )}
    </div>
  )
}

function RoleChoice({ member, isDisabled, onRole }: { member: Member; isDisabled: boolean; onRole: (role: Role) => void }) {
  const choose = (chosen: string) => {
    const role = roles.find((candidate) => candidate === chosen)
    if (role) onRole(role)
  }
  return (
    <select
      aria-label={`What ${member.name} may do`}
      value={member.role}
      disabled={isDisabled}
      onChange={(event) => choose(event.target.value)}
      className={`${inputLook} w-auto! capitalize disabled:opacity-60`}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {role}
        </option>
      ))}
    </select>
  )
}

function MoreButton({ name, ...rest }: { name: string }) {
  return (
    <button
      type="button"
      aria-label={`More about ${name}`}
      className="grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-text"
      {...rest}
    >
      <Ellipsis size={16} aria-hidden />
    </button>
  )
}
