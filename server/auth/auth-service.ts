// The way to better-auth: what is checked, limited and made sure of around it.

import type { Pool } from 'pg'
import type { AuditKind } from '../../shared/domain/audit-kinds.ts'
import { AppError } from '../../shared/errors.ts'
import { isUserId, type UserId } from '../../shared/ids.ts'
import type { Audit } from '../audit/audit.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import type { RateLimits } from '../base/rate-limits.ts'
import type { SessionsStore } from '../store/sessions-store.ts'
import { addressHeader, createAuthLibrary, type AuthLibrary } from './auth-library.ts'
import { authPoolSize, createAuthPool, toAuthFailure } from './auth-pool.ts'
import { readAuthBody, readSignIn, readSignUp } from './auth-requests.ts'
import { tokenFrom } from './credentials.ts'
import type { PasswordHashing } from './password-hashing.ts'
import { isApiToken } from './secret-token.ts'
import { hashToken, type Sessions } from './sessions.ts'
import { SignInGuard } from './sign-in-guard.ts'
import { Slots } from './slots.ts'

export interface AuthOptions {
  config: Pick<Config, 'SIGN_IN_FAILURES_PER_ACCOUNT' | 'SIGN_IN_FAILURES_PER_ADDRESS' | 'SIGN_UPS_PER_MINUTE' | 'STATEMENT_TIMEOUT_MS'>
  databaseUrl: string
  secret: string
  rateLimits: RateLimits
  sessions: Sessions
  sessionsStore: SessionsStore
  audit: Audit
  /** Known once the server listens; read at the first request. */
  publicUrl: () => string
  log: Log
  hashing: PasswordHashing
}

/** The paths under /api/auth that are served; better-auth's others (mail, social sign-in, sessions by their tokens) are not. */
export const authPaths = {
  GET: ['/get-session'],
  POST: ['/sign-up/email', '/sign-in/email', '/sign-out', '/revoke-sessions', '/revoke-other-sessions'],
} as const

/** A service of the group: `stop` closes its connections. */
export class Auth {
  readonly name = 'auth'
  readonly #options: AuthOptions
  readonly #pool: Pool
  readonly #guard: SignInGuard
  readonly #hashing: PasswordHashing
  // A sign-up holds a connection while its password is hashed: one is left for everyone else.
  readonly #signUps = new Slots({ atOnce: authPoolSize - 1, waitingMax: 500 })
  #library: AuthLibrary | undefined

  constructor(options: AuthOptions) {
    this.#options = options
    this.#pool = createAuthPool({ url: options.databaseUrl, statementTimeoutMs: options.config.STATEMENT_TIMEOUT_MS, log: options.log })
    this.#guard = new SignInGuard(options.config, options.rateLimits)
    this.#hashing = options.hashing
  }

  /** Answers a request to one of `authPaths`. Errors: invalid_request, unsupported_media_type, rate_limited, store_unavailable. */
  async handle(request: Request, clientAddress: string): Promise<Response> {
    switch (new URL(request.url).pathname) {
      case '/api/auth/sign-in/email':
        return this.#signIn(request, clientAddress)
      case '/api/auth/sign-up/email':
        return this.#signUp(request, clientAddress)
      case '/api/auth/sign-out':
        return this.#signOut(request)
      case '/api/auth/revoke-sessions':
        return this.#signOutEverywhere(request)
      default:
        return this.#ask(await rebuilt(request))
    }
  }

  async stop(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end()
  }

