// What every file of routes starts from: an app whose schema failures are problems, and the common parts of their descriptions.

import { OpenAPIHono, z } from '@hono/zod-openapi'
import { AppError } from '../../shared/errors.ts'
import type { AppEnv } from './app-env.ts'
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

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    retryable: z.boolean(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: problemSchema } } })

/** The errors any route behind a session may answer with; spread into its `responses`. */
export const sessionProblems = {
  401: problem('No session, or one that has ended.'),
  422: problem('The request has not the expected shape.'),
  503: problem('The database cannot be reached now.'),
} as const

/** The errors of a route that is about one project. */
export const projectProblems = {
  ...sessionProblems,
  403: problem('The role does not allow this, or a cookie came from elsewhere.'),
  404: problem('Not there, or not a member.'),
} as const

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
