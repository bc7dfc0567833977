// better-auth, set up for this product: what it may do, where it keeps it, and what it must not do itself.

import { betterAuth } from 'better-auth'
import { bearer } from 'better-auth/plugins/bearer'
import type { Pool } from 'pg'
import { limits } from '../../shared/limits.ts'
import type { Log } from '../base/log.ts'
import { allowedOrigins } from './credentials.ts'
import type { PasswordHashing } from './password-hashing.ts'
import { hashToken, type Sessions } from './sessions.ts'

export interface AuthLibraryOptions {
  pool: Pool
  secret: string
  /** The address people use; it decides the cookies' `secure` and the origins they may come from. */
  publicUrl: string
  hashing: PasswordHashing
  sessions: Sessions
  log: Log
}

/** Answers a request under /api/auth; throws what is not an answer of its own (a database that is away, a full queue). */
export type AuthLibrary = (request: Request) => Promise<Response>

/** Carries the client's address, as the door knows it, to better-auth; what a client sends under this name is taken away. */
export const addressHeader = 'x-elenchus-client-address'

const daysS = 24 * 60 * 60

/** Sets better-auth up; nothing is asked of the database yet. */
export function createAuthLibrary({ pool, secret, publicUrl, hashing, sessions, log }: AuthLibraryOptions): AuthLibrary {
  const library = betterAuth({
    appName: 'Elenchus',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database: pool,
    trustedOrigins: allowedOrigins(publicUrl),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: limits.passwordMinChars,
      maxPasswordLength: limits.passwordMaxChars,
      password: { hash: (password) => hashing.hash(password), verify: (input) => hashing.verify(input) },
    },
    session: { expiresIn: 30 * daysS, updateAge: daysS },
    databaseHooks: {
      session: {
        delete: {
          after: async (session) => sessions.revoke(hashToken(session.token)),
        },
      },
    },
    plugins: [bearer()],
    telemetry: { enabled: false },
    // Its own limiter allows three sign-ins in ten seconds an address, which locks out an office; ours stands in front.
    rateLimit: { enabled: false },
    advanced: {
      // Stated, since better-auth switches the check off when it believes to be in a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      // Kept with the session, so that people recognise theirs. Left alone it would believe any X-Forwarded-For.
      ipAddress: { ipAddressHeaders: [addressHeader], ipv6Subnet: 128 },
      database: { validateSchema: false },
    },
    // What is not an answer to the client comes to the door, which logs it once.
    onAPIError: { throw: true },
    logger: { level: 'warn', log: (level, message) => log.debug({ libraryLevel: level, message: String(message) }, 'auth.library') },
  })
  return library.handler
}
