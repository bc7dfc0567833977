// What a request ends with when it ends badly: a problem for the client, a line in the log for us.

import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { AppError, errorTable, toAppError } from '../../shared/errors.ts'
import type { Log } from '../base/log.ts'
import { countRefusal, type Metrics } from '../base/metrics.ts'
import type { AppEnv } from './app-env.ts'
import { loggedUrl } from './middleware/measure-requests.ts'
import { problemResponse } from './problem.ts'

export interface FailureOptions {
  log: Log
  metrics: Metrics
}

/** Hono's error handler: names the error, logs it once by its level, answers without a stack. */
export function handleFailures({ log, metrics }: FailureOptions) {
  return function handleFailure(thrown: Error, c: Context<AppEnv>): Response {
    const error = nameFailure(thrown)
    // Who hung up in the middle of sending reads no answer, and it is no fault of ours.
    if (c.req.raw.signal.aborted) {
      log.debug({ method: c.req.method, url: loggedUrl(c.req.url) }, 'http.aborted')
      return problemResponse(error)
    }
    countRefusal(metrics, error.code)
    const facts = { code: error.code, method: c.req.method, url: loggedUrl(c.req.url) }
    if (errorTable[error.code].level === 'error') log.error({ ...facts, err: error.cause ?? error }, 'http.failed')
    else log.debug(facts, 'http.refused')
    // better-auth's clients read `message`; its routes keep that field whoever answers.
    return problemResponse(error, c.req.path.startsWith('/api/auth/') ? { message: error.message } : {})
  }
}

/** Hono's own refusals (a body that is no JSON) are named too. */
function nameFailure(thrown: Error): AppError {
  if (!(thrown instanceof HTTPException)) return toAppError(thrown)
  switch (thrown.status) {
    case 400:
      return new AppError('invalid_request', { message: 'The body is not JSON.', cause: thrown })
    case 413:
      return new AppError('too_large', { cause: thrown })
    case 415:
      return new AppError('unsupported_media_type', { message: 'Send application/json.', cause: thrown })
    default:
      return toAppError(thrown)
  }
}
