// Gives every item of a text the id that it has had, or a new one.

import { randomUUID } from 'node:crypto'
import type { ProjectId } from '../../shared/ids.ts'
import { cleanText } from '../../shared/spec/plain-text.ts'
import type { SpecItem } from '../../shared/spec/spec-item.ts'
import type { ItemRow, ItemsStore } from '../store/items-store.ts'
import { encodeAnchor, isSameChar, type CharId } from './anchors.ts'
import { inSlices } from './in-slices.ts'
import type { Provenance } from './item-content.ts'
import type { KnownItems } from './known-items.ts'
import type { Ledger } from './ledger.ts'
import { matchItems, type FreshItem, type LostItem } from './match-items.ts'

/** What the server has put into the text and knows more of than the text says; `id` when it is an item that is known. */
export interface Announced extends Provenance {
  char: CharId
  id?: string | undefined
}

export interface IdentitiesOptions {
  projectId: ProjectId
  store: Pick<ItemsStore, 'superseded'>
  known: KnownItems
}

export class Identities {
  readonly #options: IdentitiesOptions
  readonly #announced = new Set<Announced>()
  /** Of items that lost their place: those that have it. */
  readonly #successors = new Map<string, string>()
  /** Of items that are about to be taken out: the one that is left instead. */
  readonly #heirs = new Map<string, string>()
  /** Found or made, and not stored yet. */
  readonly #identified = new Set<string>()

  constructor(options: IdentitiesOptions) {
    this.#options = options
  }

  /** Says what is known of an item that is about to be in the text, until the returned function is called. */
  announce(announced: Announced): () => void {
    this.#announced.add(announced)
    return () => this.#announced.delete(announced)
  }

  /** Says that an item is about to be taken out in favour of another, until the returned function is called. */
  announceHeir(id: string, heirId: string): () => void {
    this.#heirs.set(id, heirId)
    return () => this.#heirs.delete(id)
  }

  /** What was announced of the item that begins with `char`. */
  announcedAt(char: CharId): Announced | undefined {
    for (const announced of this.#announced) if (isSameChar(announced.char, char)) return announced
    return undefined
  }

  /** Which item stands where one was that is gone. */
  successorOf(id: string): string | null {
    return this.#heirs.get(id) ?? this.#successors.get(id) ?? null
  }

  /** Whether an item was found, or made, since the last `settle`: else it is where it was, and others may know better that it is gone. */
  isIdentified(id: string): boolean {
    return this.#identified.has(id)
  }

  /** All is stored. */
  settle(): void {
    this.#identified.clear()
    this.#successors.clear()
  }

  /**
   * Looks for the items without an id, whose first characters are `chars`, among those that lost their place, those that left lately, and
   * all that were ever superseded, if anything is stored; those that are found nowhere are new. Errors: store_unavailable, overloaded.
   */
  async identify(ledger: Ledger, chars: ReadonlyMap<number, CharId>, hasStored: boolean): Promise<void> {
    const { known } = this.#options
    this.#placeAnnounced(ledger, chars)
    const open = openOf(ledger)
    if (open.length === 0) return
    const lost = this.#lost(ledger)
    const fresh = open.map((index) => freshOf(ledger.items[index]))
    const { pairs, successors } = await inSlices(matchItems(lost, fresh))
    const found = new Map<number, string>()
    for (const [nth, one] of pairs) found.set(open[nth] ?? -1, lost[one]?.id ?? '')
    if (hasStored) {
      for (const [index, row] of await this.#comeBack(
        ledger,
        chars,
        open.filter((one) => !found.has(one)),
      )) {
        known.revive(row)
        found.set(index, row.id)
      }
    }
    for (const index of open) if (!found.has(index)) found.set(index, randomUUID())
    for (const id of found.values()) {
      const gone = known.gone.get(id)
      if (gone) known.revive(gone.row)
      this.#identified.add(id)
    }
    ledger.assignAll(found)
    for (const [one, nth] of successors) this.#successors.set(lost[one]?.id ?? '', found.get(open[nth] ?? -1) ?? '')
  }

  /** What the server itself has moved or reworded is what it says, whatever its words are like. */
  #placeAnnounced(ledger: Ledger, chars: ReadonlyMap<number, CharId>): void {
    for (const { id, char } of this.#announced) {
      if (id === undefined || !this.#options.known.get(id)) continue
      for (const [index, one] of chars) {
        if (ledger.ids[index] === id || !isSameChar(one, char)) continue
        ledger.assign(index, id, true)
        this.#identified.add(id)
      }
    }
  }

  #lost(ledger: Ledger): LostItem[] {
    const { known } = this.#options
    const lost: LostItem[] = []
    for (const { id, trace } of ledger.displaced.values()) {
      const row = known.get(id)
      // What is taken out in favour of another is not that, though it may have said the same.
      if (row && !this.#heirs.has(id)) lost.push({ ...lookOf(row), trace, isGone: false, isFormer: false })
    }
    for (const { row, texts } of known.gone.values()) {
      for (const [nth, text] of texts.entries()) lost.push({ ...lookOf(row), text, trace: null, isGone: true, isFormer: nth > 0 })
    }
    return lost
  }

  /** Superseded items that began with the same character as an item of the text, or say just what it says, by its index. */
  async #comeBack(ledger: Ledger, chars: ReadonlyMap<number, CharId>, open: readonly number[]): Promise<Map<number, ItemRow>> {
    const { projectId, store, known } = this.#options
    const found = new Map<number, ItemRow>()
    if (open.length === 0) return found
    const had = open.map((index) => {
      const char = chars.get(index)
      return { index, text: freshOf(ledger.items[index]).text, anchor: char && encodeAnchor(char) }
    })
    const texts = [...new Set(had.map(({ text }) => text))]
    const rows = await store.superseded(projectId, { texts, anchors: had.flatMap(({ anchor }) => anchor ?? []) })
    const left = new Set(rows.filter((row) => !known.get(row.id)))
    const byAnchor = new Map([...left].map((row) => [keyOf(row.anchor), row]))
    const take = (index: number, row: ItemRow | undefined) => {
      if (row && !found.has(index) && left.delete(row)) found.set(index, row)
    }
    for (const { index, anchor } of had) if (anchor) take(index, byAnchor.get(keyOf(anchor)))
    const byText = new Map<string, ItemRow[]>()
    for (const row of left) {
      const group = byText.get(row.text)
      if (group) group.push(row)
      else byText.set(row.text, [row])
    }
    for (const { index, text } of had) if (!found.has(index)) take(index, byText.get(text)?.shift())
    return found
  }
}

const keyOf = (anchor: Uint8Array | null): string => (anchor === null ? '' : Buffer.from(anchor).toString('base64'))

function openOf(ledger: Ledger): number[] {
  const open: number[] = []
  for (const [index, id] of ledger.ids.entries()) if (id === null) open.push(index)
  return open
}

const lookOf = ({ id, text, externalId, category }: ItemRow) => ({ id, text, externalId, category })

function freshOf(item: SpecItem | undefined): FreshItem {
  if (item === undefined) throw new Error('there is no such item')
  return { text: cleanText(item.text), externalId: item.externalId, category: item.category, lines: item.lines }
}
