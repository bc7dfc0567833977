// Errors as RFC 9457 problem details: the one place where an error becomes an answer.

import { errorTable, type AppError, type ErrorCode } from '../../shared/errors.ts'

/** A field that is wrong, by its path in the request. */
export interface FieldError {
  path: string
  message: string
}

/** The body of every answer that is an error. */
export interface Problem {
  type: string
  title: string
  status: number
  code: ErrorCode
  detail: string
  retryable: boolean
  errors?: FieldError[]
  /** With `gate_closed`: what is not met, and the ways on. */
  conditions?: unknown
  paths?: unknown
  /** With `conflict_changed`: the conflict, and its items' texts, as they are now. */
  conflict?: unknown
  texts?: unknown
}

/** How long to wait when nobody knows better, in ms. */
const retryAfterDefaultMs = 2_000

/** The problem of an error; `title` is the table's sentence, `detail` this occurrence's. */
export function toProblem(error: AppError): Problem {
  const { code, status, message, retryable, details } = error
  const errors = fieldErrors(details['errors'])
  const { conditions, paths, conflict, texts } = details
  return {
    type: 'about:blank',
    title: errorTable[code].message,
    status,
    code,
    detail: message,
    retryable,
    ...(errors ? { errors } : {}),
    ...(conditions === undefined ? {} : { conditions, paths }),
    ...(conflict === undefined ? {} : { conflict, texts }),
  }
}

/** The answer to an error: no stack, no cause; 401, 405, 429 and 503 with the header that belongs to them. */
export function problemResponse(error: AppError, extra: Record<string, unknown> = {}): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (error.status === 401) headers.set('www-authenticate', 'Bearer')
  if (error.status === 429 || error.status === 503) headers.set('retry-after', String(retryAfterS(error)))
  const { allow } = error.details
  if (Array.isArray(allow)) headers.set('allow', allow.join(', '))
  return new Response(JSON.stringify({ ...toProblem(error), ...extra }), { status: error.status, headers })
}

function retryAfterS({ details }: AppError): number {
  const { retryAfterMs } = details
  return Math.max(1, Math.ceil((typeof retryAfterMs === 'number' ? retryAfterMs : retryAfterDefaultMs) / 1_000))
}

function fieldErrors(value: unknown): FieldError[] | null {
  // Only this product's own code fills `errors`, and only in this shape.
  return Array.isArray(value) ? (value as FieldError[]) : null
}