  async #signIn(request: Request, clientAddress: string): Promise<Response> {
    const body = readSignIn(await readAuthBody(request))
    const response = await this.#guard.attempt({ email: body.email, clientAddress }, async () =>
      this.#askToSignIn(await rebuilt(request, { body, clientAddress }), body.email.toLowerCase()),
    )
    if (response.ok) await this.#record('account.signed_in', await userIdIn(response), clientAddress)
    // Not waited for: that would tell by its time whether somebody has that email.
    else if (response.status === 401) void this.#recordFailure(body.email, clientAddress)
    return response
  }

  /** A password that is changed while it is being checked ends all sessions but the one that is made right behind it: that one ends here. */
  async #askToSignIn(request: Request, email: string): Promise<Response> {
    const { sessionsStore } = this.#options
    const passwordHash = await sessionsStore.passwordHashOf(email)
    const response = await this.#ask(request)
    if (!response.ok || passwordHash === null) return response
    const { token } = (await response.clone().json()) as { token: string }
    if (!(await sessionsStore.endUnlessPassword({ token, passwordHash }))) return response
    return Response.json({ code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' }, { status: 401 })
  }

  async #signUp(request: Request, clientAddress: string): Promise<Response> {
    await this.#guard.admitSignUp(clientAddress)
    const body = readSignUp(await readAuthBody(request))
    const response = await this.#signUps.run(async () => this.#ask(await rebuilt(request, { body, clientAddress })))
    if (response.ok) await this.#record('account.signed_up', await userIdIn(response), clientAddress)
    if (response.status !== 422) return response
    return this.#explainRefusedSignUp(response, body.email)
  }

  /** better-auth gives one answer for "taken a moment ago" and "the database went away": they are told apart here. */
  async #explainRefusedSignUp(response: Response, email: string): Promise<Response> {
    const answer: unknown = await response.clone().json()
    const isUnexplained = typeof answer === 'object' && answer !== null && 'code' in answer && answer.code === 'FAILED_TO_CREATE_USER'
    if (!isUnexplained) return response
    if ((await this.#options.sessionsStore.accountIdOf(email.toLowerCase())) === null) throw new AppError('store_unavailable')
    return Response.json(
      { code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', message: 'User already exists. Use another email.' },
      { status: 422 },
    )
  }

  async #signOut(request: Request): Promise<Response> {
    const given = tokenFrom(request.headers)
    // An API token is no session: it ends where it was made.
    const credential = given && isApiToken(given.token) ? null : given
    const session = credential && (await this.#options.sessions.resolve(credential.token))
    const response = await this.#ask(await rebuilt(request))
    if (!response.ok || !credential) return response
    // better-auth answers "signed out" also when the row could not be deleted: the token would go on working.
    if ((await this.#options.sessionsStore.find(credential.token)) !== null) throw new AppError('store_unavailable')
    this.#options.sessions.revoke(hashToken(credential.token))
    if (session) await this.#record('account.signed_out', session.userId)
    return response
  }

  async #signOutEverywhere(request: Request): Promise<Response> {
    const { sessions } = this.#options
    const token = tokenFrom(request.headers)?.token
    const session = token === undefined ? null : await sessions.resolve(token)
    const response = await this.#ask(await rebuilt(request))
    // better-auth's hook names each session only if it could list them first.
    if (response.ok && session) sessions.revokeUser(session.userId)
    return response
  }

  #record(kind: AuditKind, userId: UserId | null, address?: string): Promise<void> {
    if (userId === null) return Promise.resolve()
    const details = address === undefined ? {} : { address }
    return this.#options.audit.record({ kind, actorId: kind === 'account.sign_in_failed' ? null : userId, subjectId: userId, details })
  }

  async #recordFailure(email: string, clientAddress: string): Promise<void> {
    try {
      const userId = await this.#options.sessionsStore.accountIdOf(email.toLowerCase())
      await this.#record('account.sign_in_failed', userId, clientAddress)
    } catch (error) {
      this.#options.log.warn({ err: error }, 'auth.failure_not_recorded')
    }
  }

  async #ask(request: Request): Promise<Response> {
    this.#library ??= createAuthLibrary({
      ...this.#options,
      pool: this.#pool,
      hashing: this.#hashing,
      publicUrl: this.#options.publicUrl(),
    })
    try {
      return await this.#library(request)
    } catch (error) {
      throw toAuthFailure(error)
    }
  }
}

/** Whom better-auth's answer to a sign-in or a sign-up is about. */
async function userIdIn(response: Response): Promise<UserId | null> {
  const answer = (await response.clone().json()) as { user?: { id?: unknown } }
  return isUserId(answer.user?.id) ? answer.user.id : null
}

/**
 * Addresses are the door's business. Origin alone says where a page is from: Node's own `fetch` sends `sec-fetch-mode`
 * without one, which better-auth would take for a browser that hides it.
 */
const notForwarded = [
  'content-length',
  'referer',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]

/** The request as better-auth may see it: an explicit token alone decides, and nothing a proxy or a client says about addresses is believed. */
async function rebuilt(request: Request, signing?: { body: object; clientAddress: string }): Promise<Request> {
  const headers = new Headers(request.headers)
  if (tokenFrom(headers)?.via !== 'cookie') headers.delete('cookie')
  for (const name of notForwarded) headers.delete(name)
  headers.delete(addressHeader)
  if (signing) {
    headers.set('content-type', 'application/json')
    headers.set(addressHeader, signing.clientAddress)
    return new Request(request.url, { method: request.method, headers, body: JSON.stringify(signing.body) })
  }
  const text = request.body === null ? '' : await request.text()
  // A body of nothing is no JSON either: it is left out, with the type that some clients announce all the same.
  if (text === '') headers.delete('content-type')
  // PostgreSQL holds no such character in a text: whatever field it is in cannot be anybody's.
  if (text.includes('\\u0000') || text.includes('\0')) throw new AppError('invalid_request')
  return new Request(request.url, { method: request.method, headers, body: text === '' ? null : text })
}
