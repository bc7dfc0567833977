// The cursor of a list: where the last page ended, opaque to the client.

import { AppError } from '../../shared/errors.ts'
import { isProjectId } from '../../shared/ids.ts'
import type { ProjectPosition } from '../store/projects-store.ts'

/** Writes a position as base64url. */
export function encodePosition({ updatedAt, id }: ProjectPosition): string {
  return Buffer.from(`${updatedAt.getTime()} ${id}`).toString('base64url')
}

/** Reads a position back. Errors: invalid_request for what `encodePosition` did not write. */
export function decodePosition(cursor: string): ProjectPosition {
  const [timeMs, id, ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const isPosition = rest.length === 0 && isProjectId(id) && /^\d{1,15}$/.test(timeMs ?? '')
  if (!isPosition) {
    throw new AppError('invalid_request', { details: { errors: [{ path: 'cursor', message: 'This is no cursor of this list.' }] } })
  }
  return { updatedAt: new Date(Number(timeMs)), id }
}
