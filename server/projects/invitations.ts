// Invitations: links that let people into a project; only a hash of their token is kept.

import { createHash, randomBytes } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import { isInvitationId } from '../../shared/ids.ts'
import type { OpenInvitation } from '../../shared/wire/members.ts'
import type { AcceptedInvitation, CreateInvitationRequest, Invitation, InvitationPreview } from '../../shared/wire/projects.ts'
import type { Audit } from '../audit/audit.ts'
import type { Asker } from '../auth/asker.ts'
import type { Config } from '../base/config.ts'
import type { InvitationsStore } from '../store/invitations-store.ts'
import { requireWholePerson, type Access } from './access.ts'

export interface InvitationsOptions {
  invitationsStore: InvitationsStore
  access: Access
  audit: Audit
  /** The address people use; links begin with it. */
  publicUrl: () => string
  config: Pick<Config, 'MEMBERS_PER_PROJECT_MAX' | 'INVITATIONS_PER_PROJECT_MAX'>
  now?: () => number
}

const hourMs = 60 * 60 * 1_000
const defaultHours = 7 * 24

/** What the API does with invitations. Errors of all: store_unavailable, overloaded. */
export class Invitations {
  readonly #store: InvitationsStore
  readonly #access: Access
  readonly #audit: Audit
  readonly #publicUrl: () => string
  readonly #config: InvitationsOptions['config']
  readonly #now: () => number

  constructor({ invitationsStore, access, audit, publicUrl, config, now = Date.now }: InvitationsOptions) {
    this.#store = invitationsStore
    this.#access = access
    this.#audit = audit
    this.#publicUrl = publicUrl
    this.#config = config
    this.#now = now
  }

  /** Makes a link; the token is shown this once. Errors: not_found, forbidden, too_many_invitations. */
  async create(asker: Asker, projectId: string, request: CreateInvitationRequest): Promise<Invitation> {
    const { project } = await this.#access.requireRole(asker, projectId, 'invite')
    const token = randomBytes(32).toString('base64url')
    const expiresAt = new Date(this.#now() + (request.expiresInHours ?? defaultHours) * hourMs)
    const email = request.email?.toLowerCase() ?? null
    const id = await this.#store.create({
      projectId: project.id,
      tokenHash: hashOf(token),
      role: request.role,
      email,
      expiresAt,
      createdBy: asker.userId,
      openMax: this.#config.INVITATIONS_PER_PROJECT_MAX,
    })
    if (id === null) throw new AppError('too_many_invitations')
    const details = { role: request.role, email }
    await this.#audit.record({ kind: 'invitation.made', actorId: asker.userId, projectId: project.id, details })
    return { id, token, url: new URL(`/invite/${token}`, this.#publicUrl()).href, expiresAt: expiresAt.toISOString() }
  }

  /** Those that can still be accepted, the last made first. Errors: not_found, forbidden. */
  async listOpen(asker: Asker, projectId: string): Promise<OpenInvitation[]> {
    const { project } = await this.#access.requireRole(asker, projectId, 'administer')
    const rows = await this.#store.listOpen(project.id)
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() }))
  }

  /** Ends one: who has not come by it cannot any more. Errors: not_found, forbidden, invitation_not_found. */
  async withdraw(asker: Asker, projectId: string, invitationId: string): Promise<void> {
    const { project } = await this.#access.requireRole(asker, projectId, 'administer')
    const role = isInvitationId(invitationId) ? await this.#store.withdraw(project.id, invitationId) : null
    if (role === null) throw new AppError('invitation_not_found')
    await this.#audit.record({ kind: 'invitation.withdrawn', actorId: asker.userId, projectId: project.id, details: { role } })
  }

  /** What the holder of a link may know before signing in. Errors: invitation_not_found. */
  async preview(token: string): Promise<InvitationPreview> {
    const row = await this.#store.preview(hashOf(token))
    if (!row) throw new AppError('invitation_not_found')
    const { email, expiresAt, ...shown } = row
    return { ...shown, isForOneEmail: email !== null, expiresAt: expiresAt.toISOString() }
  }

  /** Lets the person in; twice is once, and a higher role they have stays. Errors: invitation_not_found, invitation_for_other, project_full, token_not_allowed. */
  async accept(person: Asker & { email: string }, token: string): Promise<AcceptedInvitation> {
    requireWholePerson(person)
    const accepted = await this.#store.accept({
      tokenHash: hashOf(token),
      userId: person.userId,
      email: person.email.toLowerCase(),
      membersMax: this.#config.MEMBERS_PER_PROJECT_MAX,
    })
    if (!accepted) throw new AppError('invitation_not_found')
    if (accepted.isFull) throw new AppError('project_full')
    if (accepted.role === null) throw new AppError('invitation_for_other')
    const { projectId, role } = accepted
    if (accepted.isNew) await this.#audit.record({ kind: 'member.joined', actorId: person.userId, projectId, details: { role } })
    return { projectId, role }
  }
}

function hashOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}
