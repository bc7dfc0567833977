// Decisions on conflicts: listed, looked at, and carried out as one edit of the live text on behalf of whoever decided.

import { AppError } from '../../shared/errors.ts'
import { isProjectId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type {
  ChangedConflict,
  Conflict,
  ConflictDetail,
  ConflictList,
  ListConflictsQuery,
  ResolveConflictRequest,
} from '../../shared/wire/conflicts.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { Author } from '../documents/edit-for.ts'
import type { SpecItems } from '../items/spec-items.ts'
import type { ConflictRow, ConflictsStore } from '../store/conflicts-store.ts'
import type { LiveConflicts } from './live-conflicts.ts'
import { presentConflict } from './present-conflict.ts'

export interface ConflictResolverOptions {
  store: ConflictsStore
  specItems: SpecItems
  liveConflicts: LiveConflicts
}

/** An edit that takes longer was made by a node that died: then what is found counts again, and whoever has the document open looks. */
const graceMs = 10_000

/** Callers have checked the right. Errors of all: not_found, store_unavailable, overloaded. */
export class ConflictResolver {
  readonly #options: ConflictResolverOptions

  constructor(options: ConflictResolverOptions) {
    this.#options = options
  }

  /** A page, newest first. Errors: invalid_request for a cursor that is none. */
  async page(projectId: string, { status, limit = limits.pageSize, cursor }: ListConflictsQuery): Promise<ConflictList> {
    const before = cursor === undefined ? null : decodeNumber(cursor)
    // One more than asked tells whether there is a next page.
    const rows = await this.#options.store.list({ projectId, status: status === 'all' ? null : status, before, limit: limit + 1 })
    const last = rows.at(limit - 1)
    const nextCursor = rows.length > limit && last ? Buffer.from(`c${last.number}`).toString('base64url') : null
    return { items: rows.slice(0, limit).map(presentConflict), nextCursor }
  }

  /** One with what may be done about it. */
  async detail(projectId: string, conflictId: string): Promise<ConflictDetail> {
    const row = await this.#find(projectId, conflictId)
    const items = await this.#itemsOf(projectId, row)
    if (items.length < row.items.length) return { conflict: presentConflict(row), newerItemId: null, suggestion: null }
    return { conflict: presentConflict(row), newerItemId: items.at(-1)?.id ?? null, suggestion: suggestionFor(row, items) }
  }

  /**
   * Decides on a conflict as it was seen. Errors: conflict_changed with the conflict and the texts as they are now, invalid_request
   * when it is not clear which item stays, document_full, item_not_writable, stale_epoch.
   */
  async resolve(author: Author, projectId: string, conflictId: string, request: ResolveConflictRequest): Promise<Conflict> {
    const { store, liveConflicts } = this.#options
    const row = await this.#find(projectId, conflictId)
    const items = await this.#itemsOf(projectId, row)
    const isOther = row.revision !== request.revision || row.status === 'resolved' || items.length < row.items.length
    if (isOther || saysOtherwise(row, items)) throw changed(row, items)
    const edit = editOf(request, items)
    const { resolution, note } = request
    const decision = {
      projectId,
      id: row.id,
      revision: row.revision,
      note: note === undefined || note === '' ? null : note,
      decidedBy: author.userId,
    }
    if (!edit) {
      const ignored = await store.ignore(decision)
      if (!ignored) throw changed(await this.#find(projectId, conflictId), items)
      liveConflicts.tell(projectId, [ignored])
      await liveConflicts.announceOpen(projectId)
      return presentConflict(ignored.row)
    }
    const decided = await store.decide({ ...decision, resolution, graceMs })
    if (!decided) throw changed(await this.#find(projectId, conflictId), items)
    await this.#edit(author, decided, { projectId, ...edit })
    await liveConflicts.announceOpen(projectId)
    return presentConflict(decided)
  }

  async #edit(author: Author, { id, revision }: ConflictRow, { projectId, ...kept }: Edit & { projectId: string }): Promise<void> {
    const { store, specItems, liveConflicts } = this.#options
    try {
      await specItems.keepOne(author, projectId, kept)
    } catch (error) {
      await store.undecide({ projectId, id, revision })
      throw error
    }
    const { revision: itemsRevision } = await specItems.statements(projectId)
    const settled = await store.settle({ projectId, id, revision, itemsRevision })
    if (settled) liveConflicts.tell(projectId, [settled])
  }

  async #find(projectId: string, conflictId: string): Promise<ConflictRow> {
    const row = isProjectId(conflictId) ? await this.#options.store.find(projectId, conflictId) : null
    if (!row) throw new AppError('not_found')
    return row
  }

  /** The items of a conflict that are still in the text, as they are now, the one whose words changed last at the end. */
  async #itemsOf(projectId: string, { items }: ConflictRow): Promise<Item[]> {
    const ids = new Set(items.map(({ id }) => id))
    const current = (await this.#options.specItems.current(projectId)).filter(({ id }) => ids.has(id))
    return current.toSorted((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt) || a.number - b.number)
  }
}

interface Edit {
  keepId: string
  text?: string | undefined
  removeIds: string[]
}

/** What is to be done to the text; null leaves it. Throws AppError('invalid_request'). */
function editOf({ resolution, text, keepItemId }: ResolveConflictRequest, items: readonly Item[]): Edit | null {
  if (resolution === 'ignore') return null
  const [oldest] = items
  const newest = items.at(-1)
  if (!oldest || !newest) throw new AppError('not_found')
  if (keepItemId !== undefined && !items.some(({ id }) => id === keepItemId)) throw unclear('This item has no part in the conflict.')
  if (keepItemId === undefined && items.length > 2 && resolution !== 'merge') throw unclear('Say which of the items stays.')
  const keepId = keepItemId ?? (resolution === 'replace' ? newest : oldest).id
  return { keepId, text: resolution === 'merge' ? text : undefined, removeIds: items.map(({ id }) => id).filter((id) => id !== keepId) }
}

const unclear = (message: string) => new AppError('invalid_request', { details: { errors: [{ path: 'keepItemId', message }] } })

/** Whether somebody has changed the words of an item since the conflict was looked at. */
function saysOtherwise({ items: seen }: ConflictRow, items: readonly Item[]): boolean {
  return seen.some(({ id, text }) => items.find((item) => item.id === id)?.text !== text)
}

function changed(row: ConflictRow, items: readonly Item[]): AppError {
  const texts = items.map(({ id, ref, text }) => ({ id, ref, text }))
  const details: ChangedConflict = { conflict: presentConflict(row), texts }
  return new AppError('conflict_changed', { details: { ...details } })
}

/** Of what says the same, that which says more; else the words that were chosen last. */
function suggestionFor({ kind }: ConflictRow, items: readonly Item[]): string | null {
  if (kind !== 'redundancy') return items.at(-1)?.text ?? null
  return items.reduce<string | null>((longest, { text }) => (longest === null || text.length >= longest.length ? text : longest), null)
}

function decodeNumber(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (/^c\d{1,18}$/.test(text)) return text.slice(1)
  throw new AppError('invalid_request', { details: { errors: [{ path: 'cursor', message: 'This is no cursor of this list.' }] } })
}
