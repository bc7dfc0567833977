// What people do with versions: name one, list, read, compare and delete them, bring one back.

import { AppError } from '../../shared/errors.ts'
import { personColor } from '../../shared/domain/person-colors.ts'
import { isProjectId, type ProjectId, type UserId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { ListVersionsQuery, Restore, Version, VersionDiff, VersionList, VersionText } from '../../shared/wire/versions.ts'
import type { Audit } from '../audit/audit.ts'
import type { Participant } from '../documents/participant.ts'
import type { SpecTexts } from '../documents/spec-texts.ts'
import type { VersionRow, VersionsStore } from '../store/versions-store.ts'
import { unpack } from './packed-text.ts'
import type { Restorer } from './restore.ts'
import type { TextWorkers } from './text-workers.ts'
import type { VersionMaker } from './version-maker.ts'

export interface VersionsOptions {
  store: VersionsStore
  maker: VersionMaker
  restorer: Restorer
  specTexts: SpecTexts
  workers: TextWorkers
  audit: Audit
  /** Versions with a name that one project may have. */
  namedMax: number
}

/** Callers have checked the right. Errors of all: not_found, store_unavailable, overloaded. */
export class Versions {
  readonly #options: VersionsOptions

  constructor(options: VersionsOptions) {
    this.#options = options
  }

  /** A page of them, newest first. Errors: invalid_request for a cursor that is none. */
  async list(projectId: ProjectId, { limit = limits.pageSize, cursor, named }: ListVersionsQuery): Promise<VersionList> {
    const before = cursor === undefined ? null : decodeNumber(cursor)
    // One more than asked tells whether there is a next page.
    const rows = await this.#options.store.list({ projectId, isNamedOnly: named === 'true', before, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return { items: page.map(presentVersion), nextCursor: rows.length > limit && last ? encodeNumber(last.number) : null }
  }

  /** Keeps the present text under a name; when the last version holds it already and has none, that one gets it. Errors: too_many_versions. */
  async create(projectId: ProjectId, { userId, name }: { userId: UserId; name: string }): Promise<Version> {
    await this.#refuseTooMany(projectId)
    const { id } = await this.#options.maker.make({ projectId, kind: 'named', name, authorId: userId })
    await this.#options.audit.record({ kind: 'version.named', actorId: userId, projectId, details: { name } })
    return presentVersion(await this.#find(projectId, id))
  }

  /** Gives a version another name; null takes it away. Errors: too_many_versions. */
  async rename(projectId: ProjectId, id: string, { userId, name }: { userId: UserId; name: string | null }): Promise<Version> {
    const { name: nameBefore } = await this.#find(projectId, id)
    if (name !== null && nameBefore === null) await this.#refuseTooMany(projectId)
    if (!(await this.#options.store.rename({ projectId, id, name, authorId: userId }))) throw new AppError('not_found')
    await this.#options.audit.record({ kind: 'version.renamed', actorId: userId, projectId, details: { before: nameBefore, name } })
    return presentVersion(await this.#find(projectId, id))
  }

  async remove(projectId: ProjectId, id: string, userId: UserId): Promise<void> {
    const { name, createdAt } = await this.#find(projectId, id)
    if (!(await this.#options.store.remove(projectId, id))) throw new AppError('not_found')
    const details = { name, createdAt: createdAt.toISOString() }
    await this.#options.audit.record({ kind: 'version.deleted', actorId: userId, projectId, details })
  }

  async read(projectId: ProjectId, id: string): Promise<VersionText> {
    const row = await this.#find(projectId, id)
    return { ...presentVersion(row), markdown: await unpack(row.content) }
  }

  /** The lines that differ between a version and another, or the live text. */
  async diff(projectId: ProjectId, id: string, to: string): Promise<VersionDiff> {
    const { specTexts, workers } = this.#options
    const from = await unpack((await this.#find(projectId, id)).content)
    const other = to === 'live' ? (await specTexts.read(projectId)).markdown : await unpack((await this.#find(projectId, to)).content)
    const hunks = await workers.hunks(from, other)
    const lines = hunks.flatMap((hunk) => hunk.lines)
    const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length
    return { from: id, to, added: count('+'), removed: count('-'), hunks }
  }

  /** Makes the live text that of a version, by an edit that keeps what others type meanwhile. Errors: document_full. */
  async restore(
    projectId: ProjectId,
    id: string,
    { userId, screen }: { userId: UserId; screen?: Participant | undefined },
  ): Promise<Restore> {
    const version = presentVersion(await this.#find(projectId, id))
    const { beforeId, epoch, update } = await this.#options.restorer.restore({ projectId, userId, versionId: id, screen })
    const before = presentVersion(await this.#find(projectId, beforeId))
    const details = { name: version.name, createdAt: version.createdAt }
    await this.#options.audit.record({ kind: 'version.restored', actorId: userId, projectId, details })
    return { version, before, epoch, update: update && Buffer.from(update).toString('base64') }
  }

  async #find(projectId: ProjectId, id: string): Promise<VersionRow & { content: Uint8Array }> {
    const row = isUuid(id) ? await this.#options.store.find(projectId, id) : null
    if (!row) throw new AppError('not_found')
    return row
  }

  async #refuseTooMany(projectId: ProjectId): Promise<void> {
    const { store, namedMax } = this.#options
    if ((await store.countNamed(projectId)) >= namedMax) throw new AppError('too_many_versions', { details: { max: namedMax } })
  }
}

/** Ids of versions look like those of projects; anything else is answered as "not there" without a query. */
const isUuid = isProjectId

function presentVersion({ createdAt, authors, restoredFrom, ...row }: VersionRow): Version {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    name: row.name,
    authorId: row.authorId,
    authors: authors.map(({ userId, name }) => ({ userId, name, color: personColor(userId) })),
    createdAt: createdAt.toISOString(),
    sizeBytes: row.sizeBytes,
    restoredFrom: restoredFrom && { ...restoredFrom, createdAt: new Date(restoredFrom.createdAt).toISOString() },
  }
}

function encodeNumber(number: number): string {
  return Buffer.from(`v${number}`).toString('base64url')
}

function decodeNumber(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (/^v\d{1,9}$/.test(text)) return Number(text.slice(1))
  throw new AppError('invalid_request', { details: { errors: [{ path: 'cursor', message: 'This is no cursor of this list.' }] } })
}
