// What a request carries through the HTTP room, and what the room is given to work with.

import type { HttpBindings } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Auth } from '../auth/auth-service.ts'
import type { Session, Sessions } from '../auth/sessions.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import type { Metrics } from '../base/metrics.ts'
import type { RateLimits } from '../base/rate-limits.ts'
import type { AccountSessions } from '../accounts/account-sessions.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { ApiTokens } from '../accounts/api-tokens.ts'
import type { PasswordResets } from '../accounts/password-resets.ts'
import type { Audit } from '../audit/audit.ts'
import type { Access } from '../projects/access.ts'
import type { Invitations } from '../projects/invitations.ts'
import type { Members } from '../projects/members.ts'
import type { Projects } from '../projects/projects.ts'

/** Counts the request under way; `requireSession` calls one of them. Errors of both: rate_limited. */
export interface RequestAllowance {
  /** For whoever turned out to be someone, wherever they are: a whole office behind one address is many people. */
  admitPerson(userId: string): Promise<void>
  /** For a token that turned out to be none. */
  admitStranger(): Promise<void>
}

/** Hono's generics: Node's own request and response (absent under `app.request`), and what the middlewares found out. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>
  Variables: {
    /** Who asks; present behind `requireSession`. */
    session: Session
    /** The client's address; read it with `clientAddress`. */
    clientAddress: string
    /** What the request is counted against; set for all of /api. */
    allowance: RequestAllowance
  }
}

/** Asked by `/health/ready`. A check that throws or takes longer than 2 s has failed. */
export interface ReadinessCheck {
  name: string
  /** Its failure is told, and the node is ready all the same: it goes on alone. */
  isOptional?: boolean
  check: () => Promise<boolean> | boolean
}

export interface AppDeps {
  config: Config
  log: Log
  metrics: Metrics
  rateLimits: RateLimits
  auth: Auth
  sessions: Sessions
  accounts: Accounts
  accountSessions: AccountSessions
  apiTokens: ApiTokens
  passwordResets: PasswordResets
  audit: Audit
  access: Access
  projects: Projects
  members: Members
  invitations: Invitations
  readinessChecks: readonly ReadinessCheck[]
  /** The address people use; known once the server listens. */
  publicUrl: () => string
  /** The built client; null serves none. */
  staticDir: string | null
  /** More of the API: each is mounted at its path, behind the same middlewares; `requireSession` is theirs to use. */
  extraRoutes?: readonly { path: string; routes: OpenAPIHono<AppEnv> }[]
}
