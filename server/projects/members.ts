// The people of a project: who they are, what each may do, and how that changes.

import { personColor } from '../../shared/domain/person-colors.ts'
import type { Role } from '../../shared/domain/roles.ts'
import { AppError } from '../../shared/errors.ts'
import { isUserId, type UserId } from '../../shared/ids.ts'
import type { Member } from '../../shared/wire/projects.ts'
import type { Audit } from '../audit/audit.ts'
import type { Asker } from '../auth/asker.ts'
import type { MemberOutcome, MembersStore } from '../store/members-store.ts'
import { requireAdministrator, type Access } from './access.ts'

export interface MembersOptions {
  store: MembersStore
  access: Access
  audit: Audit
}

/** What the API does with members. Errors of all: not_found, store_unavailable, overloaded. */
export class Members {
  readonly #store: MembersStore
  readonly #access: Access
  readonly #audit: Audit

  constructor({ store, access, audit }: MembersOptions) {
    this.#store = store
    this.#access = access
    this.#audit = audit
  }

  /** Everyone in the project, in the order they came. */
  async list(asker: Asker, projectId: string): Promise<Member[]> {
    const { project } = await this.#access.requireRole(asker, projectId, 'read')
    const rows = await this.#store.list(project.id)
    return rows.map(({ joinedAt, ...member }) => ({ ...member, color: personColor(member.userId), joinedAt: joinedAt.toISOString() }))
  }

  /** Gives somebody a role; making another one owner and then leaving hands a project over. Errors: forbidden, last_owner, token_not_allowed. */
  async changeRole(asker: Asker, projectId: string, { userId, role }: { userId: UserId; role: Role }): Promise<Member> {
    const { project } = await this.#access.requireRole(asker, projectId, 'administer')
    if (!isUserId(userId)) throw new AppError('not_found')
    const before = changed(await this.#store.changeRole({ projectId: project.id, userId, actorId: asker.userId, role }))
    if (before !== role) {
      const details = { before, role }
      await this.#audit.record({ kind: 'member.role_changed', actorId: asker.userId, projectId: project.id, subjectId: userId, details })
    }
    const member = (await this.list(asker, projectId)).find((row) => row.userId === userId)
    // Gone again between the two statements.
    if (!member) throw new AppError('not_found')
    return member
  }

  /** Takes somebody out, who is not in any more when this resolves; anyone may leave. Errors: forbidden, last_owner, token_not_allowed. */
  async remove(asker: Asker, projectId: string, userId: UserId): Promise<void> {
    const isLeaving = userId === asker.userId
    const { project } = await this.#access.requireRole(asker, projectId, isLeaving ? 'read' : 'administer')
    if (isLeaving) requireAdministrator(asker)
    if (!isUserId(userId)) throw new AppError('not_found')
    const role = changed(await this.#store.remove({ projectId: project.id, userId, actorId: asker.userId }))
    const kind = isLeaving ? 'member.left' : 'member.removed'
    await this.#audit.record({ kind, actorId: asker.userId, projectId: project.id, subjectId: userId, details: { role } })
  }
}

/** The role until now; throws what kept the change from being made. */
function changed(outcome: MemberOutcome): Role {
  switch (outcome.type) {
    case 'changed':
      return outcome.before
    case 'not_a_member':
      throw new AppError('not_found')
    case 'last_owner':
      throw new AppError('last_owner')
    case 'not_an_owner':
      throw new AppError('forbidden')
  }
}
