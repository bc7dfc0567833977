// The largest body that is read, announced or not.

import { bodyLimit } from 'hono/body-limit'
import { AppError } from '../../../shared/errors.ts'

/** JSON of the API. */
export const jsonMaxBytes = 1024 * 1024

/** Refuses larger bodies. Errors: too_large. */
export function limitBody(maxBytes: number = jsonMaxBytes) {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new AppError('too_large', { message: `A body of this request may have ${maxBytes} bytes.` })
    },
  })
}
