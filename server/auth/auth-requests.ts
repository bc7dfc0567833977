// What people send to sign up and sign in: read, cleaned and cut down to what is meant, before any password is hashed.

import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { limits } from '../../shared/limits.ts'
import { cleanText } from '../../shared/spec/plain-text.ts'

// Shapes and lengths only: whether an email or a password will do is better-auth's to say, in its own words.
const email = z
  .string()
  .trim()
  .min(1)
  .max(limits.emailChars)
  // PostgreSQL holds no such character in a text, and fails when it is asked for one.
  .refine((text) => !text.includes('\0'), { message: 'No email has a NUL character.' })
const password = z.string().min(1).max(4_096)
const rememberMe = z.boolean().optional()

const signInBody = z.object({ email, password, rememberMe })
const signUpBody = z.object({
  name: z
    .string()
    .overwrite((name) => cleanText(name).replace(/\s+/g, ' '))
    .trim()
    .min(1)
    .max(limits.personNameChars),
  email,
  password,
  rememberMe,
})

export type SignIn = z.infer<typeof signInBody>
export type SignUp = z.infer<typeof signUpBody>

/** The JSON of a request's body. Errors: unsupported_media_type, invalid_request. */
export async function readAuthBody(request: Request): Promise<unknown> {
  // A form can be sent across origins without asking; JSON cannot.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new AppError('unsupported_media_type', { message: 'Send application/json.' })
  }
  const text = await request.text()
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('invalid_request', { message: 'The body is not JSON.', cause: error })
  }
}

/** The sign-in in a body; fields that are not meant are left out. Errors: invalid_request. */
export function readSignIn(body: unknown): SignIn {
  return parse(signInBody, body)
}

/** The sign-up in a body; fields that are not meant (an image, an address to go to) are left out. Errors: invalid_request. */
export function readSignUp(body: unknown): SignUp {
  return parse(signUpBody, body)
}

function parse<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const parsed = shape.safeParse(body)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new AppError('invalid_request', { details: { errors } })
}
