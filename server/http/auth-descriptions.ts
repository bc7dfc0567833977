// better-auth's routes as the description tells them: it registers no schemas of its own.

import { z, type RouteConfig } from '@hono/zod-openapi'
import { limits } from '../../shared/limits.ts'
import { problemAnswers } from './problem-answers.ts'
import { jsonAnswer, jsonBody, signedIn } from './routes-base.ts'

const user = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    image: z.string().nullish(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .openapi('User')

const session = z
  .object({
    id: z.string(),
    token: z.string(),
    userId: z.string(),
    expiresAt: z.iso.datetime(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    ipAddress: z.string().nullish(),
    userAgent: z.string().nullish(),
  })
  .openapi('Session')

const refusal = z
  .object({ code: z.string(), message: z.string() })
  .openapi('AuthRefusal', { description: "better-auth's own refusal; its codes are upper case." })

const refused = (description: string) => jsonAnswer(description, refusal)
const email = z.string().max(limits.emailChars)
const password = z.string().min(limits.passwordMinChars).max(limits.passwordMaxChars)
const rememberMe = z.boolean().optional()
const signInBody = z.object({ email, password: z.string(), rememberMe })
const signUpBody = z.object({ name: z.string().min(1).max(limits.personNameChars), email, password, rememberMe })
const done = jsonAnswer('Done.', z.object({ status: z.boolean() }))
const unauthenticated = { 401: refused('No session, or one that has ended.') }

/** What it refuses on any route that writes: a cookie that came from another origin, a body it cannot use. */
const writingRefusals = { 400: refused('The body is not what the route takes.'), 403: refused('A cookie came from elsewhere.') }

/** Each route that is served, by its path under /api/auth. */
export const authDescriptions: readonly RouteConfig[] = [
  {
    method: 'post',
    path: '/sign-up/email',
    summary: 'Make an account; the answer signs in',
    request: { body: jsonBody(signUpBody) },
    responses: {
      200: jsonAnswer('The account, and a session token.', z.object({ token: z.string(), user })),
      ...writingRefusals,
      422: refused('Someone has this email, or the password will not do.'),
      ...problemAnswers('too_large'),
    },
  },
  {
    method: 'post',
    path: '/sign-in/email',
    summary: 'Sign in',
    request: { body: jsonBody(signInBody) },
    responses: {
      200: jsonAnswer('A session token.', z.object({ token: z.string(), user, redirect: z.boolean(), url: z.string().nullish() })),
      ...writingRefusals,
      401: refused('The email or the password is not right.'),
    },
  },
  {
    method: 'post',
    path: '/sign-out',
    summary: 'End this session',
    security: signedIn,
    responses: { 200: jsonAnswer('Done, also when there was no session.', z.object({ success: z.boolean() })), ...writingRefusals },
  },
  {
    method: 'get',
    path: '/get-session',
    summary: 'Who is signed in',
    security: signedIn,
    responses: { 200: jsonAnswer('The session; null when there is none.', z.object({ session, user }).nullable()) },
  },
  {
    method: 'post',
    path: '/revoke-sessions',
    summary: 'Sign out everywhere',
    security: signedIn,
    responses: { 200: done, ...writingRefusals, ...unauthenticated },
  },
  {
    method: 'post',
    path: '/revoke-other-sessions',
    summary: 'Sign out everywhere else',
    security: signedIn,
    responses: { 200: done, ...writingRefusals, ...unauthenticated },
  },
]
