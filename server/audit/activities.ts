// The activity feed: who did what in a project, for everyone in it.

import { AppError } from '../../shared/errors.ts'
import type { ProjectId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { ActivityList, ActivityQuery } from '../../shared/wire/activity.ts'
import type { ActivityPosition, ActivityStore } from '../store/activity-store.ts'

/** Lists; whoever calls has checked the right. */
export class Activities {
  readonly #store: ActivityStore

  constructor(store: ActivityStore) {
    this.#store = store
  }

  /** A page, newest first. Errors: invalid_request for a cursor that is none, store_unavailable, overloaded. */
  async list(projectId: ProjectId, { limit = limits.pageSize, cursor }: ActivityQuery): Promise<ActivityList> {
    const after = cursor === undefined ? null : decode(cursor)
    // One more than asked tells whether there is a next page.
    const rows = await this.#store.list(projectId, { after, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map(({ at, source, number, ...row }) => ({ id: `${source}-${number}`, at: at.toISOString(), ...row })),
      nextCursor: rows.length > limit && last ? encode(last) : null,
    }
  }
}

function encode({ at, source, number }: ActivityPosition): string {
  return Buffer.from(`${at.getTime()} ${source} ${number}`).toString('base64url')
}

function decode(cursor: string): ActivityPosition {
  const read = /^(\d{1,15}) ([1-4]) (\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!read) {
    throw new AppError('invalid_request', { details: { errors: [{ path: 'cursor', message: 'This is no cursor of this list.' }] } })
  }
  return { at: new Date(Number(read[1])), source: Number(read[2]), number: read[3] ?? '0' }
}
