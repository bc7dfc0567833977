// Items as people look for them: in pages, by their number or id, those that left the text too.

import { AppError } from '../../shared/errors.ts'
import { isProjectId, type ProjectId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { Item, ItemList as Page, ListItemsQuery } from '../../shared/wire/items.ts'
import type { ItemRow, ItemsStore } from '../store/items-store.ts'
import { presentItem } from './item-content.ts'
import type { SpecItems } from './spec-items.ts'

/** Callers have checked the right. Errors of all: not_found, store_unavailable, overloaded. */
export class ItemList {
  readonly #store: ItemsStore
  readonly #specItems: Pick<SpecItems, 'read'>

  constructor({ store, specItems }: { store: ItemsStore; specItems: Pick<SpecItems, 'read'> }) {
    this.#store = store
    this.#specItems = specItems
  }

  /** A page by number, of the text as it is now. Errors: invalid_request for a cursor that is none. */
  async page(projectId: ProjectId, { category, status, q = '', limit = limits.pageSize, cursor }: ListItemsQuery): Promise<Page> {
    const after = cursor === undefined ? 0 : decodeNumber(cursor)
    const { items, revision } = await this.#specItems.read(projectId)
    // One more than asked tells whether there is a next page.
    const rows = await this.#store.list({
      projectId,
      category: category ?? null,
      status: status === 'all' ? null : status,
      contains: q,
      number: numberOf(q),
      after,
      limit: limit + 1,
    })
    const last = rows.at(limit - 1)
    const nextCursor = rows.length > limit && last ? Buffer.from(`i${last.number}`).toString('base64url') : null
    const live = new Map(items.map((item) => [item.id, item]))
    return { items: rows.slice(0, limit).map((row) => present(row, live)), nextCursor, revision }
  }

  /** One by its id or as `SPEC-12`, superseded or not. */
  async find(projectId: ProjectId, name: string): Promise<Item> {
    const { items } = await this.#specItems.read(projectId)
    const number = numberOf(name)
    const by = isProjectId(name) ? { id: name } : number !== null && /^spec-/i.test(name) ? { number } : null
    const row = by && (await this.#store.find(projectId, by))
    if (!row) throw new AppError('not_found')
    return present(row, new Map(items.map((item) => [item.id, item])))
  }
}

/** As it stands in the text; a row that has changed since is shown as it was stored. */
function present(row: ItemRow, live: ReadonlyMap<string, Item>): Item {
  const { from = null, to = null, isExternalIdRepeated = false } = live.get(row.id) ?? {}
  return presentItem(row, from === null || to === null ? null : { from, to }, isExternalIdRepeated)
}

/** The number in `SPEC-12` or `12`; null for another text. */
function numberOf(text: string): number | null {
  const digits = /^(?:spec-)?(\d{1,9})$/i.exec(text.trim())?.[1]
  return digits === undefined ? null : Number(digits)
}

function decodeNumber(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (/^i\d{1,9}$/.test(text)) return Number(text.slice(1))
  throw new AppError('invalid_request', { details: { errors: [{ path: 'cursor', message: 'This is no cursor of this list.' }] } })
}
