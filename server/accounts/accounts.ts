// One's own account: name, password, and its end.

import { AppError } from '../../shared/errors.ts'
import type { Account, AccountDeletion, ChangePasswordRequest } from '../../shared/wire/accounts.ts'
import type { Audit } from '../audit/audit.ts'
import { wrongPassword, type PasswordCheck } from '../auth/password-check.ts'
import type { PasswordHashing } from '../auth/password-hashing.ts'
import type { Session, Sessions } from '../auth/sessions.ts'
import type { Mailer } from '../mail/mailer.ts'
import { requireAtLarge, requireWholePerson } from '../projects/access.ts'
import type { AccountsStore, ProjectFate } from '../store/accounts-store.ts'
import { passwordChangedMail } from './mails.ts'

export interface AccountsOptions {
  store: AccountsStore
  sessions: Sessions
  passwordCheck: PasswordCheck
  hashing: PasswordHashing
  mailer: Mailer
  audit: Audit
}

/** A session that asks, and from where. */
export interface Caller {
  session: Session
  clientAddress: string
}

/** What the API does with one's account. Errors of all: token_not_allowed, store_unavailable, overloaded. */
export class Accounts {
  readonly #options: AccountsOptions

  constructor(options: AccountsOptions) {
    this.#options = options
  }

  /** The account; an API token that reads may ask whose it is. Errors: unauthenticated when it was deleted meanwhile. */
  async read(session: Session): Promise<Account> {
    requireAtLarge(session, 'read')
    const row = await this.#options.store.find(session.userId)
    if (!row) throw new AppError('unauthenticated')
    const { resetAt, resetBy, createdAt, ...account } = row
    const lastReset = resetAt === null ? null : { at: resetAt.toISOString(), madeBy: resetBy }
    return { ...account, createdAt: createdAt.toISOString(), lastReset }
  }

  /** Gives the person another name, from the next request or join on. */
  async rename(session: Session, name: string): Promise<Account> {
    requireWholePerson(session)
    const { store, sessions, audit } = this.#options
    await store.rename(session.userId, name)
    sessions.forget(session.userId)
    if (name !== session.name) {
      const details = { from: session.name, to: name }
      await audit.record({ kind: 'account.name_changed', actorId: session.userId, subjectId: session.userId, details })
    }
    return this.read(session)
  }

  /** Sets another password; this session goes on, the others end. Gives how many. Errors: wrong_password, rate_limited. */
  async changePassword({ session, clientAddress }: Caller, { currentPassword, newPassword }: ChangePasswordRequest): Promise<number> {
    requireWholePerson(session)
    const { store, sessions, hashing, passwordCheck, audit, mailer } = this.#options
    const { userId } = session
    const oldHash = await passwordCheck.require({ userId, clientAddress, password: currentPassword, path: 'currentPassword' })
    const newHash = await hashing.hash(newPassword)
    const ended = await store.changePassword({ userId, oldHash, newHash, keepSessionId: session.id })
    // Somebody changed it while this one was being checked.
    if (ended === null) throw wrongPassword('currentPassword')
    for (const tokenHash of ended) sessions.revoke(tokenHash)
    await audit.record({ kind: 'account.password_changed', actorId: userId, subjectId: userId, details: { address: clientAddress } })
    mailer.post(passwordChangedMail(session))
    return ended.length
  }

  /** What deleting the account would do. */
  async deletionOf(session: Session): Promise<AccountDeletion> {
    requireWholePerson(session)
    const fates = await this.#options.store.fatesOfProjects(session.userId)
    const having = (fate: ProjectFate['fate']) => fates.filter((project) => project.fate === fate).map(({ id, name }) => ({ id, name }))
    return { blockedBy: having('blocks'), deletes: having('deleted'), leaves: having('left') }
  }

  /** Deletes the account; every session and socket of it ends. Errors: wrong_password, rate_limited, owns_projects. */
  async delete({ session, clientAddress }: Caller, password: string): Promise<void> {
    requireWholePerson(session)
    const { store, sessions, passwordCheck, audit } = this.#options
    const { userId } = session
    const passwordHash = await passwordCheck.require({ userId, clientAddress, password, path: 'password' })
    if (!(await store.remove({ userId, passwordHash }))) await this.#explainKept(session)
    sessions.revokeUser(userId)
    await audit.record({ kind: 'account.deleted', actorId: userId, subjectId: userId, details: { address: clientAddress } })
  }

  async #explainKept(session: Session): Promise<never> {
    const { blockedBy } = await this.deletionOf(session)
    if (blockedBy.length > 0)
      throw new AppError('owns_projects', { message: `${sentenceOf(blockedBy)} Make somebody else an owner first.` })
    throw wrongPassword('password')
  }
}

/** Enough names to know which are meant. */
function sentenceOf(projects: readonly { name: string }[]): string {
  const named = projects.slice(0, 5).map(({ name }) => `"${name}"`)
  const more = projects.length > named.length ? ` and ${projects.length - named.length} more` : ''
  return `You are the only owner of ${named.join(', ')}${more}, and others are in there.`
}
