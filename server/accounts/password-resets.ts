// A forgotten password: one-time links, by mail or made by an owner for a member, and what using one does.

import { AppError } from '../../shared/errors.ts'
import { isUserId } from '../../shared/ids.ts'
import type { ResetLink, ResetPreview } from '../../shared/wire/accounts.ts'
import type { Audit } from '../audit/audit.ts'
import { networkOf } from '../auth/client-network.ts'
import type { PasswordHashing } from '../auth/password-hashing.ts'
import { digestOf } from '../auth/secret-token.ts'
import type { Session, Sessions } from '../auth/sessions.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import type { RateLimit, RateLimits } from '../base/rate-limits.ts'
import type { Service } from '../base/service.ts'
import type { Mailer } from '../mail/mailer.ts'
import { requireWholePerson, type Access } from '../projects/access.ts'
import type { PasswordResetsStore } from '../store/password-resets-store.ts'
import { ownersLinkMail, passwordChangedMail, resetMail } from './mails.ts'
import { newResetLink } from './reset-link.ts'

export interface PasswordResetsOptions {
  store: PasswordResetsStore
  access: Access
  sessions: Sessions
  hashing: PasswordHashing
  mailer: Mailer
  audit: Audit
  log: Log
  config: Pick<Config, 'RESET_REQUESTS_PER_HOUR' | 'RESET_REQUESTS_PER_ADDRESS' | 'SIGN_IN_FAILURES_PER_ADDRESS'>
  rateLimits: RateLimits
  /** The address people use; links begin with it. */
  publicUrl: () => string
}

const hourMs = 60 * 60 * 1_000

/** INVARIANT: an owner's link opens nothing that the owner does not own; see docs/decisions. Errors of all: store_unavailable, overloaded. */
export class PasswordResets implements Service {
  readonly name = 'password-resets'
  readonly #options: PasswordResetsOptions
  readonly #requestsByEmail: RateLimit
  readonly #requestsByAddress: RateLimit
  readonly #misses: RateLimit
  readonly #underWay = new Set<Promise<void>>()

  constructor(options: PasswordResetsOptions) {
    const { config, rateLimits } = options
    this.#options = options
    const windowS = hourMs / 1_000
    this.#requestsByEmail = rateLimits.of({ name: 'reset_email', max: config.RESET_REQUESTS_PER_HOUR, windowS })
    this.#requestsByAddress = rateLimits.of({ name: 'reset_address', max: config.RESET_REQUESTS_PER_ADDRESS, windowS })
    this.#misses = rateLimits.of({ name: 'reset_misses', max: config.SIGN_IN_FAILURES_PER_ADDRESS, windowS: 15 * 60 })
  }

  /** Whether links can be sent by mail. */
  get byMail(): boolean {
    return this.#options.mailer.isOn
  }

  /** Waits for links that are being made. */
  async stop(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  /**
   * Has a link sent to whoever has this email. Answers before it has looked, so that neither answer nor time tells whether anybody has.
   * Errors: mail_not_configured, rate_limited.
   */
  async request(email: string, clientAddress: string): Promise<void> {
    if (!this.byMail) throw new AppError('mail_not_configured')
    await this.#requestsByAddress.admit(networkOf(clientAddress))
    const address = email.toLowerCase()
    await this.#requestsByEmail.admit(Buffer.from(digestOf(address)).toString('base64'))
    const sent = this.#sendLink(address, clientAddress).finally(() => this.#underWay.delete(sent))
    this.#underWay.add(sent)
  }

  /**
   * An owner's link for a member. Errors: not_found, forbidden, reset_not_allowed when the member is in a project that this owner does
   * not own, or is the owner themself: that would set a password without knowing the old one.
   */
  async createForMember(session: Session, projectId: string, userId: string): Promise<ResetLink> {
    requireWholePerson(session)
    const { store, access, mailer, audit } = this.#options
    const { project } = await access.requireRole(session, projectId, 'administer')
    if (userId === session.userId) throw new AppError('reset_not_allowed', { message: 'Change your own password in your account.' })
    if (!isUserId(userId)) throw new AppError('not_found')
    const { token, tokenHash, url, expiresAt } = newResetLink(this.#options.publicUrl())
    const made = await store.createByOwner({ tokenHash, projectId: project.id, userId, ownerId: session.userId, expiresAt })
    if (made.person === null) throw new AppError('not_found')
    if (!made.isMade) throw new AppError('reset_not_allowed')
    await audit.record({ kind: 'account.reset_link_made', actorId: session.userId, projectId: project.id, subjectId: userId })
    mailer.post(ownersLinkMail(made.person, { ownerName: session.name, projectName: project.name }))
    return { token, url, expiresAt: expiresAt.toISOString() }
  }

  /** What a link is for. Errors: reset_link_not_found, rate_limited past too many that were none. */
  async preview(token: string, clientAddress: string): Promise<ResetPreview> {
    const row = await this.#options.store.preview(digestOf(token))
    if (!row) return this.#miss(clientAddress)
    return { ...row, expiresAt: row.expiresAt.toISOString() }
  }

  /** Sets the password and ends everything the person had open. Errors: reset_link_not_found, rate_limited. */
  async use(token: string, password: string, clientAddress: string): Promise<void> {
    const { store, hashing, sessions, audit, mailer } = this.#options
    const tokenHash = digestOf(token)
    // Looked at first: hashing is work, and not done for whoever makes a token up.
    if (!(await store.preview(tokenHash))) return this.#miss(clientAddress)
    const used = await store.use({ tokenHash, passwordHash: await hashing.hash(password) })
    if (!used) return this.#miss(clientAddress)
    const { userId, madeBy, projectId } = used
    sessions.revokeUser(userId)
    const details = { address: clientAddress, byOwner: madeBy !== null }
    await audit.record({ kind: 'account.password_reset', actorId: null, subjectId: userId, details })
    // The project's owners see it too, and nothing of where the person is.
    if (projectId !== null) await audit.record({ kind: 'account.password_reset', actorId: madeBy, projectId, subjectId: userId })
    mailer.post(passwordChangedMail(used))
  }

  async #sendLink(email: string, clientAddress: string): Promise<void> {
    const { store, mailer, audit, log } = this.#options
    try {
      const { tokenHash, url, expiresAt } = newResetLink(this.#options.publicUrl())
      const person = await store.createForEmail({ tokenHash, email, expiresAt })
      if (!person) return
      mailer.post(resetMail(person, url))
      const { userId } = person
      await audit.record({ kind: 'account.reset_link_made', actorId: null, subjectId: userId, details: { address: clientAddress } })
    } catch (error) {
      // The person has been told that a mail may come; they ask again.
      log.warn({ err: error }, 'account.reset_link_failed')
    }
  }

  async #miss(clientAddress: string): Promise<never> {
    await this.#misses.admit(networkOf(clientAddress))
    throw new AppError('reset_link_not_found')
  }
}
