// The items of one project as they are stored, and those that left its text lately, for whoever brings them back.

import type { ItemContent, ItemRow } from '../store/items-store.ts'

/** Undo comes soon after what it undoes. */
const maxGone = 500
/** What an item said while it was taken back letter by letter. */
const maxFormerTexts = 24

interface Gone {
  row: ItemRow
  texts: readonly string[]
}

export class KnownItems {
  readonly #rows = new Map<string, ItemRow>()
  readonly #gone = new Map<string, Gone>()
  readonly #formerTexts = new Map<string, string[]>()

  get(id: string): ItemRow | undefined {
    return this.#rows.get(id)
  }

  /** Those that left lately, with all that each has said. */
  get gone(): ReadonlyMap<string, Gone> {
    return this.#gone
  }

  /** Takes a row as it is stored now, superseded or current. */
  take(row: ItemRow): void {
    const before = this.#rows.get(row.id)
    if (before && before.text !== row.text) this.#remember(row.id, before.text)
    if (row.status === 'current') {
      this.#rows.set(row.id, row)
      this.#gone.delete(row.id)
      return
    }
    this.#rows.delete(row.id)
    this.#gone.delete(row.id)
    this.#gone.set(row.id, { row, texts: [row.text, ...(this.#formerTexts.get(row.id) ?? [])] })
    this.#formerTexts.delete(row.id)
    const [oldest] = this.#gone.keys()
    if (this.#gone.size > maxGone && oldest !== undefined) this.#gone.delete(oldest)
  }

  /** Takes a superseded row for one that is about to be current again. */
  revive(row: ItemRow): void {
    this.#gone.delete(row.id)
    this.#rows.set(row.id, row)
  }

  /** The same row with other content. */
  static changed({ id, number, updatedAt, text }: ItemRow, content: ItemContent, at: Date): ItemRow {
    return { ...content, id, number, updatedAt: content.text === text ? updatedAt : at }
  }

  #remember(id: string, text: string): void {
    const known = this.#formerTexts.get(id) ?? []
    known.unshift(text)
    if (known.length > maxFormerTexts) known.pop()
    this.#formerTexts.set(id, known)
  }
}
