// What every file of routes starts from: an app whose schema failures are problems, and the common parts of their descriptions.

import { OpenAPIHono } from '@hono/zod-openapi'
import type { z } from '@hono/zod-openapi'
import { AppError } from '../../shared/errors.ts'
import type { AppEnv } from './app-env.ts'
import { problemAnswers } from './problem-answers.ts'
import type { FieldError } from './problem.ts'

/** A sub-app for one subject; what does not fit its schemas is refused as invalid_request with the paths. */
export function createRoutes(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error)
    },
  })
}

/** The error of a shape that does not fit: each field with its path. */
export function invalidRequest(error: z.ZodError): AppError {
  const errors: FieldError[] = error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  return new AppError('invalid_request', { details: { errors } })
}

/** The codes of any route behind a session; pass them to `problemAnswers` together with the route's own. */
export const sessionCodes = ['unauthenticated', 'origin_not_allowed', 'token_not_allowed', 'invalid_request', 'store_unavailable'] as const

/** The codes of a route that is about one project. */
export const projectCodes = [...sessionCodes, 'forbidden', 'not_found'] as const

/** The errors any route behind a session may answer with; spread into its `responses`. */
export const sessionProblems = problemAnswers(...sessionCodes)

/** The errors of a route that is about one project and has none of its own. */
export const projectProblems = problemAnswers(...projectCodes)

/** Either way of signing in. */
export const signedIn = [{ bearer: [] }, { cookie: [] }]

/** A body in JSON, required. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } } as const
}

/** An answer in JSON. */
export function jsonAnswer<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } } as const
}
