// The items of one project as they are stored, and those that left its text lately, for whoever brings them back.

import type { ItemContent, ItemRow } from '../store/items-store.ts'

/** Undo comes soon after what it undoes. */
const maxGone = 500
/** Of all that left, in UTF-16 units. */
const maxGoneUnits = 1_000_000
/** What an item said while it was taken back letter by letter. */
const maxFormerTexts = 24
const maxFormerUnits = 2_000

interface Gone {
  row: ItemRow
  texts: readonly string[]
}

export class KnownItems {
  readonly #rows = new Map<string, ItemRow>()
  readonly #gone = new Map<string, Gone>()
  readonly #formerTexts = new Map<string, string[]>()
  #goneUnits = 0

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
      this.#dropGone(row.id)
      return
    }
    this.#rows.delete(row.id)
    this.#dropGone(row.id)
    const texts = [row.text, ...(this.#formerTexts.get(row.id) ?? [])]
    this.#gone.set(row.id, { row, texts })
    this.#goneUnits += unitsOf(texts)
    this.#formerTexts.delete(row.id)
    for (const oldest of this.#gone.keys()) {
      if (this.#gone.size <= maxGone && this.#goneUnits <= maxGoneUnits) return
      this.#dropGone(oldest)
    }
  }

  /** Takes a superseded row for one that is about to be current again. */
  revive(row: ItemRow): void {
    this.#dropGone(row.id)
    this.#rows.set(row.id, row)
  }

  /** The same row with other content. */
  static changed({ id, number, updatedAt, text }: ItemRow, content: ItemContent, at: Date): ItemRow {
    return { ...content, id, number, updatedAt: content.text === text ? updatedAt : at }
  }

  #dropGone(id: string): void {
    this.#goneUnits -= unitsOf(this.#gone.get(id)?.texts ?? [])
    this.#gone.delete(id)
  }

  #remember(id: string, text: string): void {
    if (text.length > maxFormerUnits) return
    const known = this.#formerTexts.get(id) ?? []
    known.unshift(text)
    if (known.length > maxFormerTexts) known.pop()
    this.#formerTexts.set(id, known)
  }
}

const unitsOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0)
