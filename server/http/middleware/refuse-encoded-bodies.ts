// Compressed bodies are not taken: a few kilobytes of them may unpack to gigabytes.

import { createMiddleware } from 'hono/factory'
import { AppError } from '../../../shared/errors.ts'
import type { AppEnv } from '../app-env.ts'

/** Refuses a body whose bytes are not the content itself. Errors: unsupported_media_type. */
export function refuseEncodedBodies() {
  return createMiddleware<AppEnv>(async function refuseEncodedBodies(c, next) {
    const encoding = c.req.header('content-encoding')?.trim().toLowerCase()
    if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
      throw new AppError('unsupported_media_type', { message: 'Send the body uncompressed: no Content-Encoding is taken.' })
    }
    await next()
  })
}
