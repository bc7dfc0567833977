// The one error of the HTTP client: what the server said (problem+json, or better-auth's own shape), or that it could not be reached.

import type { ErrorCode } from '../../shared/errors.ts'

/** One field that was refused, by its path in the request (`name`, `items.0.text`). */
export interface FieldError {
  path: string
  message: string
}

interface ApiErrorFields {
  /** A code of the error table, a code of better-auth's (upper case), or `unreachable`. */
  code: string
  message: string
  /** The HTTP status; 0 when there was no answer. */
  status: number
  retryable: boolean
  /** How long the server asks to wait, when it does. */
  retryAfterMs: number | null
  fields: readonly FieldError[]
}

/** A request that did not succeed. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: number
  readonly retryable: boolean
  readonly retryAfterMs: number | null
  readonly fields: readonly FieldError[]

  constructor(fields: ApiErrorFields, cause?: unknown) {
    super(fields.message, cause === undefined ? {} : { cause })
    this.code = fields.code
    this.status = fields.status
    this.retryable = fields.retryable
    this.retryAfterMs = fields.retryAfterMs
    this.fields = fields.fields
  }

  /** Whether the server answered with this code of the error table. */
  is(code: ErrorCode): boolean {
    return this.code === code
  }
}

/** No answer came: the network is down, the server is not there, or the answer was cut. */
export function unreachable(cause: unknown): ApiError {
  const message = 'The server could not be reached. Check the connection and try again.'
  return new ApiError({ code: 'unreachable', message, status: 0, retryable: true, retryAfterMs: null, fields: [] }, cause)
}

/** Reads an answer that is not 2xx; never throws, whatever a proxy on the way has put in its body. */
export async function errorFromResponse(response: Response): Promise<ApiError> {
  const body = await readJson(response)
  const code = typeof body.code === 'string' ? body.code : codeOfStatus(response.status)
  return new ApiError({
    code,
    message: firstText(body.detail, body.message, body.title) ?? `The server answered with ${response.status}.`,
    status: response.status,
    retryable: typeof body.retryable === 'boolean' ? body.retryable : response.status === 429 || response.status >= 500,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
    fields: fieldErrors(body.errors),
  })
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text().catch(() => '')
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function codeOfStatus(status: number): ErrorCode {
  const byStatus: Record<number, ErrorCode> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    413: 'too_large',
    429: 'rate_limited',
    503: 'overloaded',
  }
  return byStatus[status] ?? 'internal'
}

function firstText(...candidates: unknown[]): string | null {
  return candidates.find((candidate): candidate is string => typeof candidate === 'string' && candidate !== '') ?? null
}

/** Seconds, or a date; anything else is as if nothing was said. */
function retryAfterMs(header: string | null): number | null {
  if (header === null) return null
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    const { path, message } = (entry ?? {}) as { path?: unknown; message?: unknown }
    return typeof path === 'string' && typeof message === 'string' ? [{ path, message }] : []
  })
}
